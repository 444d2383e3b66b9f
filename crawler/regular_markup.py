"""Markup that every reader reads alike, known by one look: whole tags of usual elements in lower case, plain comments.

Nearly every body is such; what is not is read by ``markup.tokens``, and both say the same of it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.markup import WS, Token, new_token, tokens
from crawler.patterns import compiled

WHOLE_ATTRIBUTES = rf"""(?:[{WS}]++[^{WS}"'<>/=]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^{WS}"'<>=`]++))?)*+[{WS}]*+"""
"""Attributes that every reader reads alike: no quote stands where one could not, none is missing."""

ORDINARY = (
    "p|a|strong|img|span|br|b|em|center|i|u|font|h[1-6]|li|ul|ol|blockquote|small|s|su[bp]|hr|d[ltd]|section|figure"
    "|figcaption"
)
"""Names of elements of prose: none holds raw text, or keeps an end tag from closing what is around it."""

TABLE_PARTS = "t[rdh]|t(?:body|head|foot)|col(?:group)?"
PLAIN_COMMENT = r'!--[^<>"\-]*+-->'


def whole_tags(names: str, attributes: str = WHOLE_ATTRIBUTES) -> str:
    """A pattern of the whole tags of these elements, and of plain comments, each without its ``<``."""
    return rf"/?(?:{names}){attributes}/?>|{PLAIN_COMMENT}"


_VALUED = WHOLE_ATTRIBUTES.replace("))?)*+", ")))*+")
"""A tag whose attributes all have values is no ``a<b and c>d``."""
_REGULAR = compiled(rf"[^<]*+(?:<(?:{whole_tags(f'{ORDINARY}|div|table|{TABLE_PARTS}', _VALUED)})[^<]*+)*+")


@lru_cache(maxsize=64)
def _only(names: frozenset[str] | None, plain: bool) -> re.Pattern[str]:
    wanted = "[a-z1-6]++" if names is None else "|".join(sorted(names))
    paragraphs = "<p>[^<]*+</p>(?:\n<p>[^<]*+</p>)*+|" if plain else ""
    return re.compile(rf"{paragraphs}<!--[^>]*+>|<(/?)({wanted})(?=[{WS}/>])[^>]*+>")


def is_regular(source: str) -> bool:
    """Whether the markup is nothing but whole tags of usual elements, in lower case, and plain comments."""
    return _REGULAR.fullmatch(source) is not None


def tokens_of(
    source: str, names: frozenset[str] | None, *, regular: bool | None = None, plain: bool = False
) -> Iterator[Token]:
    """The comments, and the tags with one of these (usual) names, in order: sooner than ``tokens`` where that can be.

    ``names``: None for all. ``regular``: what ``is_regular`` says of the source, None when nobody asked.
    ``plain``: whether paragraphs that are nothing but text, each on a line, may be one token without a name, as a
    comment is.
    """
    if not (is_regular(source) if regular is None else regular):
        yield from (
            t
            for t in tokens(source)
            if names is None or t.kind == "comment" or (t.name in names and t.kind in {"start", "end"})
        )
        return
    for match in _only(names, plain).finditer(source):
        close, name = match.groups()
        start, end = match.span()
        yield new_token(("comment" if name is None else "end" if close else "start", start, end, name or ""))
