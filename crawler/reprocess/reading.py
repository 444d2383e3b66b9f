"""First half: files opened, pages read; what each tells, and its line of the report. Runs in any process."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any
from zlib import crc32

from crawler import pages
from crawler.archive import Budget, Cost, InputFile, Limits, ReadResult, Section, Skipped, sections
from crawler.archive.saved_url import article_at
from crawler.items import Article, Page, changed
from crawler.sites import Sites
from crawler.time_limit import time_limit

ALL_KINDS = tuple(pages.KINDS.values())
"""Loaded here, once, and not by each of the processes that are forked from this one."""


@dataclass(slots=True)
class ReportLine:
    """One line of the report: a file or container member, and what became of it.

    ``outcome``: ``written``, ``unchanged``, ``quarantined`` (it may have cost an article), ``out_of_scope`` (it is none
    of ours), ``read`` (a list: it names articles, and is none).
    """

    path: str
    outcome: str
    reason: str = ""
    codes: list[str] = field(default_factory=list)
    is_page: bool = True
    """Whether there was a page in it, of whatever kind."""
    missing: str = ""
    """The code of an article that should be in it; it is lost when no other line tells of it."""
    withdrawn: str = ""
    """The words in which the site says that this article is no more."""
    again: bool = False
    """Whether another try may come out otherwise: a file that could not be opened, an error of ours."""

    def named(self) -> Page:
        """A page of which only the file's name is kept: the file itself lies where the user has it."""
        return Page(url="", body=b"", source=self.path)

    def values(self) -> tuple[Any, ...]:
        """All of it, in the order in which a line is made of it."""
        return _values(self)


_values = attrgetter(*(field.name for field in fields(ReportLine)))

_LIMITS = Limits()
LARGE = 8 << 20
"""Bytes of a file from which on its sections are shared out; of one that has none, by the process that walks, pages."""
SECTION = 1 << 19
"""Bytes of a section: few enough that all processes have some, enough that each costs little."""


def is_large(place: InputFile | Skipped) -> bool:
    """Whether it is shared out in parts."""
    return isinstance(place, InputFile) and place.size >= LARGE


def sections_of(place: InputFile | Skipped) -> Iterator[Section]:
    """Give the sections of it, each to be read by itself; none when it has to be read as one."""
    return sections(place, SECTION) if isinstance(place, InputFile) else iter(())


def may_cost(file: InputFile, cost: Cost) -> bool:
    """Tell whether the sections of a file, which cost so much together, surely keep to its limits."""
    return Budget(_LIMITS, file.size).covers(cost)


def opened(place: InputFile | Skipped) -> Iterator[ReadResult]:
    """Give each page in it, and a reason for everything else."""
    return place.open(_LIMITS) if isinstance(place, InputFile) else iter((place,))


def weight(item: InputFile | ReadResult) -> int:
    """Bytes that whoever reads it will hold, roughly."""
    return item.size if isinstance(item, InputFile) else 0 if isinstance(item, Skipped) else len(item.body)


def read(item: InputFile | ReadResult, known: Sites) -> Iterator[tuple[ReportLine, tuple[Article, ...]]]:
    """Give each page and member in it as a line of the report, with the articles that it tells of."""
    for found in item.open(_LIMITS) if isinstance(item, InputFile) else (item,):
        yield _read(found, known)


def read_section(section: Section, known: Sites) -> tuple[list[tuple[ReportLine, tuple[Article, ...]]], Cost]:
    """Give the same of a section, and what it costs; raises NotByItself."""
    budget = Budget(_LIMITS, section.file.size)
    return [_read(found, known) for found in section.open(budget)], budget.cost


def _read(found: ReadResult, known: Sites) -> tuple[ReportLine, tuple[Article, ...]]:
    """The line of the report for an input, and the articles that it tells of."""
    if isinstance(found, Skipped):
        missing = article_at(found.url, known)
        if found.gone and missing:
            return _unread(found.source, pages.Withdrawn(found.reason), missing), ()
        outcome = "quarantined" if found.failed else "out_of_scope"
        line = ReportLine(found.source, outcome, found.reason, is_page=False, missing=missing, again=found.failed)
        return line, ()
    try:
        with time_limit(pages.Unreadable):
            kind, articles = pages.read(found, known)
        checksum = f"{crc32(found.body):08x}"
        articles = tuple(changed(article, checksum=checksum) for article in articles)
    except pages.Unreadable as error:
        told = error.code if isinstance(error, pages.Withdrawn) else ""
        return _unread(found.source, error, article_at(found.url, known) or told), ()
    except Exception as error:  # noqa: BLE001 - one page of a batch must not end the others; it is counted and kept
        reason = f"internal error: {type(error).__name__}: {error}"[:300]
        return ReportLine(found.source, "quarantined", reason, again=True), ()
    if all(article.origin == "list" for article in articles):
        outcome = "read" if kind in {"list", "list-api"} else "out_of_scope"
        return ReportLine(found.source, outcome, f"a list of {len(articles)} articles"), articles
    return ReportLine(found.source, "read", "", [article.code for article in articles]), articles


def _unread(source: str, error: pages.Unreadable, missing: str) -> ReportLine:
    """The line of a page that cannot be read, at whose address the article ``missing`` should stand, "" for none."""
    harmless = error.is_foreign or (missing and isinstance(error, pages.AnothersPage | pages.Withdrawn))
    outcome = "out_of_scope" if harmless else "quarantined"
    withdrawn = error.words if isinstance(error, pages.Withdrawn) else ""
    reason = error.of_promised() if missing else str(error)
    return ReportLine(source, outcome, reason, missing=missing, withdrawn=withdrawn)
