"""The address of a saved page: what it says of itself, else what its place and its name tell."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from crawler import pages, sites
from crawler.archive import detect
from crawler.items import Page
from crawler.pages.damage import damage
from crawler.pages.eastmoney.prose import LONGEST_HEAD, is_anothers, is_ours, page_title
from crawler.pages.encoding import decode
from crawler.patterns import compiled
from crawler.urls import hostname, urlsplit

_HEAD = 1 << 16
_PLACE = b"ContentBody"
_GARBLED = 8192
"""Characters of a text that are looked at."""
_WAYBACK = compiled(r"https?://web\.archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/(https?:/?/?.+)", re.IGNORECASE)
_SAVED_FROM = compiled(
    rb"<!--\s*(?:(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s>]+?)"
    rb"|Saved from (https?://[^\s>]+) at [^<>]* using monolith\b[^<>]*"
    rb"|Mirrored from ([^\s<>]+) by HTTrack\b[^<>]*)\s*(?:-->|\s)"
    rb"|<html\b[^<>]*\sdata-scrapbook-source=[\"']?(https?://[^\"'\s<>]+)"
    rb"|<meta\b[^<>]*\bname=[\"']?savepage-url[\"']?[^<>]*\bcontent=[\"']?(https?://[^\"'\s<>]+)",
    re.IGNORECASE,
)
"""What browsers and the tools that save pages write into them: saved from url, SingleFile, monolith, HTTrack,
WebScrapBook, Save Page WE."""
_SAVING_WORDS = (b"aved", b"savepage", b"Mirrored", b"scrapbook")
_VALUE = rb"""\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))"""
_LINK = compiled(
    rb"<link\b(?=[^<>]*\brel\s*=\s*[\"']?canonical\b)[^<>]*?\bhref" + _VALUE,
    re.IGNORECASE,
)
_OPEN_GRAPH = compiled(
    rb"<meta\b(?=[^<>]*\b(?:property|name)\s*=\s*[\"']?og:url\b)[^<>]*?\bcontent" + _VALUE,
    re.IGNORECASE,
)
_BASE = compiled(rb"<base\b[^<>]*?\bhref" + _VALUE, re.IGNORECASE)
"""What caches of search engines and readers' views write above what they show: where it stands."""
_COPIED = compiled(rb"<input\b(?=[^<>]*\bname\s*=\s*[\"']?q\b)[^<>]*?\bvalue" + _VALUE, re.IGNORECASE)
"""What archive.today writes above its copies."""
_HIDING = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"))
_HOST = compiled(
    r"(?:[a-z0-9-]+\.)+(?:com|cn|xyz|net|org|me|io|info|top|cc|hk|tw|sg|jp|kr|uk|us|de|fr|eu|asia|gov|edu|tv"
    r"|news|biz|mobi|vip|wang|site|online|app|dev)(?:[:+]\d{2,5})?|(?:\d{1,3}\.){3}\d{1,3}(?:[:+]\d{2,5})?",
    re.IGNORECASE,
)
_QUERY = compiled(r"\?|%3F|@(?=[\w.]+=)", re.IGNORECASE)
# 17 digits of a later year are the time of a save. A page `_2` is not the article, but its second part.
_CODE = compiled(
    rf"(?<![0-9A-Za-z])(?:NW)?(?=\d{{18}}|[12]0[01]){sites.NEWS_ID}(?P<part>_\d{{1,2}})?(?!\d|_\d)",
    re.IGNORECASE | re.ASCII,
)
_NAME = compiled(rb"<title>[^<]*(?:%s|%s)" % ("东方财富".encode(), "东方财富".encode("gb18030")), re.IGNORECASE)
_JSON_NAME = compiled(r"\.json|GetNewsText", re.IGNORECASE)
_INDEX_NAME = compiled(r"index(?:\.(?:x?html?|json))?\Z", re.IGNORECASE)
_INDEX = compiled(r"(?:^|(?<=/))index\.html?\Z")


