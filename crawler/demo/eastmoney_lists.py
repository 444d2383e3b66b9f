"""East Money's list services and static list pages, with the limits that real ones have (domain-facts 4, 13)."""

import html
from collections.abc import Callable
from typing import Any

from crawler.columns import COLUMNS, MOST_ITEMS, Column
from crawler.demo.articles import DemoArticle
from crawler.demo.eastmoney_hosts import article_page, medium
from crawler.demo.messages import Request, Response, html_response, json_response, text_response
from crawler.demo.site import Site
from crawler.patterns import compiled
from crawler.sites import EMNEWS

MOST_AT_ONCE = 20
"""Items on a page, whatever is asked for: the service cuts that without a word."""
_STATIC = compiled(r"/a/(?P<slug>c[a-z]+)(?:_(?P<number>\d+))?\.html\Z")
_ROLLING_SCRIPT = compiled(r"/kuaixun/v1/getlist_102_ajaxResult_(\d+)_(\d+)_\.html\Z")
_BY_NUMBER = {str(column.number): column for column in COLUMNS}
_BY_SLUG = {column.slug: column for column in COLUMNS}
_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{name} _ 东方财富网</title></head><body><ul id="newsListContent">
{items}</ul><div id="pagerNoDiv" class="pager">{pager}</div></body></html>
"""
_ITEM = """<li id="newsTr{number}"><div class="text text-no-img"><p class="title"><a
 href="https://finance.eastmoney.com/a/{id}.html" target="_blank">{title}</a></p><p class="info">…</p>
<p class="time">{time:%m月%d日 %H:%M}</p></div></li>
"""


def lists(site: Site, request: Request) -> Response:
    """Answer for np-listapi.eastmoney.com: columns, and what is told of one security."""
    service = request.path.rpartition("/")[2]
    query = request.query
    if service == "getNewsByColumns":
        if not query.get("req_trace"):
            return json_response({"code": "0", "message": "req_trace不能为空", "data": None})
        column = _BY_NUMBER.get(query.get("column", ""))
        items = _with_odd_ones(_of_column(site, column)) if column else []
        return _numbered(site, items, (query.get("page_index"), query.get("page_size")), _column_item, code="1")
    if service == "getListInfo":
        items = _with_odd_ones(_of_security(site, query.get("mtypeandcode", "")))
        return _numbered(site, items, (query.get("pageindex"), query.get("pagesize")), _security_item, code=1)
    return text_response("Not Found\n", 404)


def rolling(site: Site, request: Request) -> Response:
    """Answer for np-weblist.eastmoney.com: the rolling list; without its two parameters it says 200 and no data."""
    query = request.query
    if not request.path.endswith("/getFastNewsList") or not query.get("req_trace") or "sortend" not in query:
        return json_response({"code": "1", "message": "", "data": None})
    behind = [head for head in _of_rolling(site) if not query["sortend"] or _sort(head) < query["sortend"]]
    page = behind[: min(MOST_AT_ONCE, _number(query.get("pagesize")))]
    items = [_rolling_item(site.whole(head)) | {"realSort": _sort(head), "stockList": []} for head in page]
    return json_response(
        {"code": "1", "message": "", "data": {"sortEnd": _sort(page[-1]) if page else "", "fastNewsList": items}}
    )


def rolling_script(site: Site, request: Request) -> Response:
    """Answer for newsapi.eastmoney.com: the same as a script's variable."""
    found = _ROLLING_SCRIPT.fullmatch(request.path)
    if not found:
        return text_response("Not Found\n", 404)
    size, number = map(int, found.groups())
    page = _of_rolling(site)[(number - 1) * size : number * size]
    items = [_rolling_item(site.whole(head)) for head in page]
    reply = json_response(
        {"rc": 1, "LivesList": [{**item, "newsid": item["code"], "digest": item["summary"]} for item in items]}
    )
    return Response(200, b"var ajaxResult=" + reply.body + b";", "text/html; charset=utf-8")


