"""First half: files opened, pages read; what each tells, and its line of the report. Runs in any process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crawler import pages
from crawler.archive import Found, Limits, Place, Unread
from crawler.archive.address import article_at
from crawler.items import Article
from crawler.sites import Sites


@dataclass(slots=True)
class Input:
    """One line of the report: a file or container member, and what became of it.

    ``outcome``: ``written``, ``unchanged``, ``quarantined`` (it may have cost an article), ``out_of_scope`` (it is none
    of ours), ``read`` (a list: it names articles, and is none).
    """

    path: str
    outcome: str
    reason: str = ""
    codes: list[str] = field(default_factory=list)
    missing: str = ""
    """The code of an article that should be in it; it is lost when no other line tells of it."""


_LIMITS = Limits()
LARGE = 8 << 20
"""Bytes of a file from which on it is opened by the one process that walks, and its pages are shared out instead."""


def to_share(places: Iterable[Place | Unread]) -> Iterator[Place | Found]:
    """Give what processes share: small files as they are, the pages of large containers one by one."""
    for place in places:
        if isinstance(place, Place) and place.size >= LARGE:
            yield from place.open(_LIMITS)
        else:
            yield place


def weight(item: Place | Found) -> int:
    """Bytes that whoever reads it will hold, roughly."""
    return item.size if isinstance(item, Place) else 0 if isinstance(item, Unread) else len(item.body)


def read(item: Place | Found, known: Sites) -> Iterator[tuple[Input, tuple[Article, ...]]]:
    """Give each page and member in it as a line of the report, with the articles that it tells of."""
    for found in item.open(_LIMITS) if isinstance(item, Place) else (item,):
        yield _read(found, known)


def _read(found: Found, known: Sites) -> tuple[Input, tuple[Article, ...]]:
    """The line of the report for an input, and the articles that it tells of."""
    if isinstance(found, Unread):
        outcome = "quarantined" if found.failed else "out_of_scope"
        return Input(found.source, outcome, found.reason, missing=article_at(found.url, known)), ()
    try:
        kind, articles = pages.read(found, known)
    except pages.Unreadable as error:
        if error.is_foreign:
            return Input(found.source, "out_of_scope", str(error)), ()
        return Input(found.source, "quarantined", str(error), missing=article_at(found.url, known)), ()
    except Exception as error:  # noqa: BLE001 - one page of a batch must not end the others; it is counted and kept
        return Input(found.source, "quarantined", f"internal error: {type(error).__name__}: {error}"[:300]), ()
    if kind in {"list", "list-api"}:
        return Input(found.source, "read", f"a list of {len(articles)} articles"), articles
    return Input(found.source, "read", "", [article.code for article in articles]), articles