def saved_url(path: str, body: bytes) -> str:
    """Tell the address of a page saved at ``path`` (slashes, below the folder or container); "" when nothing tells."""
    if path.lower().endswith((".md", ".markdown")) or detect.is_post(body):
        return quote(path.rsplit("/", 1)[-1])
    mirrored = original(_of_mirror(path))
    said = _stated(body)
    stated = next(said, "")
    if not is_known(mirrored) and not is_ours(title := _title(body)):
        elsewhere = next((url for url in (mirrored, stated) if url and not is_known(url)), "")
        # A reprint may call the original its own address, and have a number that looks like an id.
        if (is_anothers(title) and not _is_garbled(body)) or (title and elsewhere):
            return elsewhere
    place = mirrored
    if not place or (host_of(place).endswith(sites.EAST_MONEY) and not tells(place)):
        place = _of_name(path, body) or place
    stated = stated if tells(stated) else next(filter(tells, said), stated)
    # Some sites call every page their home page, and further pages of an article its first.
    is_further = sites.part_of_url(place) > 1 and sites.code_of_url(place) == sites.code_of_url(stated)
    if stated and not (place and urlsplit(stated).path in ("", "/")) and not is_further:
        return stated
    return place


def tells(url: str) -> bool:
    """Whether an address names an article or a page of the site."""
    return sites.code_of_url(url) is not None or host_of(url) in sites.SITE_HOSTS


def is_known(url: str) -> bool:
    """Whether an address is of a host whose pages we read."""
    host = host_of(url)
    return host in sites.SITE_HOSTS or sites.KNOWN.is_article_host(host)


def _title(body: bytes) -> str:
    """Give what the page's ``title`` says; "" when there is none."""
    start = body.find(b"<title", 0, _HEAD)
    return page_title(decode(body[start : start + 1024])) if start >= 0 else ""


def _is_garbled(body: bytes) -> bool:
    """Whether the text of a page with East Money's place for it is damaged: its title is, too, and is nobody's."""
    return _PLACE in body and damage(decode(body).partition(_PLACE.decode())[2][:_GARBLED]) != ""


def article_at(url: str, known: sites.Sites = sites.KNOWN) -> str:
    """Give the code of the article that stands at an address, "" when there stands none."""
    if host_of(url) in sites.SITE_HOSTS and (post := sites.post_address(url)):
        return post.code
    return (sites.code_of_url(url) or "") if sites.is_promised(url, known) else ""


def article_in(page: Page) -> str:
    """Give the code of the article that a page tells, be it damaged; "" for a list, and for what is none of ours."""
    try:
        articles = pages.read(page).articles
    except Exception as error:  # noqa: BLE001 - whoever reads it afterwards tells what is wrong with it
        foreign = isinstance(error, pages.Unreadable) and error.is_foreign
        return "" if foreign else article_at(page.url)
    return next((article.code for article in articles if article.origin != "list"), "")


def original(url: str) -> str:
    """Give the address that a web archive's copy was made of, or the address itself when it is no copy."""
    match = _WAYBACK.match(url)
    return re.sub(r"\A(https?):/+", r"\1://", match[2]) if match else url


def had(url: str, received: datetime | None) -> datetime | None:
    """When the original was as in a reply ``received`` then (aware): of a web archive's copy, when that had it."""
    if not (match := _WAYBACK.match(url)):
        return received
    try:
        return datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if len(match[1]) == 14 else None
    except ValueError:
        return None


