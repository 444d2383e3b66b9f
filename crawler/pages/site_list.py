"""List pages of the site: home, category pages, the emnews list."""

import re
from collections.abc import Iterator
from html import unescape

from crawler import sites
from crawler.items import Article
from crawler.markup import attribute, tokens
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled
from crawler.urls import urljoin, urlsplit

_POST = compiled(rf"""href=["'][^"'>]*/\d{{4}}/\d\d/\d\d/(?:NW)?{sites.NEWS_ID}\.html""")
_SECTION = compiled(r"<section\b[^<>]*+>", re.IGNORECASE)
_SECTION_END = compiled("</section>", re.IGNORECASE)
_LIST = compiled(r"<(?:ul|h2|pre)\b", re.IGNORECASE)
_POST_END = compiled(rf"/\d{{4}}/\d\d/\d\d/(?:NW)?{sites.NEWS_ID}\.html?")
_BEFORE = compiled(r"[\s\"'<>()\[\]=]")
_LONGEST_START = 200
"""Characters of an address before the day that are looked at: host and category."""
_MARKDOWN_LINK = compiled(r"\]\(([^\s()<>]{1,300})\)")


EXAMPLES = (
    (
        "https://finews.withounder.com/",
        '<section><ul><li><a href="/a/2022/01/14/NW202201142248170578.html">题</a></li></ul></section>',
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a list page: no post, with links to posts in its section, or at the address of one."""
    section = None if sites.is_eastmoney(url) else _section(text)
    if section is None or sites.post_address(url):
        return False
    parts = urlsplit(url)
    if parts.hostname in sites.SITE_HOSTS and sites.is_list_path(parts.path):
        return _LIST.search(section) is not None
    return "<ul" in section and _POST.search(section) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """One article (link and title) for every post that the list names, in the order of the page.

    A post's address counts, whatever stands around it: titles hold bare ``<``, links are left open, and a list in
    Markdown or in a block of code has none (then the list names no title). The category and tag in a list's heading are
    not told on: they are wrong as often as right (domain-facts 9).
    """
    source = _section(text)
    if source is None or not _LIST.search(source):
        raise Unreadable("cut short" if "<section" in text and source is None else "no list of posts")
    found: dict[str, Article] = {}
    linked_to: set[str] = set()
    for link, title in _links(source):
        linked_to.add(link)
        target = urljoin(url, link.replace("&amp;", "&"))
        address = sites.post_address(target)
        if address and address.code:
            found.setdefault(target, Article(code=address.code, origin="list", url=target, title=title))
    linked = {article.code for article in found.values()}
    for link in _addresses(unescape(source)):
        if link in linked_to:
            continue
        target = urljoin(url, link)
        address = sites.post_address(target)
        if address and address.code not in linked:
            found.setdefault(target, Article(code=address.code, origin="list", url=target))
    return tuple(found.values())


def list_links(url: str, text: str) -> tuple[str, ...]:
    """The addresses of the list pages that a list page of the site links to."""
    source = _section(text) or ""
    links = [link for link, _ in _links(source)] + [match[1] for match in _MARKDOWN_LINK.finditer(source)]
    targets = dict.fromkeys(urljoin(url, unescape(link)).partition("#")[0] for link in links)
    return tuple(target for target in targets if sites.is_list_path(urlsplit(target).path))


def _links(source: str) -> Iterator[tuple[str, str | None]]:
    """The href of every link, with the source text in it; without when it is left open."""
    opened, href = -1, ""
    for token in tokens(source):
        if token.name != "a":
            continue
        if opened >= 0:
            title = source[opened : token.start].strip() if token.kind == "end" else None
            yield href, title or None
        opened = -1
        if token.kind == "start":
            link = attribute(source, token, "href")
            opened, href = token.end, link.value if link else ""
    if opened >= 0:
        yield href, None


def _addresses(text: str) -> Iterator[str]:
    """Everything in a text that is written like the address of a post."""
    for match in _POST_END.finditer(text):
        start = max(match.start() - _LONGEST_START, 0)
        yield _BEFORE.split(text[start : match.start()])[-1] + match[0]


def _section(text: str) -> str | None:
    """What the section holds, to its last end (titles may hold any tag); None when there is none, or it has no end."""
    begin = _SECTION.search(text)
    end = max((match.start() for match in _SECTION_END.finditer(text, begin.end())), default=-1) if begin else -1
    return text[begin.end() : end] if begin and end >= 0 else None
