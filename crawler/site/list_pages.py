"""The lists of a site, each page a file: home, categories, the rolling list, securities, days."""

import html
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from crawler import post_format, sites
from crawler.kline.markets import MARKETS
from crawler.site.entries import Mention, SitePost
from crawler.urls import PATH_SIGNS

PAGE_SIZE = 100
_ON_HOME = 30
_MARKETS = {"BJ": "北京证券交易所"} | {market.suffix: market.name for market in reversed(MARKETS)}


class List(NamedTuple):
    """Posts of one kind, the newest first."""

    stem: str
    """Of its address: ``category/renminyoudianbao``, ``emnews/index``."""
    title: str
    entries: Sequence[SitePost]
    names: tuple[str, ...] = ()
    """What else it is called."""

    @property
    def older(self) -> int:
        """How many full pages it has behind its first; they count from the oldest, and stay when posts are added."""
        return max(0, len(self.entries) // PAGE_SIZE - 1)

    def address(self, number: int = 0) -> str:
        """The path of its first page, or of an older one (1 is the oldest)."""
        return f"{self.stem.removesuffix('/index')}/{number}.html" if number else f"{self.stem}.html"


def lists(entries: Sequence[SitePost]) -> dict[str, list[List]]:
    """The lists by kind: ``category``, ``security``, ``day``, those of the first two by how many posts they have."""
    by_category, by_day = defaultdict[str, list[SitePost]](list), defaultdict[str, list[SitePost]](list)
    by_symbol, names = defaultdict[str, list[SitePost]](list), defaultdict[str, Counter[str]](Counter)
    for entry in entries:
        by_category[entry.category].append(entry)
        by_day[entry.time[:10]].append(entry)
        for mention in entry.mentions:
            by_symbol[mention.symbol].append(entry)
            names[mention.symbol].update(filter(None, [mention.name]))
    by_category[sites.EMNEWS] += ()  # footers lead there
    categories = [
        List(
            "emnews/index" if category == sites.EMNEWS else f"category/{category}",
            sites.medium_of(some[0].tag if some else sites.EMNEWS_TAG),
            some,
        )
        for category, some in by_category.items()
    ]
    securities = [
        List(f"securities/{symbol}", symbol, some, tuple(name for name, _ in names[symbol].most_common(1)))
        for symbol, some in by_symbol.items()
    ]
    days = [List(f"archive/{day}", day, some) for day, some in by_day.items()]
    found = {"category": categories, "security": securities}
    return {kind: sorted(s, key=lambda one: (-len(one.entries), one.stem)) for kind, s in found.items()} | {"day": days}


def pages(entries: Sequence[SitePost], known: dict[str, list[List]]) -> Iterator[tuple[str, str]]:
    """(address, markup) of every page of the lists, of their indexes, and of home."""
    for kind, some in known.items():
        for one in some:
            for number in range(one.older + 1):
                yield one.address(number), _page(one, number, kind)
    securities = sorted(known["security"], key=lambda one: (one.title.rpartition(".")[2], one.title))
    groups = groupby(securities, key=lambda one: _MARKETS.get(one.title.rpartition(".")[2], "其他"))
    yield "securities/index.html", _index("证券", groups, "securities/index.html")
    months = groupby(known["day"], key=lambda one: one.title[:7])
    yield "archive/index.html", _index("归档", months, "archive/index.html")
    yield "index.html", _home(entries, known)


def _page(one: List, number: int, kind: str) -> str:
    """One page of a list: the first has what does not fill a page, and leads to all others."""
    older, at = one.older, one.address(number)
    first = len(one.entries) - older * PAGE_SIZE
    begin = first + (older - number) * PAGE_SIZE if number else 0
    shown = one.entries[begin : begin + PAGE_SIZE if number else first]
    heading = " ".join((*one.names, one.title))
    parts = [f"<h1>{text(heading)}</h1>"]
    mentions = [m for entry in shown for m in entry.mentions if m.symbol == one.title] if kind == "security" else []
    newest, *pictures = _pictures(mentions, one.title, at) or [""]
    parts += [newest, _rows(shown, at), *pictures]
    others = range(older, 0, -1) if not number else [n for n in (number + 1, number - 1) if 1 <= n <= older]
    links = [_link(one.address(other), f"第 {other} 页", at) for other in others]
    if number:
        links.insert(0, _link(one.address(), "最新", at))
    parts.append(f'<nav class="pages">{" ".join(links)}</nav>' if links else "")
    return framed(f"{heading}（第 {number} 页）" if number else heading, at, *parts)


def _home(entries: Sequence[SitePost], known: dict[str, list[List]]) -> str:
    at = "index.html"
    most = known["security"][:_ON_HOME]
    return framed(
        "", at,
        "<h2>最新</h2>", _rows(entries[:_ON_HOME], at),
        "<h2>媒体</h2>", _names(known["category"], at),
        "<h2>证券</h2>" if most else "", _names(most, at),
        "<h2>日期</h2>" if entries else "", _names(known["day"][:_ON_HOME], at),
    )  # fmt: skip


def _index(title: str, groups: Iterable[tuple[str, Iterable[List]]], at: str) -> str:
    parts = [f"<h2>{text(name)}</h2>{_names(some, at)}" for name, some in groups]
    return framed(title, at, f"<h1>{title}</h1>", *parts)


def _names(some: Iterable[List], at: str) -> str:
    """Links to lists, and to all pages of those that have several."""
    items = []
    for one in some:
        others = "".join(f" {_link(one.address(n), str(n), at)}" for n in range(one.older, 0, -1))
        name = _link(one.address(), " ".join((*one.names, one.title)), at)
        items.append(f"<li>{name} <small>{len(one.entries)}{others}</small></li>")
    return "\n".join(('<ul class="names">', *items, "</ul>")) if items else ""


def _rows(entries: Iterable[SitePost], at: str) -> str:
    rows = [
        f'<li><time datetime="{iso(entry.time)}">{entry.time[:16]}</time> '
        f'<a href="{up(at)}{html.escape(entry.path)}">{text(entry.title or entry.slug)}</a>'
        f" <small>{text(sites.medium_of(entry.tag))}</small></li>"
        for entry in entries
    ]
    return "\n".join(('<ul class="posts">', *rows, "</ul>")) if rows else "<p>暂无文章</p>"


def _pictures(mentions: Iterable[Mention], symbol: str, at: str) -> list[str]:
    """The K-lines of a security, each once: stored ones with their day, live ones show today's."""
    figures = []
    for picture in dict.fromkeys(picture for mention in mentions for picture in mention.pictures):
        live = "//" in picture
        address = picture if live else up(at) + picture
        caption = "实时" if live else picture.rpartition("/")[2].partition(".")[0]
        figures.append(
            f'<figure><img src="{html.escape(address)}" alt="K图 {symbol}" loading="lazy" width="578" height="276">'
            f"<figcaption>{caption}</figcaption></figure>"
        )
    return figures


def _link(address: str, name: str, at: str) -> str:
    return f'<a href="{up(at)}{html.escape(quote(address, safe=PATH_SIGNS))}">{text(name)}</a>'


def up(at: str) -> str:
    """How a page at this path leads to home, under any baseurl."""
    return "../" * at.count("/") or "./"


def iso(time: str) -> str:
    """A post's time with its zone."""
    return f"{time.replace(' ', 'T')}+08:00"


def text(plain: str) -> str:
    """Plain text as markup in which neither a browser nor Liquid finds anything that acts."""
    return html.escape(plain).replace("{", "&#123;")


def framed(title: str, at: str, *parts: str) -> str:
    """A page for the layout: front matter with its address, and what stands between head and foot."""
    fields = {"title": html.escape(title), "permalink": f"/{quote(at, safe=PATH_SIGNS)}"}
    head = "".join(f"{name}: {post_format.quoted(value)}\n" for name, value in fields.items())
    return "\n".join((f"---\nlayout: default\n{head}---", *filter(None, parts), ""))