def _stated(body: bytes) -> Iterator[str]:
    """Give what the page itself says: where it was saved from, its canonical address, its ``og:url``, its base."""
    head = body[: max(_HEAD, body.find(b"</head", 0, LONGEST_HEAD))]
    if b"\0" in head[:256]:
        head = decode(head).encode()
    first = head[:4096]
    if any(word in first for word in _SAVING_WORDS) and (saved := _SAVED_FROM.search(first)):
        told = saved[1] or saved[2] or saved[4] or saved[5] or b"http://" + saved[3]
        url = told.decode("utf-8", "replace")
        yield original(html.unescape(url))
    copied = [(b"value=", _COPIED)] if b'id="HEADER"' in head else []
    for word, pattern in (*copied, (b"canonical", _LINK), (b"og:url", _OPEN_GRAPH), (b"<base", _BASE)):
        position = head.find(word)
        while position >= 0:
            if url := _address_in(head, position, pattern):
                if pattern is not _BASE or tells(url):  # most are a folder's
                    yield original(url)
                break
            position = head.find(word, position + 1)


def _address_in(head: bytes, position: int, pattern: re.Pattern[bytes]) -> str:
    """Give the absolute address in the tag around ``position``; "" when there is none, or the tag is hidden."""
    start = head.rfind(b"<", 0, position + 1)
    match = pattern.match(head, start) if start >= 0 else None
    if match is None or any(_open(head, begin, end, start) for begin, end in _HIDING):
        return ""
    url = html.unescape(next(filter(None, match.groups()), b"").decode("utf-8", "replace")).strip()
    url = f"https:{url}" if url.startswith("//") else url
    return url if host_of(url) else ""


def _open(head: bytes, begin: bytes, end: bytes, position: int) -> bool:
    """Tell whether something that hides markup has begun before ``position`` and not ended."""
    begun = head.rfind(begin, 0, position)
    return begun >= 0 and head.find(end, begun, position) < 0


def host_of(url: str) -> str:
    """Give the host of an absolute http address, "" for anything else."""
    return hostname(url) if urlsplit(url).scheme in ("http", "https") else ""


def _of_mirror(path: str) -> str:
    """Read the address off a mirror's path, as wget lays it out: a folder for the host, the query in the name."""
    parts = path.split("/")
    start = next((i for i, part in enumerate(parts[:-1]) if _HOST.fullmatch(part)), None)
    if start is None:
        return ""
    host, rest = parts[start].replace("+", ":"), "/".join(parts[start + 1 :])
    scheme = "http" if host in sites.SHARE_HOSTS else "https"
    name, mark, query = _split_query(rest)
    name = _INDEX.sub("", name) if not mark else name
    return f"{scheme}://{host}/{quote(unquote(name), safe='/,;:+()~!$&*=@')}" + (f"?{query}" if mark else "")


def _split_query(path: str) -> tuple[str, str, str]:
    """Split a file name at the query that it holds; the suffix that wget adds behind it goes."""
    match = _QUERY.search(path)
    if match is None:
        return path, "", ""
    query = re.sub(r"\.x?html?\Z", "", path[match.end() :], flags=re.IGNORECASE)
    return path[: match.start()], "?", query.replace("%26", "&").replace("%3D", "=")


def _of_name(path: str, body: bytes) -> str:
    """Make the address that a file named after an article stands for."""
    folder, _, name = path.rpartition("/")
    if _INDEX_NAME.match(name) or name.lower().startswith("getnewstext.do."):  # a folder was made of the name
        name = f"{folder.rpartition('/')[2]}{'.json' if name.lower().endswith('.json') else ''}"
    name = unquote(name)
    match = _CODE.search(name)
    if match is None:
        return ""
    code = match[0].upper()
    if match["part"] and not _NAME.search(body, 0, _HEAD):
        return ""
    if _JSON_NAME.search(name) or detect.begins_as_json(body):
        if code.startswith("NW"):
            return f"http://{sites.SHARE_HOST}/NewsData/GetNewsText.do?id={code}"
        return f"https://newsinfo.eastmoney.com/kuaixun/v2/api/content?newsid={code}"
    if not code.startswith("NW") or (_PLACE in body and _NAME.search(body, 0, _HEAD)):
        return sites.article_url(code)
    return sites.SITE + quote(name) if b"GMT+8" in body else sites.share_link(code)
