"""Addresses: relative ones made absolute, pictures over TLS, tracking parameters and the web archive's part off."""

import re
from collections.abc import Iterator

from crawler.body.document import Document
from crawler.body.policy import decode_attribute
from crawler.body.rule import TagRule
from crawler.body.syntax import words
from crawler.kline.codes import stock_picture
from crawler.markup import Edit, Token
from crawler.patterns import compiled
from crawler.sites import COMPANION_FOLDERS
from crawler.urls import urljoin

TLS_HOSTS = ("eastmoney.com", "dfcfw.com", "sinaimg.cn", "gtimg.com", "gtimg.cn", "qpic.cn", "sinajs.cn", "126.net")
"""Domains whose picture hosts answer over TLS."""

TRACKERS = words("utm_source utm_medium utm_campaign utm_term utm_content utm_id gclid fbclid msclkid yclid bd_vid")
"""Query parameters of advertisers, who put them on the addresses of any host; none of them asks for anything."""
HOST_TRACKERS = words("spm scm share_token share_source share_medium trackid tracking_id fromsource from_source")
"""Names that say where a click came from on the hosts of `TRACKED_HOSTS`; elsewhere they may ask for something."""
WORD_TRACKERS = words("from fr track")
"""Names that say so there, too, but for a number: ``from=20220101`` is a search's."""
TRACKED_HOSTS = (
    *("eastmoney.com", "dfcfw.com", "1234567.com.cn", "sina.com.cn", "sina.cn", "qq.com", "163.com", "sohu.com"),
    *(
        "ifeng.com",
        "weibo.com",
        "weibo.cn",
        "toutiao.com",
        "zhihu.com",
        "stcn.com",
        "cls.cn",
        "taobao.com",
        "tmall.com",
    ),
)

