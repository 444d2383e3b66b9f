"""East Money's own hosts: the article API, article pages as they are since 2021, and their twins for phones."""

import html
import re

from crawler import sites
from crawler.demo.articles import DemoArticle
from crawler.demo.messages import Request, Response, html_response, json_response, text_response
from crawler.demo.site import Site
from crawler.patterns import compiled
from crawler.sites import EMNEWS

_API = compiled(rf"/kuaixun/v\d/api/article/({sites.NEWS_ID})\Z")
_PAGE = compiled(rf"/(?:a/|news/\d+,)({sites.NEWS_ID})\.html\Z")
_WAP = compiled(rf"/(?:a/|3g/news/article,[\d,]*,)({sites.NEWS_ID})\.s?html\Z")
_MEDIUM = compiled(r"（文章来源：([^<>）]*)）</p>\s*\Z")
_GONE = "<!DOCTYPE html><html><head><title>404</title></head><body><p>您访问的页面不存在</p></body></html>\n"
_PAGE_HTML = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_东方财富网</title></head>
<body><div class="topbox" id="topbox"><div class="title">{title}</div><div class="tipbox"><div class="infos">
<div class="item">{time:%Y年%m月%d日 %H:%M}</div><div class="item">来源：{medium}</div></div></div></div>
<div class="contentwrap"><div class="txtinfos" id="ContentBody"><!--文章主体-->{body}
<p class="res-edit">（责任编辑：0）</p></div></div>
<div class="zwothers"><p>东方财富发布此内容旨在传播更多信息</p></div></body></html>
"""
_WAP_HTML = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_手机东方财富网</title></head>
<body><h1>{title}</h1><div class="infos"><span class="item">{time:%Y年%m月%d日 %H:%M}</span>
<span class="item">来源：{medium}</span></div><div class="txtinfos">{body}</div></body></html>
"""
"""Nothing public shows how the phone's page is made (domain-facts 13.7): this is a guess."""


def article_api(site: Site, request: Request) -> Response:
    """Answer for newsinfo.eastmoney.com; of an unknown id it says 200 and no data."""
    found = _API.fullmatch(request.path)
    if not found:
        return text_response("Not Found\n", 404)
    article = site.article(f"NW{found[1]}")
    data = article and {
        "Art_Code": found[1],
        "Art_UniqueUrl": f"http://finance.eastmoney.com/a/{found[1]}.html",
        "Art_Title": html.unescape(article.title),
        "Art_Media_Name": medium(article),
        "Art_ShowTime": f"{article.date:%Y/%m/%d %H:%M:%S}",
        "Art_Column_List": "[Null]",
        "Art_Content": article.text,
    }
    return json_response({"data": data, "errorcode": 0, "id": "0", "message": "", "success": 1})


def article_page(site: Site, request: Request) -> Response:
    """Answer for finance.eastmoney.com: ``/a/<id>.html`` and ``/news/<column>,<id>.html``."""
    return _page(site, _PAGE.fullmatch(request.path), _PAGE_HTML, linked=True)


def wap(site: Site, request: Request) -> Response:
    """Answer for wap.eastmoney.com, old addresses too."""
    return _page(site, _WAP.fullmatch(request.path), _WAP_HTML, linked=False)


def _page(site: Site, found: re.Match[str] | None, page: str, *, linked: bool) -> Response:
    article = site.article(f"NW{found[1]}") if found else None
    if article is None:
        return html_response(_GONE, 404)
    body = article.content if linked else article.text
    return html_response(page.format(title=article.title, time=article.date, medium=medium(article), body=body))


def medium(article: DemoArticle) -> str:
    """As its last line names it, else as its tag does; many items of the rolling list have none."""
    told = _MEDIUM.search(article.text)
    return html.unescape(told[1]) if told else "" if article.category == EMNEWS else article.tag.removesuffix("新闻")
