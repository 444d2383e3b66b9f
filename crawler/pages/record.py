"""A record that some crawler made of an article: its address, fields read off its page, and a piece of its markup."""

import re
from collections.abc import Mapping

from crawler import sites
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages.eastmoney.elements import Elements
from crawler.pages.eastmoney.eras import ERAS
from crawler.pages.eastmoney.reply import first_text, lowered, named_medium
from crawler.pages.json_text import is_json, parsed
from crawler.pages.unreadable import Unreadable
from crawler.times import beijing

ADDRESSES = ("url", "request_url", "response_url", "saved_url", "link")
"""Where the address may be."""
_SIGN = re.compile(rf'"(?:{"|".join(ADDRESSES)})"\s*:\s*"\s*(?:https?:)?\\?/\\?/', re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|div|br|table)\b", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:\.{3}|…)\s*(?:<[^<>]*>\s*)*\Z")
_TIMES = (
    "time",
    "date",
    "datetime",
    "showtime",
    "publish_time",
    "publishtime",
    "pub_time",
    "pubtime",
    "published",
    "created",
)
_SHORT = 300
"""Characters of a field that may be a digest, a list's."""

EXAMPLES = (("", '{"url":"http://finance.eastmoney.com/a/202201142248170578.html","title":"题","html":"<p>正文</p>"}'),)


def matches(url: str, text: str) -> bool:
    """Whether the page is a record with the address of an East Money article."""
    return is_json(text) and _SIGN.search(text) is not None and bool(_address(_fields(text)))


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article, where one field alone holds markup of it; where none holds more than a digest, what a list says.

    Raises Unreadable when nobody can tell which field is the body, or whether all of it is there.
    """
    fields = _fields(text)
    address = _address(fields)
    texts = [value for value in fields.values() if isinstance(value, str)]
    marked = {value for value in texts if _BLOCK.search(value) and shows(value)}
    whole = len(marked) == 1 and not any(map(_CUT_OFF.search, marked))
    if not whole and any(len(value) > _SHORT for value in texts):
        raise Unreadable("a record of an article, of which nobody can tell where its body is, or whether it is whole")
    name = named_medium(fields, "source", "media", "medium", "from", "medianame")
    return (
        Article(
            code=sites.digits(sites.code_of_url(address) or ""),
            origin="article-page" if whole else "list",
            url=address,
            title=first_text(fields, "title", "headline"),
            time=next(filter(None, (beijing(fields.get(key)) for key in _TIMES)), None),
            tag=sites.tag_of(name) if name else None,
            text=_body(marked.pop()) if whole else None,
        ),
    )


def _body(markup: str) -> str:
    """What a container of East Money's in it holds, else all of it."""
    page = Elements(markup)
    found = next((element for era in ERAS if (element := page.shown(era.container)) and element.closed), None)
    return markup[slice(*found.inner)] if found else markup


def _fields(text: str) -> dict[str, object]:
    try:
        value = parsed(text)
    except Unreadable:
        return {}
    return lowered(value) if isinstance(value, Mapping) else {}


def _address(fields: Mapping[str, object]) -> str:
    """The address of the article, "" when the record has none of East Money."""
    urls = [value for key in ADDRESSES if isinstance(value := fields.get(key), str)]
    return next((url.strip() for url in urls if sites.is_eastmoney(url.strip()) and _code(url.strip())), "")


def _code(url: str) -> str | None:
    try:
        return sites.code_of_url(url)
    except ValueError:
        return None
