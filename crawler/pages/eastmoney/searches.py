"""Replies of searches: lists that name articles, and hold excerpts at most."""

import re
from typing import Any

from crawler import sites
from crawler.items import Article
from crawler.pages.eastmoney.prose import plain
from crawler.pages.eastmoney.reply import code_in, first_text, lowered, named_medium
from crawler.pages.json_text import load
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled
from crawler.times import beijing

_SIGNS = compiled(
    r'"(?=[pISTK])(?:passportWeb|(?:IsSuccess|Status|TotalCount|Keyword)(?=.{0,2000}"Data"\s*:\s*\[))"\s*:', re.DOTALL
)
_HITS = compiled(r'"cmsArticleWebOld"\s*:\s*(?:\[\s*\{|\{\s*"list")')
"""A search that found articles is read as the other lists are."""
_HEAD = 20000
_CODE = "202201142248170578"
EXAMPLES = (
    (
        "",
        f'{{"IsSuccess":true,"Data":[{{"Art_Title":"题","Art_UniqueUrl":"http://finance.eastmoney.com/a/{_CODE}.html"}}]}}',
    ),
)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is such a list, or a search that answers with other things than articles."""
    head = text[:_HEAD]
    return _SIGNS.search(head) is not None and not _HITS.search(head)


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read what the rows say of their articles; raises Unreadable for a search that shuts articles out."""
    data = load(text).get("Data")
    rows = [lowered(row) for row in data if isinstance(row, dict)] if isinstance(data, list) else []
    if any("<p" in str(row.get("art_content")).lower() for row in rows):
        raise Unreadable("a list that holds bodies: no reply that is known, save its articles one by one")
    articles = tuple(filter(None, (_article(row, url) for row in rows)))
    if articles:
        return articles
    if "passportWeb" in text[:_HEAD]:
        raise Unreadable("blocked: a search that answers without articles")
    raise Unreadable(f"{NOT_OURS}: a list without news articles")


def _article(row: dict[str, Any], url: str) -> Article | None:
    code = code_in(row)
    name = named_medium(row, "from", "medianame")
    if code is None:
        return None
    return Article(
        code=sites.digits(code),
        origin="list",
        url=url,
        title=plain(first_text(row, "title", "art_title") or "") or None,
        time=beijing(row.get("date") or row.get("art_createtime")),
        tag=sites.tag_of(name) if name else None,
    )
