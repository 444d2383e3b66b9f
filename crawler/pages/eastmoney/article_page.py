"""Reads the article pages of East Money, of every era that is known (domain-facts 5)."""

import re
from contextlib import suppress
from itertools import pairwise

from crawler import sites
from crawler.body.document import text_of
from crawler.body.safety.swallowing import OPEN_VALUE, VALUE_WITH_TAGS
from crawler.body.shows import shows
from crawler.items import WHOLE, Article
from crawler.markup import tokens
from crawler.origins import WAP_HOST
from crawler.pages.eastmoney.boxes import LANDMARK, announced_end, holds_text, without_boxes
from crawler.pages.eastmoney.element_end import PROSE, UNKNOWN_END, Element
from crawler.pages.eastmoney.elements import Elements
from crawler.pages.eastmoney.eras import ERAS, OTHERS, START, WORDS
from crawler.pages.eastmoney.fields import beside, media_name, moment, title
from crawler.pages.eastmoney.own_code import likely_code, own_code
from crawler.pages.eastmoney.page_head import has_heading, head_end
from crawler.pages.eastmoney.pager import part, without_links
from crawler.pages.eastmoney.prose import LONGEST_HEAD, SOURCE_LINE, is_anothers, is_ours, page_title, with_class
from crawler.pages.eastmoney.unknown_place import shows_article
from crawler.pages.identity import one_code
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled
from crawler.urls import hostname, urlsplit

_SITE = compiled(r"東方財富|东方财富|eastmoney\.com", re.IGNORECASE)
_PAGE = compiled(
    rf"/(?:[\w.-]+/)*(?:article,[\d,]*,|\d+,)?(?:NW)?{sites.NEWS_ID}(?:[_-]\d{{1,5}})?\.s?html?\Z", re.IGNORECASE
)
_NO_NEWS_HOSTS = {"caifuhao": "not an article: caifuhao column", "guba": "not an article: forum post"}
_ROOT = compiled(r"<[!hH](?i:(?<=!)doctype|(?<!!)tml)\b")
_NO_CODE = "no news id: neither the URL nor the page tells it"
_NO_BODY = f"{NOT_OURS}: no body on the page"
_SHORT = 8192
"""A longer page that never names East Money is another site's, whatever it was saved as."""
_NO_DIV = r"[^<]*+(?:<(?!/?div\b)[^<]*+)*+"
_SUMMARY = rf"{with_class('div', 'b-review|abstract')}{_NO_DIV}(?:<div\b[^<>]*>{_NO_DIV}</div\s*>{_NO_DIV})*+</div\s*>"
_LEAD = compiled(
    rf"(?:\s*+(?:(?:<p\b[^<>]*>\s*+)?原标题[^<]*+(?:</p\s*>\s*+)?)?(?:<!--\s*(?:{START}|原文标题|摘要)\s*-->|{_SUMMARY}))++",
    re.IGNORECASE,
)
"""What a body begins with: its original title and its summary, each announced by a comment, as the body itself is."""
_LONG_SUMMARY = 300
"""Characters with which it may be more than the rest."""
_BOXES = rf"<script\b[^<>]*>[^<]*+(?:<(?!/script)[^<]*+)*+</script\s*>|<div>{PROSE}</div>"
_AGAIN = compiled(rf"</div\s*>(?P<rest>{PROSE}(?:(?:{_BOXES}){PROSE})*+)", re.IGNORECASE)
"""Prose behind the end of a container, with scripts and bare boxes in it."""
_PARAGRAPHS = compiled(r"\s*(?:<p\b[^<>]*>(?:(?!</?(?:p|div|ul|table)\b)[\s\S])*+</p\s*>\s*)*+", re.IGNORECASE)

