"""Reads the list APIs of East Money (domain-facts 4) as sources of metadata: title, time, media name, digest."""

import re
from typing import Any, NamedTuple

from crawler import sites
from crawler.items import Article, PostKind
from crawler.pages.eastmoney.reply import code_in, first_text, lowered, named_medium, stocks_in, time_in
from crawler.pages.json_text import load
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled


class Shape(NamedTuple):
    """A list reply: where its items are (keys in lower case), what its kind says of each, and such a reply."""

    path: tuple[str, ...]
    example: str
    kind: PostKind | None = None
    rolling: re.Pattern[str] | None = None
    """Found in the addresses of those that are the rolling list: of its items many have no medium."""


_NEWS = '{"infoCode":"NW202201142248170578","title":"题","showtime":"2022-01-14 13:02:46"}'
SHAPES = (
    Shape(("nodelist",), f'{{"nodeList":[{_NEWS}]}}', "media"),  # type=45
    Shape(("record",), f'{{"record":[{_NEWS}]}}', "media"),  # newmarket
    Shape(("records",), f'{{"records":[{_NEWS}]}}'),  # type=102 and the Choice lists
    Shape(
        ("data", "fastnewslist"),
        f'{{"data":{{"fastNewsList":[{_NEWS}]}}}}',
        rolling=compiled(r"[?&]fastColumn=102\b|\A(?!.*[?&]fastColumn=)", re.IGNORECASE),
    ),
    Shape(("data", "list"), f'{{"data":{{"list":[{_NEWS}]}}}}'),
    Shape(("data", "records"), f'{{"data":{{"records":[{_NEWS}]}}}}'),
    Shape(("items",), f'{{"items":[{_NEWS}]}}'),  # the desktop client's
    Shape(
        ("liveslist",),  # 4.3, in a script variable
        f'var a={{"LivesList":[{_NEWS}]}};',
        rolling=compiled(r"/getlist_102_"),
    ),
    Shape(("result", "cmsarticlewebold"), f'{{"result":{{"cmsArticleWebOld":[{_NEWS}]}}}}'),
    Shape(("result", "cmsarticlewebold", "list"), f'{{"result":{{"cmsArticleWebOld":{{"list":[{_NEWS}]}}}}}}'),
    Shape(("news",), f'{{"news":[{_NEWS}]}}'),
)
"""In the order they are looked for: adding a reply is adding a line."""
EXAMPLES = tuple(("", shape.example) for shape in SHAPES)
_ARRAY = compiled(
    rf'"(?:{"|".join(sorted({shape.path[-1] for shape in SHAPES}))})"\s*:\s*(?:\[\s*(?:\{{|\])|"\[(?:null)?\]")',
    re.IGNORECASE,
)
_ITEM = compiled(
    r'"(?:infoCode|showtime|Art_ShowTime|url_w|medianame|notice_date|realSort|NewsID|cmsArticleWebOld)"\s*:',
    re.IGNORECASE,
)
_MEDIUM_KEYS = ("from", "medianame", "art_medianame", "art_media_name", "source")
TIME_KEYS = ("showtime", "datetime", "art_showtime", "date", "showdatetime", "updatetime")
_EMPTY = {"[]", "[null]"}
"""How lists are spelled that hold nothing, where they are spelled as texts (domain-facts 13.1)."""
_BEHIND = compiled(r"[?&](?:page_?index=(?!1\b)\d|sortEnd=[^&]|mTypeAndCode=)|_ajaxResult_\d+_(?!1_)\d", re.IGNORECASE)
"""In addresses of pages that may hold nothing: all behind the first, and of securities the first, too."""
_HEADLINE = compiled(r"\A\s*【[^】]*】\s*")
_EMPHASIS = compiled(r"</?em>", re.IGNORECASE)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is such a list."""
    head = text[:20000].replace('\\"', '"')
    return _ARRAY.search(head) is not None and (_ITEM.search(head) is not None or "eastmoney.com/" in url)


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read what the list says of its articles, in its order; items that are no news articles are left out."""
    shape, items, _ = listing(text)
    if any(_holds_body(item) for item in items):
        raise Unreadable("a list that holds bodies: no reply that is known, save its articles one by one")
    articles = tuple(filter(None, (_article(item, shape, url) for item in items)))
    if not items and _BEHIND.search(url):
        raise Unreadable(f"{NOT_OURS}: the end of a list, or a security without news")
    if not articles:
        raise Unreadable(f"{NOT_OURS}: a list without news articles" if items else "empty list")
    return articles


