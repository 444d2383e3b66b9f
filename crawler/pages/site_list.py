"""List pages of the site: home, category pages, the emnews list."""

import re
from urllib.parse import urljoin

from crawler import sources
from crawler.items import Article
from crawler.markup import attribute, tokens
from crawler.pages.unreadable import Unreadable

_SECTION = re.compile(r"<section\b[^>]*>(.*?)</section>", re.DOTALL | re.IGNORECASE)


def matches(url: str, text: str) -> bool:
    """Whether the page is a list page: by its address, or by headings and lists of posts in its section."""
    section = _SECTION.search(text)
    return (
        section is not None
        and "<ul" in section[1]
        and not sources.post_address(url)
        and "<small>(GMT+8" not in section[1]
    )


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
            address = sources.post_address(target)
            if address and address.code:
                title = source[opened : token.start].strip() or None
                found.setdefault(target, Article(code=address.code, source="list", url=target, title=title))
            opened = -1
    return tuple(found.values())