def pages(site: Site, request: Request) -> Response:
    """Answer for the hosts of article pages and of static list pages, the last of which is repeated for ever."""
    found = _STATIC.fullmatch(request.path)
    column = _BY_SLUG.get(found["slug"]) if found else None
    if not found or not column or column.host != request.host:
        return article_page(site, request)
    heads = _of_column(site, column)
    last = max(-(-len(heads) // MOST_AT_ONCE), 1)
    start = (min(int(found["number"] or 1), last) - 1) * MOST_AT_ONCE
    items = "".join(
        _ITEM.format(number=number, id=_id(head), title=head.title, time=head.date)
        for number, head in enumerate(heads[start : start + MOST_AT_ONCE])
    )
    pager = " ".join(f'<a href="{column.slug}_{n}.html">{n}</a>' for n in range(2, last + 1))
    return html_response(_PAGE.format(name=column.name, items=items, pager=pager))


def _id(head: DemoArticle) -> str:
    return head.code.removeprefix("NW")


def _all(site: Site) -> list[DemoArticle]:
    """The site's articles, the newest first; one that it has twice is one here."""
    return list({_id(head): head for head in reversed(site.newest)}.values())[::-1]


def _of_column(site: Site, column: Column) -> list[DemoArticle]:
    """国内经济 has all, every other column some."""
    every = column.slug == "cgnjj"
    return [head for head in _all(site) if every or int(_id(head)) % 7 == column.number % 7]


def _of_security(site: Site, secid: str) -> list[DemoArticle]:
    named = (f"nid={secid}&", f'/unify/r/{secid}"')
    return [head for head in _all(site) if secid and any(name in site.whole(head).content for name in named)]


def _of_rolling(site: Site) -> list[DemoArticle]:
    """The items of the finews site's list, and some articles of media."""
    return sorted(
        (head for head in _all(site) if head.category == EMNEWS or int(_id(head)) % 5 == 0), key=_sort, reverse=True
    )


def _with_odd_ones(heads: list[DemoArticle]) -> list[DemoArticle | str]:
    """With the oldest pinned on top, and a reader's column (its code) among the newest."""
    if not heads:
        return []
    columnist = f"{heads[0].date:%Y%m%d%H%M%S}{_id(heads[0])[-9:]}"
    return [heads[-1], heads[0], columnist, *heads[1:]]


def _numbered(
    site: Site,
    items: list[DemoArticle | str],
    wish: tuple[str | None, str | None],
    told: Callable[[DemoArticle], dict[str, Any]],
    *,
    code: object,
) -> Response:
    """A page of the list; ``wish``: its number and its size."""
    number, at_once = _number(wish[0]), min(MOST_AT_ONCE, _number(wish[1]))
    start = (number - 1) * at_once
    page = items[:MOST_ITEMS][start : start + at_once]
    listed = [_columnist(item) if isinstance(item, str) else told(site.whole(item)) for item in page]
    data = {
        "page_index": number,
        "page_size": at_once,
        "totle_hits": min(len(items), MOST_ITEMS),
        "list": listed,
    }
    return json_response({"req_trace": "1", "code": code, "message": "success", "data": data})


def _number(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdigit() else 1


def _sort(head: DemoArticle) -> str:
    return f"{head.date:%Y%m%d%H%M%S}{_id(head)[-6:]}"


def _column_item(article: DemoArticle) -> dict[str, Any]:
    return {
        "code": _id(article),
        "title": html.unescape(article.title),
        "showTime": f"{article.date:%Y-%m-%d %H:%M:%S}",
        "mediaName": medium(article),
        "summary": article.digest or "",
        "np_dst": "CMS",
        "url": f"http://finance.eastmoney.com/news/1350,{_id(article)}.html",
        "uniqueUrl": f"http://finance.eastmoney.com/a/{_id(article)}.html",
    }


def _security_item(article: DemoArticle) -> dict[str, Any]:
    return {
        "Art_Code": _id(article),
        "Art_Title": html.unescape(article.title),
        "Art_ShowTime": f"{article.date:%Y-%m-%d %H:%M:%S}",
        "Np_dst": "CMS",
        "Art_Url": f"http://finance.eastmoney.com/a/{_id(article)}.html",
    }


def _rolling_item(article: DemoArticle) -> dict[str, Any]:
    title = html.unescape(article.title)
    return {
        "code": _id(article),
        "title": title,
        "summary": f"【{title}】{article.digest or title}",
        "showTime": f"{article.date:%Y-%m-%d %H:%M:%S}",
        "showtime": f"{article.date:%Y-%m-%d %H:%M:%S}",
    }


def _columnist(code: str) -> dict[str, Any]:
    time = f"{code[:4]}-{code[4:6]}-{code[6:8]} {code[8:10]}:{code[10:12]}:{code[12:14]}"
    url = f"http://caifuhao.eastmoney.com/news/{code}"
    return {
        "code": code,
        "Art_Code": code,
        "Np_dst": "CFH",
        "Author": "读者",
        "url": url,
        "Art_Url": url,
        "title": "读者来稿",
        "Art_Title": "读者来稿",
        "showTime": time,
        "Art_ShowTime": time,
    }
