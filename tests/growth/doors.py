"""Where foreign text comes in: each door takes a text and does with it what a run would do, in this process."""

import base64
import gzip
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from scrapy.http import Response

from crawler import footer, pages, sites, verify
from crawler.archive import input_files
from crawler.assemble.assembler import Assembler
from crawler.body.digests import clean_digest
from crawler.body.titles import safe_title
from crawler.items import Article, Page
from crawler.middlewares import refusals
from crawler.pages import site_list
from crawler.reprocess import reading

ID: Final = "202201142248170578"
SHARE: Final = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{ID}"
REPLY: Final = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{ID}"
POST: Final = f"https://finews.withounder.com/jiashe/2022/01/14/NW{ID}.html"
ROLLING: Final = f"https://finews.withounder.com/emnews/2022/01/14/{ID}.html"
EAST_MONEY: Final = f"http://finance.eastmoney.com/a/{ID}.html"
APP: Final = f"https://newsinfo.eastmoney.com/api/content/getnews?newsid={ID}"
WEB: Final = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/content?newsid={ID}"
LISTS: Final = "https://np-listapi.eastmoney.com/comm/web/getNewsByColumns"
HEAD: Final = "<section><small>(GMT+8, Asia/Shanghai) 2022-01-14 13:02:46</small>\n<h1>题</h1>\n"
FOOT: Final = (
    f'<p><a href="{SHARE}">{SHARE}</a></p>\n<p><a href="//finews.withounder.com/category/jiashe.html">返回甲社新闻</a>｜'
    '<a href="//finews.withounder.com/">返回首页</a></p></section>'
)
_SETTINGS = {
    "FINEWS_KLINE_IMAGES": "remote",
    "FINEWS_SHARE_HOST": sites.SHARE_HOST,
    "FINEWS_SHARE_HOSTS": sites.SHARE_HOSTS,
}
_ASSEMBLERS = [Assembler(_SETTINGS | {"FINEWS_CLEANING": name}) for name in ("standard", "source")]
_KNOWN: Final = Article(
    code=f"NW{ID}", origin="finews-page", title="题", time="2022-01-14 13:02:46", tag="甲社新闻", category="jiashe"
)


def _read(url: str, text: str) -> list[Article]:
    try:
        return list(pages.read(Page(url=url, body=text.encode("utf-8", "replace"))).articles)
    except pages.Unreadable:
        return []


def _assemble(articles: list[Article]) -> None:
    for assembler in _ASSEMBLERS:
        for made in assembler(articles):
            if made.data:
                _check(made.data, made.file)