_MIRRORED = compiled(
    rf"(?:\.\./)+(?P<rest>(?:[A-Za-z0-9\-]+\.)+(?:{'|'.join(map(re.escape, TLS_HOSTS))})/.*)", re.DOTALL
)
"""What wget writes for a file of another host that it mirrored too."""
_MIRRORED_QUERY = compiled(r"(?:@|%3[Ff])(?=\w+=)")
"""What stands for the question mark in the names of such files."""
_SAVED_BESIDE = compiled(rf"(?:\./)?[^/]+(?:{'|'.join(map(re.escape, COMPANION_FOLDERS))})/")
"""A picture that a browser saved with the page: its address is gone, and nothing stands in its place on the site."""
_HTTP_PICTURE = compiled(
    rf"http:(?=//(?:[A-Za-z0-9\-]+\.)*(?:{'|'.join(map(re.escape, TLS_HOSTS))})(?:[/?#]|\Z))", re.IGNORECASE
)
_ARCHIVED = compiled(r"\s*(?:(?:https?:)?//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)", re.IGNORECASE)
"""What a web archive puts before the addresses in its copies of pages."""
_HOST = compiled(r"\s*+(?:[A-Za-z][A-Za-z0-9+.\-]*+:)?+//([^/?#:]*+)")
_TRACKED = tuple(f".{host}" for host in TRACKED_HOSTS)
_HOLDERS = ("href", "src")
_ABSOLUTE = compiled(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*:|#|&#|\Z)")


def _escaped(address: str, value: str) -> str:
    """The address as it may stand where ``value`` stood: raw ``&`` stays raw, quotes and signs do not."""
    address = address.replace('"', "%22").replace("'", "%27").replace("<", "%3C").replace(">", "%3E")
    return address if re.search(r"&(?!amp;)", value) or "&" not in value else address.replace("&", "&amp;")


def _resolved(document: Document, tag: Token) -> Iterator[Edit]:
    beside: bool | None = None
    for attribute in document.attributes(tag):
        if attribute.name not in _HOLDERS or _ABSOLUTE.match(attribute.value):
            continue
        plain = decode_attribute(attribute.value).strip()
        if not plain.startswith("//") and not document.base_url:
            continue
        mirrored = _MIRRORED.fullmatch(plain)
        if attribute.name == "src" and not mirrored and not plain.startswith("//"):
            if beside is None:
                beside = _is_stock_picture(document, tag)
            if beside or _SAVED_BESIDE.match(plain):
                continue
        rest = _MIRRORED_QUERY.sub("?", mirrored["rest"], count=1) if mirrored else ""
        address = f"https://{rest}" if rest else urljoin(document.base_url or "https:", plain)
        if address != plain and address.startswith(("http://", "https://")):
            yield Edit(*attribute.value_span, _escaped(address, attribute.value))


def _is_stock_picture(document: Document, tag: Token) -> bool:
    """Whether the tag names a stock: its picture's relative address leads to a copy that was saved with the page."""
    held = document.values(tag)
    told = [decode_attribute(held[name]) for name in ("data-code", "data-code2") if name in held]
    return stock_picture(decode_attribute(held.get("alt", "")), told) is not None


def _archived(document: Document, tag: Token) -> Iterator[Edit]:
    for attribute in document.attributes(tag):
        if attribute.name in _HOLDERS and (match := _ARCHIVED.match(attribute.value)):
            start = attribute.value_span[0]
            yield Edit(start, start + match.end())


def _secure(document: Document, tag: Token) -> Iterator[Edit]:
    src = document.attribute(tag, "src")
    if src is not None and (match := _HTTP_PICTURE.match(document.source, *src.value_span)):
        yield Edit(match.start(), match.end(), "https:")


def _tracks(parameter: str, path: str) -> bool:
    """Whether ``name=value`` says where a click came from, in a query behind ``path``."""
    name, equals, value = parameter.partition("=")
    if not equals or name.lower() in TRACKERS:
        return bool(equals)
    is_word = name.lower() in WORD_TRACKERS and value.strip("-/.:0123456789") != ""
    if not is_word and name.lower() not in HOST_TRACKERS:
        return False
    host = _HOST.match(path)
    return host is None or f".{host[1].lower()}".endswith(_TRACKED)


def _untracked(document: Document, tag: Token) -> Iterator[Edit]:
    href = document.attribute(tag, "href")
    if href is None or "?" not in href.value:
        return
    path, _, query = href.value.partition("?")
    query, sign, fragment = query.partition("#")
    parts = re.split(r"(&(?:amp;)?)", query)
    kept = [
        (separator, part)
        for separator, part in zip(["", *parts[1::2]], parts[::2], strict=True)
        if not _tracks(part, path)
    ]
    if len(kept) < len(parts[::2]):
        rest = "".join(separator + part for separator, part in kept).removeprefix("&amp;").removeprefix("&")
        yield Edit(*href.value_span, path + ("?" + rest if rest else "") + sign + fragment)


ARCHIVED = TagRule(
    "archived",
    "the web archive's part of addresses",
    (
        (
            '<p><img src="https://web.archive.org/web/20220115000000im_/https://a.cn/b" /></p>',
            '<p><img src="https://a.cn/b" /></p>',
        ),
        ('<p><a href="/web/2022/http://a.cn/b">a</a></p>', '<p><a href="http://a.cn/b">a</a></p>'),
    ),
    _archived,
    _HOLDERS,
)
TRACKING = TagRule(
    "tracking",
    "tracking parameters of links; the rest of the address stays as it is spelled",
    (
        (
            '<p><a href="https://a.cn/x?a=1&utm_source=y&b=2">a</a></p>',
            '<p><a href="https://a.cn/x?a=1&b=2">a</a></p>',
        ),
        (
            '<p><a href="https://x.eastmoney.com/a?from=app">a</a><a href="https://a.cn/x?from=app&track=1">b</a></p>',
            '<p><a href="https://x.eastmoney.com/a">a</a><a href="https://a.cn/x?from=app&track=1">b</a></p>',
        ),
    ),
    _untracked,
    ("href",),
    frozenset({"a"}),
)
RESOLVED = TagRule(
    "resolved",
    "relative addresses become absolute; without a base address only those that begin with //",
    (('<p><img src="//a.cn/b?c=1&d=2" /></p>', '<p><img src="https://a.cn/b?c=1&d=2" /></p>'),),
    _resolved,
    _HOLDERS,
)
HTTPS = TagRule(
    "https",
    "pictures on hosts that speak TLS: a page over TLS shows no others",
    (('<p><img src="http://x.dfcfw.com/a" /></p>', '<p><img src="https://x.dfcfw.com/a" /></p>'),),
    _secure,
    ("src",),
    frozenset({"img"}),
)
