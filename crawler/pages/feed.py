"""Feeds: the site's own with its newest posts, and Atom or RSS of others with East Money's articles."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from lxml import etree

from crawler import sites
from crawler.items import Article
from crawler.pages import post_page
from crawler.pages.eastmoney.media_names import medium
from crawler.pages.eastmoney.prose import plain
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.times import beijing

_BEGINS = re.compile(r"[\ufeff\s]*(?:<\?[^<>]*>\s*|<!--[^<>]*-->\s*)*+<(?:feed|rss|rdf:RDF)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A[\ufeff\s]*<\?xml[^<>]*\?>")
_BLOCK = re.compile(r"<(?:p|div|br|table)\b", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:\.{3}|…|\[\.{3}\])\s*(?:<[^<>]*>\s*)*\Z")
_CODE = "202201142248170578"
_ITEM = f"<title>题</title><link>http://finance.eastmoney.com/a/{_CODE}.html</link>"
EXAMPLES = (
    ("", f"<rss><channel><item>{_ITEM}<description>&lt;p&gt;正文&lt;/p&gt;</description></item></channel></rss>"),
    ("", f"<rss><channel><item>{_ITEM}<description>摘要…</description></item></channel></rss>"),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a feed."""
    return _BEGINS.match(text[:1024]) is not None


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
        links = [child.get("href") or child.text for name, child in self._children if name == "link"]
        self.link = next(filter(None, links), "").strip()
        self.time = beijing(self.first("published", "pubdate", "date", "updated"))

    def first(self, *names: str) -> str:
        """The text of the first of these elements that has one."""
        texts = (child.text for wanted in names for name, child in self._children if name == wanted)
        return next((text for text in texts if text and text.strip()), "")

    def terms(self) -> list[str]:
        """The categories."""
        return [child.get("term") or child.text or "" for name, child in self._children if name == "category"]


def _articles(entry: _Entry) -> Iterator[Article]:
    """The articles that an entry tells: with its body as its page has it, and with its title as a list has it."""
    try:
        address, code = sites.post_address(entry.link), sites.code_of_url(entry.link)
    except ValueError:
        return
    of_site = address is not None and f"//{sites.SITE_HOST}/" in entry.link
    if not of_site and not (code and sites.is_eastmoney(entry.link)):
        return
    body = entry.first("encoded", "content", "description", "summary")
    is_body = _BLOCK.search(body) is not None and _CUT_OFF.search(body) is None
    if of_site and is_body:
        (article,) = post_page.read(entry.link, _page(entry, body))
        code = article.code
        yield replace(article, title=None)
    title = plain(entry.first("title")) or None
    code = code or (address.code if address else "")
    listed = Article(code=code, origin="list", url=entry.link, title=title, time=entry.time)
    if of_site or not is_body:
        yield listed
        return
    name = medium(plain(entry.first("source", "creator", "author")))
    tag = sites.tag_of(name) if name else None
    yield replace(listed, code=sites.digits(code), origin="article-page", tag=tag, text=body.strip())


def _page(entry: _Entry, body: str) -> str:
    """The post's page as the site has it round the same content."""
    tags = " - ".join(f"<em>{escape(term)}</em>" for term in entry.terms()[1:])
    stamp = f"<small>(GMT+8) {entry.time}</small>" if entry.time else ""
    return f"<section>{stamp}<h1>x</h1>\n{body}\n<small>tags: {tags}</small></section>"
