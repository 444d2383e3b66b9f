"""Feeds: the site's own with its newest posts, Atom, RSS or items in XML of others with East Money's articles."""

import re
from collections.abc import Iterator
from copy import deepcopy
from html import escape
from urllib.parse import unquote

from lxml import etree

from crawler import sites
from crawler.items import Article, changed
from crawler.markup import VOID
from crawler.pages import post_page
from crawler.pages.eastmoney.media_names import closing_medium, medium
from crawler.pages.eastmoney.prose import plain, without_site
from crawler.pages.eastmoney.reply import time_in
from crawler.pages.promise import names_ours
from crawler.pages.record_fields import ARTICLE_NUMBER, CUT_OFF, ENDS
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled
from crawler.times import beijing

_BEGINS = compiled(
    r"[\ufeff\s]*(?:<\?[^<>]*>\s*|<!--[^<>]*-->\s*)*+<(?:[\w.-]{1,20}:)?(?:feed|rss|rdf|items)\b", re.IGNORECASE
)
_DECLARATION = compiled(r"\A[\ufeff\s]*<\?xml[^<>]*\?>")
_BLOCK = compiled(r"(?:<|&lt;)(?:p|div|br|table)\b", re.IGNORECASE)
"""Of markup, escaped once more or not."""
_MAIL = compiled(r"\A[^\s@()]{1,80}@[^\s()]{1,80} \(([^()]{1,80})\)\Z")
"""An author as RSS has it: an address, and a name in brackets."""
_NUMBER = compiled(ARTICLE_NUMBER, re.ASCII)
_ADDRESSES = ("link", "guid", "id", "url")
_EXCERPTS = frozenset(("encoded", "content", "description", "summary", "title"))
_LONG = 1000
"""Characters of what is more than a name, an address or a word."""
_DIGEST = 300
"""Characters of what may be an excerpt, in an element that is there for the whole."""
_NO_BODY = "an entry with an article's address, of which nobody can tell where its body is"
_CODE = "202201142248170578"
_ITEM = f"<title>题</title><link>http://finance.eastmoney.com/a/{_CODE}.html</link>"
EXAMPLES = (
    ("", f"<rss><channel><item>{_ITEM}<description>&lt;p&gt;正文&lt;/p&gt;</description></item></channel></rss>"),
    ("", f"<rss><channel><item>{_ITEM}<description>摘要…</description></item></channel></rss>"),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a feed."""
    return _BEGINS.match(text, 0, 1024) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """What the feed tells of our articles; of an entry that holds an excerpt only title and time."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        raise Unreadable("cut short, or no XML: a feed that cannot be read") from None
    found = [article for entry in root.iter("{*}entry", "{*}item") for article in _articles(_Entry(entry))]
    if not found:
        raise Unreadable(f"{NOT_OURS}: a feed that names none of our articles")
    return tuple(found)


class _Entry:
    """What an entry says, by the names of its elements without their namespaces."""

    def __init__(self, element: "etree._Element") -> None:
        self._children = [(etree.QName(child).localname.lower(), child) for child in element.iterchildren("*")]
        addresses = [child for wanted in _ADDRESSES for name, child in self._children if name == wanted]
        links = [(child.get("href") or child.text or "").strip() for child in addresses]
        self.link = next(filter(_is_article, links), "")
        self.leads_to_ours = any(names_ours(unquote(link)) or _NUMBER.fullmatch(link) for link in links)
        """As the address of a service does that shows the article's page, or counts who reads it; or by a bare code."""
        told = {name: child.text or "" for name, child in self._children}
        self.time = beijing(self.first("published", "pubdate", "date", "updated", "time")) or time_in(told)

    def first(self, *names: str) -> str:
        """The text of the first of these elements that has one."""
        return next(self.texts(*names), "")

    def texts(self, *names: str) -> Iterator[str]:
        """The texts of these elements, but for empty ones."""
        texts = (_held(child) for wanted in names for name, child in self._children if name == wanted)
        return (text for text in texts if text and text.strip())

    def holds_more(self) -> bool:
        """Whether a body, or a long text as a recorded reply is, stands where no excerpt does."""
        texts = [_held(child) for name, child in self._children if name not in _EXCERPTS]
        closed = any(closing_medium(line) for text in texts for line in text.splitlines())
        return closed or any(len(text) > _LONG or _is_body(text) for text in texts)

    def terms(self) -> list[str]:
        """The categories."""
        return [child.get("term") or child.text or "" for name, child in self._children if name == "category"]


def _held(element: "etree._Element") -> str:
    """The text of an element, or its markup where that is XHTML: in the spelling of HTML."""
    if not len(element):
        return element.text or ""
    held = deepcopy(element)
    for inner in held.iter("*"):
        inner.tag = etree.QName(inner).localname
        if inner.tag not in VOID:
            inner.text = inner.text or ""  # written with an end tag
    etree.cleanup_namespaces(held)
    if len(held) == 1 and held[0].tag == "div":  # which is no part of the content
        held = held[0]
    parts = [etree.tostring(part, encoding="unicode") for part in held.iterchildren()]
    return escape(held.text or "", quote=False) + "".join(parts)


def _is_article(link: str) -> bool:
    return sites.post_address(link) is not None or sites.code_of_url(link) is not None


def _articles(entry: _Entry) -> Iterator[Article]:
    """The articles that an entry tells: with its body as its page has it, and with its title as a list has it."""
    address, code = sites.post_address(entry.link), sites.code_of_url(entry.link)
    of_site = address is not None and f"//{sites.SITE_HOST}/" in entry.link
    meant = entry.first("encoded", "content")
    body = next(filter(_is_body, entry.texts("encoded", "content", "description", "summary")), "")
    if not of_site and not (code and sites.is_eastmoney(entry.link)):
        if entry.leads_to_ours and body:
            raise Unreadable(_NO_BODY)
        return
    if of_site and body:
        (article,) = post_page.read(entry.link, _page(entry, body))
        code = article.code
        yield changed(article, title=None)
    title = without_site(plain(entry.first("title"))) or None
    code = code or (address.code if address else "")
    listed = Article(code=code, origin="list", url=entry.link, title=title, time=entry.time)
    if (not of_site and _may_be_whole(meant, body)) or (not body and entry.holds_more()):
        raise Unreadable(_NO_BODY)
    if of_site or not body:
        yield listed
        return
    name = closing_medium(body) or medium(_MAIL.sub(r"\1", plain(entry.first("source", "creator", "author"))))
    tag = sites.tag_of(name) if name else None
    yield changed(listed, code=sites.digits(code), origin="article-page", tag=tag, text=body.strip())


def _is_body(content: str) -> bool:
    """Whether it is more than an excerpt: it has paragraphs, or ends as articles do."""
    is_whole = _BLOCK.search(content) is not None or closing_medium(content) is not None
    return is_whole and CUT_OFF.search(content) is None


def _may_be_whole(meant: str, body: str) -> bool:
    """Whether what is no body may be all of an article, as no excerpt is of which the body is known."""
    if _is_body(meant) or (body and CUT_OFF.search(meant)):
        return False
    return len(meant) > _DIGEST or ENDS.search(meant) is not None


def _page(entry: _Entry, body: str) -> str:
    """The post's page as the site has it round the same content."""
    tags = " - ".join(f"<em>{escape(term)}</em>" for term in entry.terms()[1:])
    stamp = f"<small>(GMT+8) {entry.time}</small>" if entry.time else ""
    return f"<section>{stamp}<h1>x</h1>\n{body}\n<small>tags: {tags}</small></section>"
