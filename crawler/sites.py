"""The sites we know: hosts, URL shapes, article codes, media names, slugs and tags.

Light enough for the settings, which every command reads.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote

from crawler.items import PostKind
from crawler.patterns import compiled
from crawler.urls import urlsplit

SITE_HOST = "finews.withounder.com"
SITE_HOSTS = (SITE_HOST, "finews.zning.me", "finnews.zning.me")
"""The site's host today and its earlier ones: one site (domain-facts 12)."""
SITE = f"https://{SITE_HOST}/"
"""The live site; its footers carry this host whatever site was crawled."""
SHARE_HOST = "finews.zning.xyz"
"""Share host of new posts, asked for articles whose posts do not name one."""
SHARE_HOSTS = (SHARE_HOST, "choicewzp1.eastmoney.com", "app.jg.eastmoney.com")
"""Every host that share links of known posts lead to."""
PICTURE_HOSTS = ("webquoteklinepic.eastmoney.com", "webquotepic.eastmoney.com", "push2his.eastmoney.com")
"""Live K-line pictures, and the data to draw past ones from."""
NOT_OURS = "not an article"
"""Reasons that begin so are of pages that were never ours to read; all others may have cost an article."""
LIST_HOSTS = ("183.136.162.242", "43.240.125.15")
"""Where the source site asked for its lists."""
EAST_MONEY = ".eastmoney.com"
"""How the hosts of East Money's own site end."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The hosts of a run, as its settings have them: of a crawl, and of what saved pages promise."""

    share_host: str = SHARE_HOST
    share_hosts: tuple[str, ...] = SHARE_HOSTS
    """The only hosts that a crawl follows share links to."""
    site_hosts: tuple[str, ...] = SITE_HOSTS
    picture_hosts: tuple[str, ...] = PICTURE_HOSTS
    list_hosts: tuple[str, ...] = LIST_HOSTS
    east_money: str = EAST_MONEY

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """The hosts that FINEWS_SHARE_HOST and FINEWS_SHARE_HOSTS name (a list, or a text with commas)."""
        hosts = settings["FINEWS_SHARE_HOSTS"]
        names = hosts.split(",") if isinstance(hosts, str) else hosts or ()
        return cls(settings["FINEWS_SHARE_HOST"], tuple(name.strip() for name in names))

    def is_article_host(self, host: str) -> bool:
        """Whether pages and replies of articles are from the host; a known share host stays one for saved pages."""
        return host in self.share_hosts or host in SHARE_HOSTS or host.endswith(self.east_money)


KNOWN = Sites()
"""The hosts where nobody set any."""

EMNEWS, EMNEWS_TAG = "emnews", "东财滚动新闻"
SITENEWS = "sitenews"
TAG_SUFFIX = "新闻"
"""Every medium's tag ends so, literally: 每日经济新闻 has the tag 每日经济新闻新闻."""

COMPANION_FOLDERS = ("_files", ".files", "-Dateien", "_archivos", "_fichiers")
"""How browsers end the name of the folder that holds the pictures of a page saved whole."""

NEWS_ID = r"[12]\d{16,17}"
"""A news id, as a pattern to build others from: 17 digits until 2018, 18 since; the first eight are the day."""
CODE = compiled(rf"(?:NW)?{NEWS_ID}(?!\d)", re.ASCII)
"""An infoCode or a news id, in capitals; names and addresses may have it in small letters."""
_POST_PATH = compiled(r"/(?:(?P<category>.+)/)?(?P<day>\d{4}/\d\d/\d\d)/(?P<stem>[^/]+?)\.html?\Z")
_POST_FILE = compiled(rf"(?:\A|/)(?:\d{{4}}-\d\d-\d\d)?-?(?:NW)?{NEWS_ID}\.(?:md|markdown)\Z", re.IGNORECASE)
_LIST_PATH = compiled(
    r"/(?:getNewsByColumns|getFastNewsList|getListInfo|web/webapi|getlist_\w+|GetNewsBy(?:Id|Search)\.do|v\d/api/list)\b",
    re.IGNORECASE,
)
"""Where the list services stand (domain-facts 4)."""
_PART = compiled(r"(?<=\d{17})[_-]\d{1,5}\Z", re.ASCII)
_ASKED = compiled(r"[?&@%](?:(?<!%)|(?<=%)3F)(?:p|page|pn|pageno)=(\d{1,5})(?!\d)", re.ASCII | re.IGNORECASE)
"""How the further pages of an article are named."""
MOST_PAGES = 99
"""An article of more pages is neither asked for nor joined: a pager may go on for ever."""
_DATED_STEM = compiled(r"\d{4}-\d\d-\d\d-(?=.)")
_NO_PATH = compiled(r"[/\\&<>{}`\"]|^[.#_~]+|\.\.+")


def digits(code: str) -> str:
    """The news id of a code: the same article whether it is spelled as infoCode or as id."""
    return code.removeprefix("NW")


def other_spelling(code: str) -> str:
    """The infoCode of a news id, and the other way round."""
    return digits(code) if code.startswith("NW") else f"NW{code}"


def spellings(codes: Iterable[str]) -> list[str]:
    """Both spellings of each of the codes."""
    return [spelled for code in codes for spelled in (digits(code), f"NW{digits(code)}")]


def day_of(code: str) -> str:
    """``YYYY-MM-DD`` as the code's first eight digits tell."""
    number = digits(code)
    return f"{number[:4]}-{number[4:6]}-{number[6:8]}"


