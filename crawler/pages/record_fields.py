"""What a record holds: its fields by name, whatever a database or a crawler made of their values, and its texts."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from crawler import sites
from crawler.pages.eastmoney.reply import lowered
from crawler.pages.json_text import parsed
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled

ADDRESSES = (
    *("url", "request_url", "response_url", "saved_url", "page_url", "news_url", "article_url", "link", "href"),
    *("链接", "新闻链接", "标题链接", "原文链接", "文章链接", "链接地址", "新闻地址", "原文地址"),
    *("网址", "页面网址", "当前网址", "sourceurl", "loadedurl", "id", "source"),
)
"""Where the address may be."""
ARTICLE_NUMBER = rf"(?:NW)?(?=20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])){sites.NEWS_ID}"
"""A pattern of a news id, which begins with a day: numbers of other sites are as long."""
CUT_OFF = compiled(
    r"(?:\.{3}|…|\[\.{3}\]|(?:阅读|查看|展开)全文|Read more|Continue reading)(?:\s|[>»→]|&gt;)*+(?:<[^<>]*>\s*)*\Z",
    re.IGNORECASE,
)
"""How an excerpt ends, be there a link to the rest or none."""
ENDS = compiled(r"[。！？；”）)]\s*(?:<[^<>]*>\s*)*\Z")
"""How a short article ends, and a digest that breaks off does not."""
_INNER = ("data", "metadata")
"""Parts of a record that are fields of it."""
_CDATA = "<![CDATA["
_DEEP = 100
_LONGEST_ADDRESS = 300
_MARKUP = compiled(r"<(?:p|div|br|table|h\d|img|li|ul|span)\b", re.IGNORECASE)


def fields_of(value: object) -> dict[str, Any]:
    """The fields of a record, their names in lower case; {} for what is none.

    A database's spelling of types (``{"$date": …}``) and XML's of texts (CDATA) are undone, and texts in pieces are put
    together.
    """
    if not isinstance(value, Mapping):
        return {}
    own = lowered({str(key): _joined(_plain(said)) for key, said in value.items()})
    inner = (lowered(said) for key in _INNER if isinstance(said := own.get(key), Mapping))
    return {key: said for part in (*inner, own) for key, said in part.items()}


def _plain(said: object) -> object:
    while isinstance(said, Mapping) and len(said) == 1 and (key := str(next(iter(said)))).startswith("$"):
        said = said[key]
    if isinstance(said, str) and (text := said.strip()).startswith(_CDATA) and text.endswith("]]>"):
        return text[len(_CDATA) : -len("]]>")]
    return said


def _joined(said: object) -> object:
    """The text whose pieces a crawler has as a list, as it found them; addresses are several, and stay so."""
    if not isinstance(said, list) or not said or not all(isinstance(piece, str) for piece in said):
        return said
    if len(said) > 1 and any("://" in piece[:_LONGEST_ADDRESS] and " " not in piece for piece in said):
        return said
    return ("" if any(map(_MARKUP.search, said)) else "\n").join(said)


def unfolded(value: object) -> object:
    """The JSON in a text, as queues and logs hold records, and the rows of a table; any other value as it is."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        with suppress(Unreadable):
            value = parsed(value)
    if not isinstance(value, Mapping) or not value:
        return value
    names, told = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(told, list):  # the names apart
        return [dict(zip(map(str, names), row, strict=False)) for row in told if isinstance(row, list)]
    if set(ADDRESSES).isdisjoint(str(name).lower() for name in value):
        return value
    columns = [list(column.values()) if isinstance(column, Mapping) else column for column in value.values()]
    if all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns):  # by columns
        return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return value


def texts_in(value: object, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every text in a value, with the name of its field."""
    value = unfolded(value)
    if isinstance(value, str):
        yield key.lower(), value
    elif depth < _DEEP and isinstance(value, Mapping):
        for name, part in value.items():
            yield from texts_in(part, str(name), depth + 1)
    elif depth < _DEEP and isinstance(value, list):
        for part in value:
            yield from texts_in(part, key, depth + 1)
