"""List pages of the site: home, category pages, the emnews list."""

import re

from crawler import sites
from crawler.items import Article
from crawler.markup import attribute, tokens
from crawler.pages.unreadable import Unreadable
from crawler.urls import urljoin, urlsplit

_POST = re.compile(rf"""href=["'][^"'>]*/\d{{4}}/\d\d/\d\d/(?:NW)?{sites.NEWS_ID}\.html""")
_SECTION = re.compile(r"<section\b[^<>]*+>", re.IGNORECASE)
_SECTION_END = re.compile("</section>", re.IGNORECASE)


EXAMPLES = (
    (
        "https://finews.withounder.com/",
        '<section><ul><li><a href="/a/2022/01/14/NW202201142248170578.html">题</a></li></ul></section>',
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a list page: no post, with links to posts in its section, or at the address of one."""
    section = None if sites.is_eastmoney(url) else _section(text)
    if section is None or "<ul" not in section or sites.post_address(url):
        return False
    parts = urlsplit(url)
    at_home = parts.hostname == sites.SITE_HOST and (
        parts.path in {"", "/", "/emnews/"} or parts.path.startswith("/category/")
    )
    return at_home or _POST.search(section) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """One article (link and title) for every post that the list names, in the order of the page.

    The category and tag in a list's heading are not told on: they are wrong as often as right (domain-facts 9).
    """
    source = _section(text)
    if source is None or not re.search(r"<(?:ul|h2)\b", source):
        raise Unreadable("cut short" if "<section" in text and source is None else "no list of posts")
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


def _section(text: str) -> str | None:
    """What the first section holds; None when there is none, or it has no end."""
    begin = _SECTION.search(text)
    end = _SECTION_END.search(text, begin.end()) if begin else None
    return text[begin.end() : end.start()] if begin and end else None
