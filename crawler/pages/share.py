"""The share page NewsShare.html: a shell filled by script, or one that holds the article."""

import re
from collections import defaultdict
from collections.abc import Iterator

from crawler import sites
from crawler.body.document import text_of
from crawler.body.shows import shows
from crawler.items import Article
from crawler.markup import Span, Token, tokens, values
from crawler.pages.eastmoney.elements import Elements
from crawler.pages.eastmoney.fields import beside, media_name, moment
from crawler.pages.eastmoney.page_head import has_heading, head_end
from crawler.pages.eastmoney.prose import SOURCE_LINE
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled

# Element ids are not known (domain-facts 10.2): those of East Money's own pages, and the obvious ones.
_CONTAINERS = ("contentbody", "content", "newscontent", "news-content", "newstext", "zwtext", "zw_body", "article")
_ELEMENTS = frozenset({"div", "article", "section", "main"})
_TITLE = compiled(r"<h1\b[^<>]*>(?P<title>[^<]+)</h1>", re.IGNORECASE)
_BLOCK = compiled(r"<(?:p|div|img|table|br)\b", re.IGNORECASE)
_UNSEEN = compiled(r"<(script|style|title|noscript)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_MOST_OF_A_SHELL = 200
"""Characters that a page shows which waits for its script: words of the site, not of an article."""
_NOT_KNOWN = "a share page with a text in a place that is not known"
EXAMPLES = tuple(
    (sites.share_link("NW202201142248170578"), f'<h1>题</h1><div id="{word}"><p>正文</p></div>') for word in _CONTAINERS
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a share page, by its address: its markup is not known."""
    return "newsshare.html" in url.lower()


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article when the page holds one; raises Unreadable ("shell only") when a script would have to fetch it."""
    code = sites.code_of_url(url)
    if code is None:
        raise Unreadable("share page without infoCode")
    title = _TITLE.search(text)
    heading = title["title"].strip() if title else None

    def article(start: int, end: int) -> tuple[Article, ...]:
        start = head_end(text, start, end, heading)
        if has_heading(text, start, end):
            raise Unreadable(_NOT_KNOWN)
        body = text[start:end].strip()
        told = beside(Elements(text), start, day := sites.day_of(code))
        time, name = moment(told, day), media_name(told, body)
        tag = sites.tag_of(name) if name else None
        return (
            Article(code=code, origin="share-page", url=url, title=heading, time=time, tag=tag, link=url, text=body),
        )

    passed_over = 0
    for start, end in _containers(text):
        if start < passed_over:  # in one that shows nothing
            continue
        if _BLOCK.search(text, start, end) and shows(text[start:end]):
            return article(start, end)
        passed_over = end
    if (span := _around_source_line(text)) and shows(text[slice(*span)]):
        return article(*span)
    if len(text_of(_UNSEEN.sub("", text)).strip()) > _MOST_OF_A_SHELL:
        raise Unreadable(_NOT_KNOWN)
    raise Unreadable(f"{NOT_OURS}: a share page that is a shell only, which a script fills")


def _around_source_line(text: str) -> Span | None:
    """The inside of the element that holds the paragraph with which articles end."""
    line = SOURCE_LINE.search(text)
    around = [(tag.end, end) for tag, end in _elements(text) if line and tag.end <= line.start() < end]
    return max(around, default=None)


def _containers(text: str) -> Iterator[Span]:
    """The insides of the elements that may hold the article, in the order in which they begin."""
    for tag, end in sorted(_elements(text)):
        given = values(text, tag)
        words = f"{given.get('id', '')} {given.get('class', '')}".lower().split()
        if not set(_CONTAINERS).isdisjoint(words):
            yield tag.end, end


def _elements(text: str) -> list[tuple[Token, int]]:
    """The elements that may hold something, and where their insides end."""
    begun: defaultdict[str, list[Token]] = defaultdict(list)
    spans: list[tuple[Token, int]] = []
    for token in tokens(text):
        if token.name in _ELEMENTS and token.kind == "start":
            begun[token.name].append(token)
        elif token.kind == "end" and begun[token.name]:
            spans.append((begun[token.name].pop(), token.start))
    return spans
