"""Which of several pages of one kind comes first, what of them is cut short, and what an earlier run made of them."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

from crawler import body, markup
from crawler.assemble.rolling import is_item
from crawler.items import EAST_MONEY, POST_FIELDS, WHOLE, Article, Origin, Post, Source, Version
from crawler.patterns import compiled
from crawler.times import BEIJING

FIELD_TRUST: tuple[Origin, ...] = (
    "post-file", "finews-page", "list", "article-api", "article-page", "wap", "extraction", "share-page", "share"
)  # fmt: skip

_HOW = frozenset({"url", "base", "fetched", "saved", "checksum", "undone", "version", "stocks"})
_said = attrgetter(*(f.name for f in fields(Article) if f.name not in _HOW))
"""What the page said, without how it came to us."""
_UNRECORDED: Version = (0, 0, 0, "")
"""Of a page that may never have been read."""
_PICTURE_WORTH = 200
"""Characters that a body may lack and still hold more than one with a picture lost."""
_SAVED_PICTURE = compiled(r"""\bsrc\s*=\s*["']?[^"'<>\s:]*_files/""", re.IGNORECASE)

_NO_DIGITS = compiled(r"\D")
_SOURCE_LINE = compiled(r"[（(]文章[来來]源[^()（）]{0,60}[)）]\Z")


def version_of(article: Article) -> Version:
    """The version of the page that the article is from.

    A copy that a browser saved with its pictures beside it has lost where they are from: it holds less.
    """
    if article.version:
        return article.version
    bodies = [said for said in (article.text, article.content) if said is not None]
    held = sum(map(len, bodies))
    for said in bodies:
        if "_files/" in said:
            held -= len(_SAVED_PICTURE.findall(said)) * _PICTURE_WORTH
    url = article.base or article.url if article.origin in EAST_MONEY else ""  # what addresses in it are relative to
    spelled = "\0".join(map(str, (url, *_said(article))))
    digest = hashlib.blake2b(spelled.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    time = article.time
    made = 0 if not time or not bodies or time.endswith("00:00:00") else int("0" + _NO_DIGITS.sub("", time[:16]))
    return made, article.fetched, held, f"{digest}.{article.checksum}" if article.checksum else digest


def split(version: Version) -> tuple[str, str]:
    """The digest of what the page says, and the checksum of its bytes; "" for what is not known."""
    said, _, checksum = version[3].partition(".")
    return said, checksum


def read_anew(articles: Sequence[Article]) -> list[Article]:
    """The articles without what an earlier run read in pages that are at hand again: another version of ours did."""
    at_hand = {(one.origin, one.checksum) for one in articles if one.checksum and not one.version and one.part == WHOLE}
    return [one for one in articles if not one.version or (one.origin, split(one.version)[1]) not in at_hand]


def in_order(articles: Iterable[Article]) -> list[tuple[Article, Version]]:
    """The articles in falling order of trust, then sound ones, then later ones, then fuller ones; the same page once.

    The later one is what was fetched later, whatever time it tells: a site may take that back. Where nothing tells when
    a page was fetched, it was there when it says that it was made.

    What an earlier run made of a page gives way to the page itself, if that is at hand again.
    """
    known: dict[tuple[str, str], tuple[Article, Version]] = {}
    for article in articles:
        version = version_of(article)
        key = (article.origin, split(version)[0] or str(len(known)))
        if key in known:
            other, its = known[key]
            known[key] = (article if other.version else other), max(version, its)
        else:
            known[key] = article, version
    return sorted(known.values(), key=_order) if len(known) > 1 else list(known.values())


def breaks_off(title: str | None, others: Iterable[str | None]) -> bool:
    """Whether a title ends as lists and crawlers break them off, and another page has more of it."""
    begin = (title or "").rstrip("….")
    if not begin or begin == title:
        return False
    return any(other and other.startswith(begin) and other[len(begin) :].strip("….") for other in others)


def disagree(articles: Iterable[Article]) -> bool:
    """Whether two pages of the same kind tell readers different titles or texts."""
    seen: dict[tuple[Origin, str], str] = {}
    for article in articles:
        for name in ("text", "content", "title"):
            value: str | None = getattr(article, name)
            first = seen.setdefault((article.origin, name), value) if value else value
            if value and first and value != first and shown_text(value) != shown_text(first):
                return True
    return False


def whole(bodies: Sequence[str]) -> int:
    """Which of the bodies, in their order, is the first that is not merely the beginning of another one."""
    if len(set(bodies)) < 2:
        return 0
    seen = {said: shown_text(said) for said in set(bodies)}
    texts = sorted(set(seen.values()))
    cut = {one for one, longer in pairwise(texts) if longer.startswith(one)}
    return next(index for index, said in enumerate(bodies) if seen[said] not in cut)


def fullest(said: str, others: Sequence[str]) -> int | None:
    """Which of the others, from less trusted pages, goes on where a body stops; None: it is whole.

    One that ends with its source line is whole. References say little of how much a text holds: its characters do.
    """
    held = _weight(said) if others else 0
    more = [index for index, other in enumerate(others) if _weight(other) > held]
    if not more or _SOURCE_LINE.search(_shown(said)):
        return None
    seen = shown_text(said)
    longer = [index for index in more if seen and (text := shown_text(others[index])) != seen and text.startswith(seen)]
    return max(longer, key=lambda index: len(shown_text(others[index])), default=None)


def _weight(said: str) -> int:
    return len(said.encode("utf-8", "surrogatepass")) - len(said)


def copies(post: Post, sources: Iterable[Source]) -> tuple[Article, ...]:
    """What an earlier run wrote, as what the pages said that it is from.

    The body of an item of the rolling list is no media article's, which has another in the same reply.
    """
    body = "content" if post.kind == "emnews" else "text"
    return tuple(
        Article(
            code=post.code,
            origin=origin,
            version=version,
            **{body if name == "text" else name: _value(post, name) for name in names},
        )
        for origin, version, names in sources
    )


def sources(tellers: Mapping[str, tuple[Article, Version]]) -> tuple[Source, ...]:
    """The pages that told fields, each with the names of its fields."""
    told: dict[tuple[Origin, Version], list[str]] = {}
    for name, (article, version) in tellers.items():
        told.setdefault((article.origin, version), []).append(name)
    return tuple((origin, version, tuple(names)) for (origin, version), names in told.items())


def recorded(told: str | None, at: int | None = None) -> tuple[Source, ...]:
    """The sources as the ledger keeps them, in JSON.

    ``at``: when it was opened (seconds). A clock went wrong for what was fetched later: it was fetched before.
    """
    found = json.loads(told) if told else ()
    return tuple(
        (origin, (made, fetched if at is None or fetched <= at else at - 1, held, digest), tuple(names))
        for origin, (made, fetched, held, digest), names in found
    )


def is_rough(sources: Iterable[Source]) -> bool:
    """Whether the time is from a page that knows it to the minute alone."""
    return any("time" in names for origin, _, names in sources if origin in {"article-page", "wap"})


def is_of_site(sources: Iterable[Source]) -> bool:
    """Whether the site whose posts these are has told anything."""
    return any(origin in {"post-file", "finews-page"} for origin, _, _ in sources)


def is_proved(sources: Iterable[Source]) -> bool:
    """Whether the site's own page of the post was read: a post file alone may be of any site's, or of no one's."""
    return any(origin == "finews-page" and version != _UNRECORDED for origin, version, _ in sources)


def tells_kind(sources: Iterable[Source]) -> bool:
    """Whether a page has told that the post is a medium's, or the rolling list's."""
    return any("kind" in names for _, _, names in sources)


def unrecorded(origin: Origin) -> tuple[Source, ...]:
    """The sources of a post of which only the body's origin is known, as ledgers had it once."""
    return (origin, _UNRECORDED, ("text",)), ("finews-page", _UNRECORDED, POST_FIELDS)


def _value(post: Post, name: str) -> Any:
    return (post.body or None) if name == "text" else getattr(post, name)


def _order(known: tuple[Article, Version]) -> tuple[int, bool, int, int, int, int, int, str]:
    article, (made, fetched, held, digest) = known
    damaged = sum((said or "").count("\ufffd") for said in (article.title, article.text, article.content))
    asked = datetime.fromtimestamp(fetched, BEIJING) if fetched else None
    said = int(f"{asked:%Y%m%d%H%M%S}") if asked else made * 100  # then it said so, or not before
    return FIELD_TRUST.index(article.origin), is_item(article), damaged, -said, -made, -fetched, -held, digest


@lru_cache(maxsize=16)
def shown_text(said: str) -> str:
    """The text that readers see, without blanks and source line; cleaned first, since what an earlier run wrote is."""
    return _SOURCE_LINE.sub("", _shown(said))


@lru_cache(maxsize=16)
def _shown(said: str) -> str:
    cleaned = body.clean(said, body.profile("standard")).body
    return "".join(markup.apply(cleaned, [markup.Edit(t.start, t.end) for t in markup.tokens(cleaned)]).split())
