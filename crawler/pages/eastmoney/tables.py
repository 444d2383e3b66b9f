"""Lists that name articles and hold excerpts at most: replies of searches, and tables that akshare saved."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler import sites
from crawler.items import Article
from crawler.pages.eastmoney.prose import plain
from crawler.pages.eastmoney.reply import code_in, first_text, lowered, named_medium
from crawler.pages.json_text import parsed
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled
from crawler.times import beijing

_CODE = "202201142248170578"
_LINK = r"(?:新闻|\\u65b0\\u95fb)?(?:链接|\\u94fe\\u63a5)"
_SIGNS = compiled(
    rf'"(?=[pISTK新链\\])(?:passportWeb|(?:IsSuccess|Status|TotalCount|Keyword)(?=.{{0,2000}}"Data"\s*:\s*\[)|{_LINK})"\s*:'
    rf'|"columns"\s*:\s*\[[^\[\]]{{0,2000}}"{_LINK}"',
    re.DOTALL,
)
_COLUMN = compiled(_LINK)
_HITS = compiled(r'"cmsArticleWebOld"\s*:\s*(?:\[\s*\{|\{\s*"list")')
"""A search that found articles is read as the other lists are."""
_TEXTS = compiled(
    r'"(?:正文|\\u6b63\\u6587)"\s*[:,\]]|(?:<|\\u003c)(?:p|div|br|table)\b'
    r'|"(?:新闻|\\u65b0\\u95fb)?(?:内容|\\u5185\\u5bb9)"\s*+:\s*+"(?:\\u[0-9a-fA-F]{4}|[^"\\]|\\[^u]){300}',
    re.IGNORECASE,
)
"""Who has whole texts made no list: excerpts are shorter, and have no paragraphs."""
_HEAD = 20000
_WORDS = {
    "链接": "url",
    "新闻链接": "url",
    "标题": "title",
    "新闻标题": "title",
    "发布时间": "date",
    "文章来源": "from",
}
"""The names of akshare's columns, as replies have them."""

EXAMPLES = (
    ("", f'[{{"新闻标题":"题","新闻链接":"http://finance.eastmoney.com/a/{_CODE}.html"}}]'),
    ("", f'{{"新闻标题":{{"0":"题"}},"新闻链接":{{"0":"http://finance.eastmoney.com/a/{_CODE}.html"}}}}'),
    (
        "",
        f'{{"IsSuccess":true,"Data":[{{"Art_Title":"题","Art_UniqueUrl":"http://finance.eastmoney.com/a/{_CODE}.html"}}]}}',
    ),
)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is such a list, or a search that answers with other things than articles."""
    head = text[:_HEAD]
    found = _SIGNS.search(head)
    if found is None or _HITS.search(head):
        return False
    return not (_COLUMN.search(found[0]) and _holds_texts(text))


def _holds_texts(text: str) -> bool:
    """Tell whether a table, or a row of it as JSON, holds whole texts."""
    return _TEXTS.search(text) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read what the rows say of their articles; raises Unreadable for a search that shuts articles out."""
    rows = list(_rows(parsed(text)))
    if any("<p" in str(row.get("art_content")).lower() for row in rows):
        raise Unreadable("a list that holds bodies: no reply that is known, save its articles one by one")
    articles = tuple(filter(None, (_article(row, url) for row in rows)))
    if articles:
        return articles
    if "passportWeb" in text[:_HEAD]:
        raise Unreadable("blocked: a search that answers without articles")
    raise Unreadable(f"{NOT_OURS}: a list without news articles")


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, Mapping) and isinstance(value.get("Data"), list):
        value = value["Data"]
    if isinstance(value, Mapping) and isinstance(names := value.get("columns"), list):  # the names apart
        told = rows if isinstance(rows := value.get("data"), list) else []
        value = [dict(zip(map(str, names), row, strict=False)) for row in told if isinstance(row, list)]
    if isinstance(value, Mapping) and all(isinstance(column, Mapping) for column in value.values()):  # by columns
        numbers: Mapping[str, Any] = next(iter(value.values()), {})
        value = [{name: column.get(number) for name, column in value.items()} for number in numbers]
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, Mapping):
            yield lowered({_WORDS.get(str(key), str(key)): said for key, said in row.items()})


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
