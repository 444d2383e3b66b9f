"""Links to the pages of securities: which security each is of, and the name that stands in it."""

import html
from collections.abc import Iterator, Sequence
from functools import lru_cache

from crawler.items import Security
from crawler.kline import codes
from crawler.kline.addresses import plain
from crawler.kline.codes import Reading
from crawler.markup import WS, Span, Token, tokens, values

SPELLED = rf"(?:[aA]|[sS][pP][aA][nN])[{WS}][^<>]*+>?"
"""A pattern of what may be one, without its ``<``: later mentions of a stock are spans with an address."""
_LONGEST_HREF, _LONGEST_NAME, _NEAR = 500, 30, 200


def links(body: str, spans: Sequence[Span], *, odd: bool) -> tuple[Security, ...]:
    """The links of a body whose market is told, in source order; ``spans``: where ``SPELLED`` stands.

    ``odd``: whether some of these may be the text of a comment, or of a value.
    """
    if odd and spans:
        tags = (t for t in tokens(body) if t.kind == "start" and t.name in {"a", "span"})
        spans = [(t.start, t.end) for t in tags]
    return tuple(_links(body, spans))


def _links(body: str, spans: Sequence[Span]) -> Iterator[Security]:
    for start, end in spans:
        if told := _security(body[start:end]):
            secid, code = told
            text = html.unescape(body[end : end + _NEAR].partition("<")[0]).strip()
            is_name = len(text) <= _LONGEST_NAME and code not in text and any(map(str.isalpha, text))
            yield Security(secid, "link", text if is_name else "", start)


@lru_cache(maxsize=256)
def _security(spelled: str) -> tuple[str, str] | None:
    """The secid and the code of a link's tag; articles of one stock have the same ones."""
    lower = spelled.lower()
    if any(mark in lower for mark in codes.LINK_MARKS):
        for reading in filter(None, of_link(spelled)):
            if len(reading.markets) == 1:
                return f"{reading.markets[0]}.{reading.code}", reading.code
    return None


@lru_cache(maxsize=8)
def of_link(link: str) -> Sequence[Reading | None]:
    """What a link says of its security, be it one round a picture or round many; "" is none."""
    if not link:
        return ()
    given = values(link, Token("start", 0, len(link), "a" if link[1] in "aA" else "span"))
    href = plain(given.get("href", ""))[:_LONGEST_HREF]
    return [codes.from_data_code(plain(given.get("data-code", "")), "link"), codes.from_link(href)]
