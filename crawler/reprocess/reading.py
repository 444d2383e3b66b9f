"""First half, for one page: what it tells, and its line of the report. Runs in any process."""

from dataclasses import dataclass, field

from crawler import pages
from crawler.archive import Unread
from crawler.items import Article, Page


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


def read_input(found: Page | Unread) -> tuple[Input, tuple[Article, ...]]:
    """The line of the report for an input, and the articles that it tells of."""
    if isinstance(found, Unread):
        return Input(found.source, "quarantined" if found.failed else "out_of_scope", found.reason), ()
    try:
        kind, articles = pages.read(found)
    except pages.Unreadable as error:
        return Input(found.source, "out_of_scope" if error.is_foreign else "quarantined", str(error)), ()
    except Exception as error:  # noqa: BLE001 - one page of a batch must not end the others; it is counted and kept
        return Input(found.source, "quarantined", f"internal error: {type(error).__name__}: {error}"[:300]), ()
    if kind in {"list", "list-api"}:
        return Input(found.source, "read", f"a list of {len(articles)} articles"), articles
    return Input(found.source, "read", "", [article.code for article in articles]), articles