def _check(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        list(verify.check_post(path))


def _page(url: str, before: str = "", after: str = "", *, known: bool = False) -> Callable[[str], None]:
    """A page at the address that holds the text; ``known``: the site's own page of the article is there, too."""

    def door(text: str) -> None:
        found = _read(url, f"{before}{text}{after}")
        _assemble([*found, _KNOWN] if known and found else found)

    return door


def _post(title: str = "题", body: str = "<p>正文</p>", tail: str | None = None) -> str:
    foot = "[返回甲社新闻](//finews.withounder.com/category/jiashe.html)｜[返回首页](//finews.withounder.com/)"
    tail = f"\n\n<{SHARE}>\n\n{foot}" if tail is None else tail
    head = (
        f"---\nlayout: post\ntitle: {title}\ndate: 2022-01-14 13:02:46 +0800\ncategories: jiashe\ntags: 甲社新闻\n---\n"
    )
    return f"{head}{body}{tail}"


def _own(text: str) -> None:
    """A post of our own: checked, and read again."""
    name = f"2022-01-14-NW{ID}.md"
    _check(text.encode("utf-8", "replace"), name)
    _assemble(_read(name, text))


def _file(name: str) -> Callable[[str], None]:
    """A file with this name that holds the text."""

    def door(text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(text.encode("utf-8", "replace"))
            for place in input_files(Path(folder)):
                for item in reading.opened(place) if reading.is_large(place) else [place]:
                    list(reading.read(item, sites.KNOWN))

    return door


def _body(text: str) -> None:
    _assemble([*_read(REPLY, json.dumps({"text": text}, ensure_ascii=False)), _KNOWN])


def _value(url: str, shape: str) -> Callable[[str], None]:
    """A JSON reply with the text as the value that ``@`` stands for."""
    before, after = shape.replace("ID", ID).split("@")

    def door(text: str) -> None:
        _assemble([*_read(url, before + json.dumps(text, ensure_ascii=False) + after), _KNOWN])

    return door


def _har(content: dict[str, str]) -> None:
    """A HAR with one reply."""
    exchange = {"request": {"url": REPLY}, "response": {"status": 200, "content": content}}
    _file("x.har")(json.dumps({"log": {"entries": [exchange]}}))


def _members(text: str) -> None:
    """A recorded reply of which each character is a gzip member of its own."""
    members = {sign: gzip.compress(sign.encode("utf-8", "replace")) for sign in set(text)}
    _har({"text": base64.b64encode(b"".join(map(members.__getitem__, text))).decode(), "encoding": "base64"})


def _names(text: str) -> None:
    """The small pieces by themselves: a title, a digest, a category, an address."""
    safe_title(text)
    clean_digest(text)
    sites.slug(text)
    for address in (text, f"http://{text}", f"http://a/{text}"):
        sites.code_of_url(address)
        sites.post_address(address)
        sites.is_promised(address)
        footer.category_of(address)


def _answer(text: str) -> None:
    """What a host answers, looked at for a refusal and for lists."""
    for body in (f"<html>{text}", f'{{"code":{text}'):
        refusals.refusal(Response("http://a/", body=body[:19_000].encode("utf-8", "replace")))
    refusals.retry_after(Response("http://a/", headers={"Retry-After": text.encode("utf-8", "replace")}))
    list(site_list.list_links("https://finews.withounder.com/", text))


_EM_TITLE = "<html><head><title>"
_EM_INFOS = '_东方财富网</title></head><body><h1>题目一二三</h1><div class="infos">'
_EM_LINE = '<div class="item">2022年01月14日 13:02</div><div class="item">来源：甲社</div>'
_EM_BODY = '</div><div id="ContentBody">'
_EM_END = f"<p>{'正文，' * 20}</p></div></body></html>"
_WARC_END = "\r\nContent-Length: 50\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<html>正</html>"

DOORS: Final[Mapping[str, Callable[[str], None]]] = {
    "body": _body,
    "share JSON": _page(REPLY, known=True),
    "behind a reply": _page(REPLY, '{"text":"<p>正文</p>"}', "x", known=True),
    "in front of a reply": _page(REPLY, "", '{"text":"<p>正文</p>"}', known=True),
    "text off a page": _page("", f"{EAST_MONEY}\n题\n2022-01-14 13:02 来源：甲社\n"),
    "share page": _page(SHARE, known=True),
    "list page": _page("https://finews.withounder.com/", "<html><body><section>", "</section></body></html>"),
    "post page": _page(POST, HEAD, FOOT),
    "post page without end": _page(POST, HEAD),
    "post's title": _page(POST, HEAD.removesuffix("题</h1>\n"), f"</h1>\n<p>正文</p>{FOOT}"),
    "post's head": _page(POST, "<section><small>(GMT+8", f"</small><h1>题</h1>\n<p>正文</p>{FOOT}"),
    "post's footer": _page(POST, f"{HEAD}<p>正文</p><p>[返回t](", "返回首页</p></section>"),
    "rolling page": _page(ROLLING, HEAD, FOOT),
    "rolling digest": _page(ROLLING, f"{HEAD}<blockquote><p>", f"</p></blockquote><p>正文</p>{FOOT}"),
    "East Money page": _page(EAST_MONEY),
    "East Money title": _page(EAST_MONEY, _EM_TITLE, f"{_EM_INFOS}{_EM_LINE}{_EM_BODY}{_EM_END}"),
    "East Money infos": _page(EAST_MONEY, f"{_EM_TITLE}题目{_EM_INFOS}", f"{_EM_BODY}{_EM_END}"),
    "East Money body": _page(EAST_MONEY, f"{_EM_TITLE}题目{_EM_INFOS}{_EM_LINE}{_EM_BODY}", _EM_END),
    "own post": _own,
    "own body": lambda text: _own(_post(body=text)),
    "own title": lambda text: _own(_post(title=text)),
    "own footer": lambda text: _own(_post(tail=f"\n\n<>\n\n[返回{text}z")),
    "app reply": _value(APP, '{"rc":1,"news":{"newsid":"ID","title":"题","body":@}}'),
    "web reply": _value(WEB, '{"data":{"Art_Code":"ID","Art_Title":"题","Art_Content":@}}'),
    "list reply": _value(LISTS, '{"records":[{"infoCode":"NWID","title":@,"showtime":"2022-01-14 13:02:46"}]}'),
    "unknown JSON": _page("", '{"a":'),
    "unknown page": _page("", "<html>", "</html>"),
    "a page's title": _page("", "<html><title>东方财富", "</title></html>"),
    "names": _names,
    "answer": _answer,
    "JSON file": _file("x.json"),
    "page file": _file("x.html"),
    "file without suffix": _file("x"),
    "WARC file": lambda text: _file("x.warc")(f"WARC/1.0\r\nWARC-Type: response\r\nX: {text}{_WARC_END}"),
    "HTTP head": lambda text: _file(f"NW{ID}")(f"HTTP/1.1 200 OK\r\nX: {text}\r\n\r\n<html></html>"),
    "mail": lambda text: _file("x.eml")(f"From: a\r\nSubject: {text}\r\nContent-Type: text/html\r\n\r\n<html></html>"),
    "MHTML": lambda text: _file("x.mht")(
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{text}\r\n--b--"
    ),
    "HAR": lambda text: _har({"text": text}),
    "gzip members": _members,
}
