"""What the lists of a site say of each post: read from the posts alone, so that a lost ledger costs nothing."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from crawler import kline, post_format, sites
from crawler.assemble.fault import fault
from crawler.footer import split
from crawler.items import Post
from crawler.kline.markets import described
from crawler.patterns import compiled
from crawler.printable import printable
from crawler.store import places
from crawler.store.places import listed
from crawler.urls import PATH_SIGNS, post_path, urlsplit

_FILE = compiled(r"\d{4}-\d\d-\d\d-(?P<stem>[A-Za-z0-9_-]{1,64})\.md")
_DATE = compiled(
    r"""^date:[ \t]*["']?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?P<zone>[ \t]*(?:Z|[+-]\d\d:?\d\d))?["']?[ \t]*\r?$""",
    re.MULTILINE,
)
_LIQUID = compiled(r"\{[{%]")
_OURS = "|".join((*map(re.escape, sites.SITE_HOSTS), sites.NEWS_ID))
_HREF = compiled(rf"""\bhref\s*=\s*["']?(?P<href>[^"'\s<>]*(?:{_OURS})[^"'\s<>]*)""")
"""A link that may lead to a page of ours."""
_FOOTER = compiled(r"\]\(([^()\s]*)\)")


class Mention(NamedTuple):
    """A security in a post."""

    symbol: str
    name: str
    """As the post calls it, "" where it does not."""
    pictures: tuple[str, ...]
    """Of its K-lines: places below the output folder, or addresses of live ones."""


class SitePost(NamedTuple):
    """A post as lists have it; texts are plain text, without signs that would act or turn a line round."""

    file: str
    slug: str
    """What Jekyll calls it by: the stem of its file's name without the day."""
    title: str
    time: str
    """``YYYY-MM-DD HH:MM:SS``, Beijing time."""
    category: str
    tag: str
    path: str
    """Of its page, percent-encoded, without the slash at its beginning."""
    mentions: tuple[Mention, ...]
    links: tuple[str, ...]
    """Addresses in it that may be of pages of ours."""
    footer: tuple[str, ...]
    """Where its footer leads: to its list and home, as older posts spell that, too."""
    has_zone: bool
    """Whether its time tells its zone, without which Jekyll takes it for another."""
    is_odd: bool
    """Whether title or tag must not be shown as they stand in the post."""
    place: str = ""
    """Where its file lies below the folder of the posts."""


def read(folder: Path) -> tuple[list[SitePost], list[tuple[str, str]]]:
    """The posts in the folder, the newest first; and (file, reason) of those that no site can show."""
    entries, faults = [], []
    for name, found in sorted(listed(folder, old=False).items()):
        place = Path(found).relative_to(folder).as_posix()
        try:
            path, data = places.read(folder, name)
            if path.is_relative_to(folder):  # else a run has put it aside
                entries.append(entry_of(name, data)._replace(place=path.relative_to(folder).as_posix()))
        except FileNotFoundError:  # a run has moved it
            continue
        except (post_format.FormatError, OSError) as error:
            faults.append((place, f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)))
    entries.sort(key=lambda entry: (entry.time, entry.file), reverse=True)
    return entries, faults


def entry_of(name: str, data: bytes) -> SitePost:
    """The entry of the post in the file of this name. Raises FormatError."""
    named = _FILE.fullmatch(name)
    if not named:
        raise post_format.FormatError("its name is not that of a post: YYYY-MM-DD-CODE.md")
    post, markup = post_format.parse(data, name), data.decode()
    if reason := fault(post):
        raise post_format.FormatError(reason)
    date = _DATE.search(markup)
    if not date:
        raise post_format.FormatError("its date is none that Jekyll reads")
    if _LIQUID.search(post.body) or _LIQUID.search(post.digest or ""):
        raise post_format.FormatError("Liquid stands in it, which may stop the build of the whole site")
    title, tag = as_text(post.title), as_text(post.tag)
    jekylls = datetime.fromisoformat(post.time) + timedelta(hours=0 if date["zone"] else 8)  # it reads it as UTC
    return SitePost(
        name, named["stem"], title, post.time, post.category, tag,
        path=post_path(post.category, f"{jekylls:%Y-%m-%d}", named["stem"]),
        mentions=tuple(_mentions(post)),
        links=tuple(dict.fromkeys(html.unescape(match["href"]) for match in _HREF.finditer(post.body))),
        footer=tuple(_FOOTER.findall(split(markup)[1])),
        has_zone=bool(date["zone"]),
        is_odd=(title, tag) != (html.unescape(post.title), html.unescape(post.tag)),
    )  # fmt: skip


def as_text(markup: str) -> str:
    """A title or a name, in which references may stand, as text."""
    return printable(html.unescape(markup))


def _mentions(post: Post) -> Iterator[Mention]:
    """The securities that a post shows or links to, each once."""
    found = kline.find_all(post.body)
    names: dict[str, str] = {}
    pictures: dict[str, dict[str, None]] = {}
    for one in found.klines:
        shown = pictures.setdefault(one.symbol, {})
        if picture := kline.picture_of(post.body, one):
            shown[picture] = None
    for link in found.links:
        symbol = described(link.secid)[1]
        pictures.setdefault(symbol, {})
        names[symbol] = names.get(symbol) or printable(link.name)
    for symbol, shown in pictures.items():
        yield Mention(symbol, names.get(symbol, ""), tuple(shown))


def leads_to(entry: SitePost, ours: Collection[str], posts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where links of a post lead if not to where they say: (address in the post, another).

    ``ours``: the paths that the site has; ``posts``: of those, the articles', by their digits. What is the site's own
    gets an address on the source site: the layout makes its home (``//host/``) the site's own for every link.
    """
    home = f"//{sites.SITE_HOST}/"
    listed = f"{home}category/{quote(entry.category, safe=PATH_SIGNS)}.html"
    if set(entry.category) & set("%?#&"):  # signs that the footer has as they are, and an address must not
        yield f"{home}category/{html.unescape(entry.category)}.html", listed
    listed = f"{home}emnews/" if entry.category == sites.EMNEWS else listed
    for href, to in zip(entry.footer, (listed, home), strict=False):
        if not href.startswith((f"{home}category/", to)):
            yield href, to
    for href in entry.links:
        parts = urlsplit(href)
        path = unquote(parts.path).lstrip("/")
        own = path if parts.hostname in sites.SITE_HOSTS and path in ours else None
        code = sites.code_of_url(href) if sites.is_eastmoney(href) else None
        if code and sites.digits(code) != sites.digits(entry.slug):
            own = posts.get(sites.digits(code))
        if own is not None:
            to = f"//{sites.SITE_HOST}/{quote(own, safe=PATH_SIGNS)}"
        else:
            to = f"https:{href}" if href.startswith("//") else href
        if to != href:
            yield href, to