EXAMPLES = tuple((sites.article_url("202201142248170578"), era.example) for era in ERAS)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is for this reader: by its URL, or by its head when the URL tells nothing."""
    head = text[:4096]
    if head.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return False
    host = hostname(url)
    if host == "eastmoney.com" or host.endswith(".eastmoney.com"):
        return (
            host.split(".")[0] in _NO_NEWS_HOSTS
            or _PAGE.search(urlsplit(url).path) is not None
            or ("<" in head and sites.code_of_url(url) is not None)
        )
    if host or "<" not in head:
        return False
    title = page_title(text[:LONGEST_HEAD])
    return is_ours(title) or (_SITE.search(head) is not None and not is_anothers(title))


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read an article page; its code is the digits that the URL tells."""
    if reason := _NO_NEWS_HOSTS.get(hostname(url).split(".")[0]):
        raise Unreadable(reason)
    told = sites.code_of_url(url)
    try:
        if code := one_code(told, own_code(text)):
            return _articles(url, text, code)
        return _articles_of_day(url, text)
    except Unreadable as error:
        if told and str(error) == _NO_BODY and (len(text) < _SHORT or _SITE.search(text)):
            raise Unreadable("no body on an article's page: cut short, or an error page") from None
        if str(error) == _NO_BODY and shows_article(text):
            raise Unreadable("what is around an article, on a page that has it in a place that is not known") from None
        raise


def _articles_of_day(url: str, text: str) -> tuple[Article, ...]:
    """Read a page without an address: one that likely is of an article, and tells the day of that."""
    code = likely_code(text)
    articles = _articles(url or (sites.article_url(code) if code else ""), text, code)
    if code and any((article.time or "")[:10] != sites.day_of(code) for article in articles):
        raise Unreadable(_NO_CODE)
    return articles


def _articles(url: str, text: str, code: str | None) -> tuple[Article, ...]:
    """Read the articles of a file: one, unless somebody put pages together in it."""
    try:
        article, start = _article(Elements(text), code, url)
    except Unreadable:
        if len(several := _documents(text)) < 2:
            raise
        return _each(url, several)
    if _ROOT.search(text, start) and len(several := _documents(text)) > 1:
        return _each(url, several)
    return (article,)


def _documents(source: str) -> list[str]:
    """Split a file where another page begins in it; of several pages one behind the other each with a body is given.

    A second root alone is a slip of the page's maker.
    """
    starts, begun = [0], False
    for token in tokens(source):
        is_type = token.kind == "bogus" and _ROOT.match(source, token.start) is not None
        is_root = token.kind == "start" and token.name == "html"
        if begun and (is_type or is_root):
            starts.append(token.start)
        begun = is_root or (begun and not is_type)
    pages = [source[start:end] for start, end in pairwise([*starts, len(source)])]
    return [page for page in pages if any(word in page for word in WORDS)]


def _each(url: str, pages: list[str]) -> tuple[Article, ...]:
    """Read pages that stand in one file one behind the other: copies of one, or several that somebody put together."""
    told = sites.code_of_url(url)
    owned = [own_code(page) for page in pages]
    if not any(owned):
        owned = [told] * len(pages)
    owned[0] = owned[0] or told
    found: list[Article] = []
    for code, page in zip(owned, pages, strict=True):
        with suppress(Unreadable):
            found += read(url if code == told else sites.article_url(code or ""), page) if code else ()
    codes, titles = {article.code for article in found}, {(article.code, article.title) for article in found}
    if None in owned or {sites.digits(code) for code in owned if code} != codes or len(titles) > len(codes):
        raise Unreadable("several pages in one file, and not all of them can be read: split it")
    return tuple(found)


