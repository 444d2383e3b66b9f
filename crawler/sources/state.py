"""What is asked, and what an answer tells of its source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple
from unicodedata import east_asian_width

from crawler import columns, origins, sites
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages.unreadable import NOT_OURS
from crawler.sites import Sites
from crawler.times import BEIJING
from crawler.urls import urlsplit

ITEMS: Final = 20
"""So many are asked for, at most."""
SITE: Final = "finews"
_LONGEST: Final = 100
"""Characters of a reason in the table."""
_SECID: Final = "1.600050"
"""A security of which there is always something new."""
_SAMPLE: Final = "NW202201142248170578"
"""An article that all origins had, for when no list names one."""
_EMPTY: Final = (
    f"{NOT_OURS}: the end of a list",
    "empty page",
    "empty list",
    "reply without data",
    "error reply: no such article",
)
"""Reasons that begin so are answers with nothing in them."""


class Asked(NamedTuple):
    """Something to be asked for."""

    name: str
    page_kind: str
    """Of the page that is there, as ``pages.KINDS`` names it."""
    url: str
    """"" where nothing tells an address."""
    is_list: bool = True


@dataclass(frozen=True, slots=True)
class SourceState:
    """What became of asking."""

    name: str
    url: str
    state: Literal["live", "dead", "blocked"]
    reason: str | None = None
    newest: str | None = None
    """The time (Beijing), or the day, of the newest item; of an origin, of the article that was asked for."""

    def as_json(self) -> dict[str, Any]:
        """An object for machines."""
        return asdict(self)


def lists() -> Iterator[Asked]:
    """The site's home page, East Money's rolling list and the one before it, one security's list, and the columns."""
    yield Asked(SITE, "list", sites.SITE)
    yield Asked(columns.ROLLING, "list-api", columns.rolling_url(size=ITEMS))
    yield Asked(columns.ROLLING_SCRIPT_HOST, "list-api", columns.rolling_script_url(size=ITEMS))
    yield Asked(columns.LIST_HOST, "list-api", columns.security_url(_SECID, size=ITEMS))
    for column in columns.COLUMNS:
        yield Asked(f"{column.slug} {column.name}", "list-api", columns.column_url(column, size=ITEMS))


def bodies(named: Sequence[Article], known: Sites) -> Iterator[Asked]:
    """Each share host, and each other origin of bodies, for the newest article that lists named, the site's before."""
    of_site = [article for article in named if sites.post_address(article.url)]
    newest = max(of_site or named, key=lambda one: (_time(one), sites.digits(one.code)), default=None)
    code = newest.code if newest else _SAMPLE
    for origin in origins.ORIGINS:
        for place in origins.places(origin, code, None, known):
            name = urlsplit(place.url).hostname if origin == "share" else origin
            yield Asked(name or "", place.page_kind, place.url, is_list=False)
        if origin == "finews-page":
            yield Asked(origin, "post", newest.url if newest and of_site else "", is_list=False)


def state_of(source: Asked, articles: Sequence[Article]) -> SourceState:
    """The state of a source that answered with these."""
    if source.is_list:
        newest = max(map(_time, news_in(articles)), default=None)
        return SourceState(source.name, source.url, "live" if newest else "dead", None if newest else "empty", newest)
    article = articles[0]
    if shows(article.text or article.content or ""):
        return SourceState(source.name, source.url, "live", newest=article.time)
    return SourceState(source.name, source.url, "dead", "no body")


def unread(source: Asked, reason: str) -> SourceState:
    """The state of a source whose answer cannot be read."""
    state = SourceState(source.name, source.url, "dead", "empty" if reason.startswith(_EMPTY) else reason)
    return replace(state, state="blocked") if reason.startswith("blocked") else state


def is_enough(states: Sequence[SourceState], known: Sites) -> bool:
    """Whether what a crawl of the site cannot do without is live: the site itself, and one share host."""
    live = {one.name for one in states if one.state == "live"}
    return SITE in live and not live.isdisjoint((known.share_host, *known.share_hosts))


def news_in(articles: Iterable[Article]) -> list[Article]:
    """Those that are no notice of the site's own."""
    return [article for article in articles if sites.CODE.fullmatch(article.code)]


def _time(article: Article) -> str:
    address = sites.post_address(article.url)
    return article.time or (address.day if address else sites.day_of(article.code))


def table(states: Sequence[SourceState]) -> Iterator[str]:
    """The lines of a table for people."""
    now = datetime.now(BEIJING).replace(tzinfo=None)
    rows = [("source", "state", "newest", "age", "reason")]
    rows += [(s.name, s.state, s.newest or "", _age(s.newest, now), (s.reason or "")[:_LONGEST]) for s in states]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _age(time: str | None, now: datetime) -> str:
    """How long ago that was: ``12 min``, ``5 h``, ``3 d``; ``in 5 h`` where a clock is wrong; "" for no day."""
    if not time or sites.days_apart(time, time) is None:
        return ""
    if len(time) == len("YYYY-MM-DD"):
        days = (now.date() - date.fromisoformat(time)).days
        return f"{'in ' if days < 0 else ''}{abs(days)} d"
    minutes = int((now - datetime.fromisoformat(time)).total_seconds() / 60)
    told, minutes = "in " if minutes < 0 else "", abs(minutes)
    age = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"
    return told + age


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(1 + (east_asian_width(sign) in "WF") for sign in text)
