"""List pages of the site: home, category pages, the emnews list."""

import re
from urllib.parse import urljoin, urlsplit

from crawler import sites
from crawler.hosts import SITE_HOST
from crawler.items import Article
from crawler.markup import attribute, tokens
from crawler.pages.unreadable import Unreadable

_POST = re.compile(r"""href=["'][^"'>]*/\d{4}/\d\d/\d\d/(?:NW)?[12]\d{16,17}\.html""")
_SECTION = re.compile(r"<section\b[^>]*>(.*?)</section>", re.DOTALL | re.IGNORECASE)


EXAMPLES = (
    (
        "https://finews.withounder.com/",
        '<section><ul><li><a href="/a/2022/01/14/NW202201142248170578.html">题</a></li></ul></section>',
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a list page: no post, with links to posts in its section, or at the address of one."""
    section = None if sites.is_eastmoney(url) else _SECTION.search(text)
    if section is None or "<ul" not in section[1] or sites.post_address(url):
        return False
    parts = urlsplit(url)
    at_home = parts.hostname == SITE_HOST and (
        parts.path in {"", "/", "/emnews/"} or parts.path.startswith("/category/")
    )
    return at_home or _POST.search(section[1]) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """One article (link and title) for every post that the list names, in the order of the page.

    The category and tag in a list's heading are not told on: they are wrong as often as right (domain-facts 9).
    """
    section = _SECTION.search(text)
    if not section or not re.search(r"<(?:ul|h2)\b", section[1]):
        raise Unreadable("cut short" if "<section" in text and not section else "no list of posts")
    source = section[1]
    found: dict[str, Article] = {}
    opened, href = -1, ""
    for token in tokens(source):
        if token.name != "a":
            continue
        if token.kind == "start":
            link = attribute(source, token, "href")
            opened, href = token.end, link.value if link else ""
        elif opened >= 0:
            target = urljoin(url, href.replace("&amp;", "&"))
            address = sites.post_address(target)
            if address and address.code:
                title = source[opened : token.start].strip() or None
                found.setdefault(target, Article(code=address.code, origin="list", url=target, title=title))
            opened = -1
    return tuple(found.values())