def _article(page: Elements, code: str | None, url: str) -> tuple[Article, int]:
    """Read the page's article; the number tells where its body begins."""
    source = page.source
    start, end, whole = _body(page)
    start = _behind_lead(source, start, end)
    named = title(page, start, end)
    start = head_end(source, start, end, named)
    body = without_boxes(source, start, end) + _continued(source, start, end)
    if not whole and VALUE_WITH_TAGS.search(body) and OPEN_VALUE.search(body):
        raise Unreadable("broken markup: a quote in the body does not end")
    if code is None:
        raise Unreadable(_NO_CODE)
    if not shows(body):
        raise Unreadable("the page's body is empty")
    day, number = sites.day_of(code), part(url, sites.digits(code), source, body)
    line = beside(page, start, day)
    name = media_name(line, body)
    article = Article(
        code=sites.digits(code),
        origin="wap" if hostname(url) == WAP_HOST else "article-page",
        url=url,
        title=named,
        time=moment(line, day),
        tag=sites.tag_of(name) if name else None,
        text=body if number == WHOLE else without_links(body),
        part=number,
    )
    return article, start


def _body(page: Elements) -> tuple[int, int, bool]:
    """Find the body: the first known container that is there, or what follows the comment that announces it.

    The third tells whether all markup in it was seen to be whole.
    """
    for era in ERAS:
        element = page.shown(era.container)
        if element is not None:
            element = _inside(page, element) or element
            return *(element.inner if element.closed else _landmarked(page, element)), element.whole
    for selector, reason in OTHERS:
        if page.first(selector) is not None:
            raise Unreadable(reason)
    return *_announced(page), False


def _inside(page: Elements, element: Element) -> Element | None:
    """Give the body's own element, where the one that was found holds the page's heading in front of it."""
    start, end = element.inner
    if not has_heading(page.source, start, end):
        return None
    found = (page.shown(era.container) for era in ERAS)
    return next((inner for inner in found if inner and start < inner.tag.start and inner.inner[1] < end), None)


def _behind_lead(source: str, start: int, end: int) -> int:
    """Give where the article itself begins: behind what announces and sums it up, if that is less than what follows."""
    lead = _LEAD.match(source, start, end)
    if lead is None:
        return start
    is_more = len(lead[0]) > _LONG_SUMMARY and len(text_of(lead[0])) > len(text_of(source[lead.end() : end]))
    return start if is_more else lead.end()


def _continued(source: str, start: int, end: int) -> str:
    """Give the rest of a body that a stray ``</div>`` cut in two: prose follows, to what closes an article.

    Paragraphs go on to any such line, other prose only to the one that names the medium: an editor's line may stand
    behind other boxes of the page. Raises Unreadable when where the body ends cannot be told, as where paragraphs and
    that line stand behind another box.
    """
    if LANDMARK.search(source, start, end):
        return ""
    more = _AGAIN.match(source, end)
    first, last = more.span("rest") if more else (end, end)
    closing = LANDMARK.search(source, first, last)
    if closing and (_PARAGRAPHS.fullmatch(source, first, closing.start()) or SOURCE_LINE.match(closing[0])):
        return source[first : closing.end()]
    line = None if closing else SOURCE_LINE.search(source, last)
    if line and (shows(source[first:last]) or holds_text(source[end : line.start()])):
        raise Unreadable(UNKNOWN_END)
    return ""


def _landmarked(page: Elements, element: Element) -> tuple[int, int]:
    """End a container that lacks its own end at the last of the paragraphs that close an article."""
    comment = page.source.rfind("<!--", *element.inner)
    if comment >= 0 and page.source.find("-->", comment) < 0:
        raise Unreadable("truncated: a comment in the body does not end")
    marks = list(LANDMARK.finditer(page.source, *element.inner))
    if not marks:
        raise Unreadable("truncated: the body does not end")
    return element.inner[0], marks[-1].end()


def _announced(page: Elements) -> tuple[int, int]:
    """Cut from the comment 文章主体 to the boxes that follow a body (the fallback of domain-facts 5)."""
    comment = page.comment(START)
    if comment is None:
        raise Unreadable(_NO_BODY)
    end = announced_end(page.source, comment[1])
    if end is None:
        raise Unreadable("truncated: the body does not end")
    return comment[1], end