def listing(text: str) -> tuple[Shape, list[dict[str, Any]], dict[str, Any]]:
    """Give the shape of a list reply, its items, and what stands beside these; keys in lower case."""
    reply = load(text)
    for shape in SHAPES:
        items = _items(reply, shape.path)
        if items is not None:
            beside = lowered(reply)
            said = first_text(beside, "message", "msg", "me") or ""
            if not items and str(beside.get("code", 1)) != "1" and said.lower() not in {"", "success", "ok"}:
                raise Unreadable(f"error reply: {said}"[:200])
            return shape, items, lowered(beside["data"]) if isinstance(beside.get("data"), dict) else beside
    if "data" in (lower := lowered(reply)) and lower["data"] is None:
        raise Unreadable(
            f"reply without data: {first_text(lower, 'message', 'msg', 'me') or 'it does not say why'}"[:200]
        )
    raise Unreadable(f"{NOT_OURS}: JSON of an unknown shape")


def _items(reply: dict[str, Any], path: tuple[str, ...]) -> list[dict[str, Any]] | None:
    """Give the items at ``path``, keys in lower case and nested data laid flat; None when there is no such array."""
    node: Any = reply
    inside: dict[str, Any] = {}
    for key in path:
        inside = lowered(node) if isinstance(node, dict) else {}
        node = inside.get(key)
    is_null = node is None and path[-1] in inside and len(path) > 1
    if is_null or (isinstance(node, str) and node.lower() in _EMPTY):
        return []
    if not isinstance(node, list):
        return None
    items = [lowered(item) for item in node if isinstance(item, dict)]
    return [item | lowered(item["data"]) if isinstance(item.get("data"), dict) else item for item in items]


def _holds_body(item: dict[str, Any]) -> bool:
    """Tell whether an item holds the markup of a body: lists tell of their articles, and hold none."""
    return any("<p" in str(item.get(key) or "")[:2000].lower() for key in ("art_content", "body", "content", "text"))


def is_news(item: dict[str, Any]) -> bool:
    """Tell whether an item is an article of the editors', and not of a reader's column (domain-facts 13.2)."""
    return str(item.get("np_dst") or "CMS").upper() == "CMS"


def _article(item: dict[str, Any], shape: Shape, url: str) -> Article | None:
    code = code_in(item)
    if code is None or not is_news(item):
        return None
    rolling = shape.path == ("records",) and "url_w" in item
    if rolling and sites.CODE.fullmatch(str(item.get("id"))):
        code = sites.digits(str(item["id"]))  # the site names these posts by the id, though they have an infoCode
    name = named_medium(item, *_MEDIUM_KEYS)
    digest = first_text(item, "digest", "summary", "simdigest", "content")
    title = first_text(item, "title", "art_title", "simtitle")
    title = _EMPHASIS.sub("", title) if title else title
    return Article(
        code=code,
        origin="list",
        url=url,
        kind="emnews" if rolling else shape.kind if name else None,
        title=title,
        time=time_in(item, TIME_KEYS),
        category=sites.EMNEWS if rolling or (shape.rolling and shape.rolling.search(url)) else None,
        tag=sites.EMNEWS_TAG if rolling else sites.tag_of(name) if name else None,
        link=first_text(item, "url_w") if rolling else None,
        digest=_without_headline(_EMPHASIS.sub("", digest), title) if digest else digest,
        stocks=stocks_in(item, url),
    )


def _without_headline(digest: str, title: str | None) -> str:
    """The digest without the title in brackets that it begins with; the title may hold such brackets itself."""
    said = digest.lstrip()
    headline = f"【{title}】" if title else ""
    return said[len(headline) :].lstrip() if headline and said.startswith(headline) else _HEADLINE.sub("", digest)
