"""Where an article's body can be had, in the order in which a crawl asks, and at which address each origin has it."""

from collections.abc import Iterator
from typing import Final, NamedTuple, cast

from crawler import sites
from crawler.items import Origin
from crawler.nearest import suggest
from crawler.sites import Sites
from crawler.urls import urlsplit

ORIGINS: Final[tuple[Origin, ...]] = ("share", "article-api", "article-page", "wap", "finews-page")
"""All share hosts are one origin. The last is the rendered post page, which kramdown changed."""
TELLERS: Final[tuple[Origin, ...]] = ("article-api", "article-page", "wap")
"""Those that tell of an article what its share host does not: title, time and medium. The first knows the second."""
API_HOST, PAGE_HOST, WAP_HOST = "newsinfo.eastmoney.com", "finance.eastmoney.com", "wap.eastmoney.com"
HOSTS = (API_HOST, PAGE_HOST, WAP_HOST)
"""East Money's own (domain-facts 2.3, 5, 13.7)."""


class Place(NamedTuple):
    """An address that has the body, and what kind of page (as ``pages.KINDS`` names it) is there."""

    origin: Origin
    page_kind: str
    url: str


def chosen(wish: str | list[str] | tuple[str, ...] | None) -> tuple[Origin, ...]:
    """The origins that FINEWS_ORIGINS names, in its order; raises ValueError for a name that is none."""
    names = [name.strip() for name in (wish.split(",") if isinstance(wish, str) else wish or ORIGINS)]
    for name in names:
        if name not in ORIGINS:
            there = ", ".join(ORIGINS)
            raise ValueError(f"FINEWS_ORIGINS: there is no origin {name!r}: {suggest(name, ORIGINS)} There are {there}")
    return cast("tuple[Origin, ...]", tuple(dict.fromkeys(names)))


def places(origin: Origin, code: str, link: str | None, known: Sites) -> Iterator[Place]:
    """The addresses at which an origin has the article: of share hosts the link's own first; none at unknown hosts."""
    number = sites.digits(code)
    if origin == "share":
        own = urlsplit(link or "")
        hosts = dict.fromkeys((known.share_host, *known.share_hosts), "http")
        if own.hostname in hosts and own.scheme:
            hosts = {own.hostname: own.scheme} | {
                host: scheme for host, scheme in hosts.items() if host != own.hostname
            }
        for host, scheme in hosts.items():
            yield Place(origin, "news-text", f"{scheme}://{host}/NewsData/GetNewsText.do?id=NW{number}")
    elif origin == "article-api":
        yield Place(origin, "web-api", f"https://{API_HOST}/kuaixun/v2/api/article/{number}?guid=1")
    elif origin in TELLERS:
        host = PAGE_HOST if origin == "article-page" else WAP_HOST
        yield Place(origin, "article-page", f"https://{host}/a/{number}.html")
