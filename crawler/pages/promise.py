"""What promises an article: an article's address, and a text not far from it, in whatever form."""

import re

from crawler import sites
from crawler.patterns import compiled

_SHARE_HOSTS = (host for host in sites.SHARE_HOSTS if not host.endswith(sites.EAST_MONEY))
_HOSTS = ("eastmoney.com", *_SHARE_HOSTS, *sites.SITE_HOSTS)
_OURS = compiled(
    rf"""(?:{"|".join(map(re.escape, _HOSTS))})\\{{0,7}}/[^"'<>\s]{{0,80}}?(?<!\d){sites.NEWS_ID}(?!\d)""",
    re.ASCII | re.IGNORECASE,
)
_PROSE = compiled(
    rb"(?:<|&lt;|\\u003c)p[\s&>\\]|[\x80-\xff0-9.%]{200}|[\x80-\xff0-9.%]{60}\xe3\x80\x82|[\x80-\xff0-9.%]{40}(?<!\xe8)\xa1\xa3"
    rb"|(?:\\u[0-9a-f]{4}|&#x?[0-9a-f]{4,6};){60}|(?<![a-z0-9+/])[a-z0-9+/]{400}|"
    + b"|".join("（文章来源：".encode(encoding) for encoding in ("utf-8", "gb18030")),
    re.IGNORECASE,
)
"""A text of an article, in markup or not: as bytes, in whatever encoding; a long sentence, escapes, base64, the line
that closes one.

A1 A3 ends a sentence in GBK, and 衣 (E8 A1 A3) in UTF-8.
"""


_SHOWN = compiled(
    rf"""(?:>[^<>]{{0,20}}?(?:https?:)?//(?:[\w.-]{{1,40}}\.)?|<meta\b[^<>]{{0,80}}?\bsource-url\b[^<>]{{0,40}}?)"""
    rf"""(?:{"|".join(map(re.escape, _HOSTS))})/[^<>\s]{{0,80}}?(?<!\d){sites.NEWS_ID}(?!\d)[^<>]{{0,12}}[<>]""",
    re.ASCII | re.IGNORECASE,
)
"""An address as its reader sees it, or as a program notes it: a link alone may be in anybody's text."""
_CLOSING = compiled(r"(?:>|&gt;)\s*+[（(]文章[来來]源\s?[：:][^<>]{1,60}[）)]\s*+(?:<|&lt;)")
"""The line that closes an article, in a paragraph of its own, be that shown as its source is."""
_SENTENCE = compiled("[\u3400-\u9fff，、；：“”《》（）0-9.%]{25}[^<>。]{0,80}。")

NOT_KNOWN = "what may be articles, in a form that is not known: save them as JSON Lines"


def names_ours(text: str) -> bool:
    """Tell whether the address of an East Money article, its share link or its post stands somewhere in a text."""
    return any(host in text for host in _HOSTS) and _OURS.search(text) is not None


def promises_article(data: bytes) -> bool:
    """Tell whether there is such an address in data, and such a text."""
    text = data.replace(b"\0", b"")  # of UTF-16, in which nothing tells prose
    is_named = any(host.encode() in text for host in _HOSTS) and names_ours(text.decode("latin-1"))
    return is_named and (b"\0" in data or _PROSE.search(text) is not None)


def is_clipped(text: str) -> bool:
    """Tell whether a page has a text and shows an article's address, as programs do with what somebody kept of one.

    With a link to the article, the line that closes one will do.
    """
    if not names_ours(text) or _SENTENCE.search(text) is None:
        return False
    return _SHOWN.search(text) is not None or is_closed(text)


def is_closed(text: str) -> bool:
    """Tell whether the line that closes an article stands in a page, in a paragraph of its own."""
    return _CLOSING.search(text) is not None