MOST_DAYS_OFF = 300
"""A time that is as far from the day that a code names is not that article's."""


@lru_cache(maxsize=256)
def days_apart(one: str, other: str) -> int | None:
    """The days between two times (or days) that begin ``YYYY-MM-DD``; None when there is no such day."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return None


def may_be_time_of(code: str, time: str) -> bool:
    """Whether an article may have been published then: not years off the day that its code names, if it names one."""
    return not CODE.fullmatch(code) or (days_apart(time, day_of(code)) or 0) < MOST_DAYS_OFF


def post_kind(code: str, category: str | None) -> PostKind:
    """The kind of post that a code and a category make."""
    if category == EMNEWS or (category is None and code.isdigit()):
        return "emnews"
    return "site" if category == SITENEWS or not CODE.fullmatch(code) else "media"


@lru_cache(maxsize=4096)
def slug(medium: str) -> str:
    """The source's own slug: first reading of each character, letters kept (``银行`` is ``yinxing``).

    Signs that can stand in no path go as its dashes do.
    """
    return _NO_PATH.sub("", str(_pinyin().get_pinyin(medium)).replace("-", ""))


@cache
def _pinyin() -> Any:
    from xpinyin import Pinyin  # noqa: PLC0415 - it reads a large table, which settings and most commands do without

    return Pinyin()


def tag_of(medium: str) -> str:
    """The tag of a medium's posts."""
    return medium + TAG_SUFFIX


def medium_of(tag: str) -> str:
    """The medium that a tag names."""
    return tag.removesuffix(TAG_SUFFIX)


def list_url(site: str, category: str) -> str:
    """The list page of a category on the site at ``site`` (its home URL)."""
    return site.rstrip("/") + ("/emnews/" if category == EMNEWS else f"/category/{quote(category)}.html")


def is_list_path(path: str) -> bool:
    """Whether a list page of the site stands at the path: home, a category, the rolling list and its archive."""
    path = path.removesuffix("index.html")
    return path in {"", "/", "/emnews/"} or path.startswith(("/category/", "/achieves/"))


def slug_of_list(url: str) -> str:
    """The slug of the category that a list page is of, "" for home."""
    return unquote(urlsplit(url).path).strip("/").removesuffix("index.html").removesuffix(".html").rpartition("/")[2]


def share_link(code: str, host: str = SHARE_HOST) -> str:
    """The share link of an article, as posts carry it."""
    return f"http://{host}/html_News/NewsShare.html?infoCode=NW{digits(code)}"


def article_url(code: str) -> str:
    """The East Money page of an article, when nothing tells its column."""
    return f"http://finance.eastmoney.com/a/{digits(code)}.html"


def is_eastmoney(url: str) -> bool:
    """Whether the URL is of East Money's own site."""
    return f"{EAST_MONEY}/" in url[:60]


@lru_cache(maxsize=1024)
def code_of_url(url: str) -> str | None:
    """The code that an article's URL names: share link, JSON address, East Money page; None for any other URL."""
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query) if parts.query else ():
        # A saved page's file name may have grown a suffix: `GetNewsText.do?id=NW202201142248170578.json`.
        if name.lower() in {"infocode", "id", "newsid"} and (found := CODE.match(value.upper())):
            return found[0]
    stem = parts.path.rsplit("/", 1)[-1].split(".")[0].rsplit(",", 1)[-1]
    stem = _PART.sub("", stem).upper()
    return stem if CODE.fullmatch(stem) else None


def part_of_url(url: str) -> int:
    """Which page of an article an address names: 1, but for ``…_2.html`` and ``…html?p=2``; at most MOST_PAGES + 1.

    Tools that save pages spell the question mark as ``%3F`` or ``@``, too.
    """
    named = _PART.search(urlsplit(url).path.rsplit("/", 1)[-1].split(".")[0])
    asked = None if named else _ASKED.search(url)
    number = int(named[0][1:]) if named else int(asked[1]) if asked else 1
    return min(max(1, number), MOST_PAGES + 1)


@dataclass(frozen=True, slots=True)
class PostAddress:
    """What the URL of a rendered post tells: ``category`` is in lower case and its blanks are slashes."""

    category: str
    day: str
    code: str


@lru_cache(maxsize=1024)
def post_address(url: str) -> PostAddress | None:
    """The parts of a post's URL ``/<category>/YYYY/MM/DD/<code>.html``, or None when it is not one."""
    match = _POST_PATH.fullmatch(unquote(urlsplit(url).path))
    if not match:
        return None
    stem = _DATED_STEM.sub("", match["stem"])
    code = CODE.fullmatch(stem.upper())
    return PostAddress(match["category"] or "", match["day"].replace("/", "-"), code[0] if code else stem)


def is_promised(url: str, known: Sites = KNOWN) -> bool:
    """Whether an article or a list stands at the address, or a post of the site has this file name."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host:
        return _POST_FILE.search(parts.path) is not None
    if host in known.site_hosts:
        return is_list_path(parts.path) or post_address(url) is not None or code_of_url(url) is not None
    ours = known.is_article_host(host)
    if _LIST_PATH.search(parts.path) and (ours or host in known.list_hosts):
        return True
    return ours and CODE.search(f"{parts.path.rpartition('/')[2]}?{parts.query}") is not None
