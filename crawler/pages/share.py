"""The share page NewsShare.html: a shell filled by script, or one that holds the article."""

import re

from crawler import sites
from crawler.items import Article
from crawler.markup import attribute, element_span, tokens
from crawler.pages.unreadable import NOT_OURS, Unreadable

# Element ids are not known (domain-facts 10.2): those of East Money's own pages, and the obvious ones.
_CONTAINERS = frozenset(
    {"contentbody", "content", "newscontent", "news-content", "newstext", "zwtext", "zw_body", "article"}
)
_TITLE = re.compile(r"<h1[^>]*>(?P<title>[^<]+)</h1>", re.IGNORECASE)
_BODY = re.compile(r"<(?:p|div|img|table|br)\b", re.IGNORECASE)


def matches(url: str, text: str) -> bool:
    """Whether the page is a share page, by its address: its markup is not known."""
    return "newsshare.html" in url.lower()


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article when the page holds one; raises Unreadable ("shell only") when a script would have to fetch it."""
    code = sites.code_of_url(url)
    if code is None:
        raise Unreadable("share page without infoCode")
    for token in tokens(text):
        if token.kind != "start" or token.name not in {"div", "article", "section"}:
            continue
        marks = [attribute(text, token, name) for name in ("id", "class")]
        words = {word.lower() for mark in marks if mark for word in mark.value.split()}
        if words & _CONTAINERS and (span := element_span(text, token)):
            body = text[slice(*span[1])].strip()
            if _BODY.search(body) and re.search(r"[^\s<>](?![^<>]*>)", body):
                title = _TITLE.search(text)
                return (
                    Article(
                        code=code,
                        origin="share-page",
                        url=url,
                        title=title["title"].strip() if title else None,
                        link=url,
                        text=body,
                    ),
                )
    raise Unreadable(f"{NOT_OURS}: a share page that is a shell only, which a script fills")
