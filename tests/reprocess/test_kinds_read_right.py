"""Files of every kind, from the file to the post and the run's end: what is read is whole, what is not is told as what it is."""

import bz2
import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import brotli
import pytest
from crawling import given
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import posts, reprocess_here

from crawler.store.run import Run
from crawler.summary import summary

CODE = "202203082248170911"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
SHARE = f"finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{CODE}"
REPLY = f"finews.zning.xyz/NewsData/GetNewsText.do?id=NW{CODE}"
POST = f"finews.withounder.com/yibao/2022/03/08/NW{CODE}.html"
FILE = f"2022-03-08-NW{CODE}.md"
TITLE, TIME = "北山水库开闸放水", "2022-03-08 10:15:00"
SAYS = (
    "<p>北山水库今年第一次开闸放水，下游三个县的春灌用水由此得到保证。</p><p>放水持续二十天，流量视土壤墒情调整。</p>"
)
BODY = f'{SAYS}<p class="em_media">（文章来源：乙报）</p>'


def reply(**data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


APP = reply(rc=1, me="", news={"title": TITLE, "showtime": TIME, "source": "乙报", "body": BODY, "images": []})
WEB = reply(data={"Art_Title": TITLE, "Art_Media_Name": "乙报", "Art_ShowTime": TIME, "Art_Content": BODY})
FEED = (
    f'<rss version="2.0"><channel><item><title>{TITLE}</title><link>{URL}</link><author>乙报</author>'
    f"<pubDate>Tue, 08 Mar 2022 10:15:00 +0800</pubDate><description><![CDATA[{BODY}]]></description></item></channel></rss>"
)


def post(*head: str) -> str:
    lines = "\n".join(head)
    return f"---\n{lines}\n---\n{BODY}\n\n<http://{SHARE}>\n\n[返回乙报新闻](//finews.withounder.com/category/yibao.html)｜[返回首页](//finews.withounder.com/)"


def share(box: str) -> str:
    return f"<html><head><title>资讯</title></head><body>{box}</body></html>"


LINES = BODY.replace("</p><p", "</p>\n<p")
MIRRORED = (
    f"<section><small>(GMT+8, Asia/Shanghai, CST) {TIME}</small>\n<h1>{TITLE}</h1>\n\n{LINES}\n\n"
    f'<p><a href="../../../../../{SHARE.replace("?", "%3F")}.html">../x</a></p>\n\n<p><a href="../../../../category/yibao.html">返回乙报新闻</a>'
    '｜<a href="../../../../index.html">返回首页</a></p>\n\n<small>tags: <em>乙报新闻</em></small></section>'
)
HEAD = (f'title: "{TITLE}"', f"date: {TIME} +0800", "categories: yibao", "tags: 乙报新闻")
GITHUB = json.dumps({"payload": {"blob": {"rawLines": post("layout: post", *HEAD).split("\n")}}})
READ: list[tuple[str, str | bytes]] = [
    (f"NW{CODE}.json", APP),
    (f"NW{CODE}.json.br", brotli.compress(APP.encode())),
    (f"NW{CODE}.json.xz", lzma.compress(APP.encode())),
    (f"{CODE}.json.bz2", bz2.compress(APP.encode())),
    (f"NW{CODE}.json.gz", gzip.compress(WEB.encode())),
    (REPLY, APP),
    (FILE, post("layout: 'post'", *HEAD)),
    (FILE, post("layout : post", *HEAD)),
    (FILE, post(*HEAD)),
    (FILE, post(*HEAD[::-1], f"excerpt: {'放水。' * 900}", "layout: post")),
    (FILE, post("layout: post", *HEAD[:2], "categories:", "  - yibao", "tags: ['乙报新闻']")),
    (FILE, post("layout: post  # 存档", *(f"{line}  # {number}" for number, line in enumerate(HEAD)))),
    (FILE, post("layout: post", HEAD[0], "date: 2022-03-08T02:15:00+00:00", *HEAD[2:])),
    (FILE, post("layout: post", HEAD[0], "date: 2022-03-08 02:15:00 Z", *HEAD[2:])),
    (SHARE, share(f'<h1>{TITLE}</h1><div class="text"><section class="news">{BODY}</section></div>')),
    (SHARE, share(f'<main><h1>{TITLE}</h1><div class="pub-time">2022-03-08 10:15 来源：乙报</div>{BODY}</main>')),
    ("items.jsonl", reply(link=URL, headline=TITLE, published=TIME, publisher="乙报", body_html=BODY)),
    ("items.json", f"[{reply(url=URL, title=TITLE, time=TIME, html=f'<article><div id=ContentBody>{BODY}</div>')}]"),
    (POST, MIRRORED.replace("\n", "\r\n")),
    ("rss.xml", FEED),
    ("feed.xml.gz", gzip.compress(FEED.encode())),
    (f"github.com/z/finews/blob/main/_posts/{FILE}", f'<html><script type="application/json">{GITHUB}</script>'),
]
LIST, BLOCK, LOST = (0, "list"), (5, "block"), (5, "")
ROW = {"新闻标题": TITLE, "新闻内容": "北山水库…", "发布时间": TIME, "文章来源": "乙报", "新闻链接": URL}
TOLD: list[tuple[str, str | bytes, tuple[int, str]]] = [  # with the run's exit code, and a word of the reason
    (SHARE, share(f'<div class="text"><h1>{TITLE}</h1><div class="x">{"今天 " * 9}</div><h1>又题</h1>{BODY}</div>'), LOST),
    (SHARE, share(f'<h1>{TITLE}</h1><ul>{"<li>北山水库开闸放水，春灌用水得到保证。</li>" * 20}</ul>'), LOST),
    ("items.jsonl", reply(url=URL, title=TITLE, text="北山水库开闸放水。\n放水持续二十天。"), LOST),
    (REPLY, reply(text=SAYS) + "\n// cached in 3 ms", LOST),
    (f"{REPLY}.json", reply(text=SAYS) * 2, LOST),
    (f"NW{CODE}.json", reply(text=SAYS) + "\n" + reply(code=0), LOST),
    ("news.jsonl", reply(**ROW), LIST),
    ("news.json", reply(**{name: {"0": value} for name, value in ROW.items()}), LIST),
    ("found.json", reply(Status=0, Data=[{"Art_Code": CODE, "Art_Title": TITLE, "Art_Content": "北山水库今年..."}]), LIST),
    ("found.js", f"cb({reply(result={'cmsArticleWebOld': [{'code': CODE, 'title': TITLE, 'content': '北山…', 'date': TIME}]})})", LIST),
    ("found.json", reply(code=0, result={"passportWeb": [{"uid": "9"}]}), BLOCK),
    (f"newsinfo.eastmoney.com/kuaixun/v2/api/content/getnews?newsid={CODE}&newstype=1.json", reply(rc=0, me="参数错误"), (5, "参数错误")),
    (f"finews.zning.me/yibao/2022/03/08/NW{CODE}.html", makers.post_page(Art(1)).partition("<p>分析")[0], (5, "cut")),
    (f"finews.zning.me/yibao/2022/03/08/{CODE}.html", makers.post_page(Art(1)).partition("<section")[0], (5, "cut short")),
    (f"finnews.zning.me/yibao/2022/03/08/NW{CODE}.html", makers.post_page(Art(1)).partition("<section")[0], (5, "cut short")),
    (f"finance.eastmoney.com/a/{CODE}.html", makers.desktop(Art(1)).partition("<p>分析")[0], (5, "truncated")),
    (f"finance.eastmoney.com/a/{CODE}.html", f'<h1>{TITLE}</h1><div id="ContentBody"><p>该文章不存在或已被删除</p></div>', (0, "withdrawn")),
    *((name, data, (5, "not opened")) for name, data in (
        ("cache.sqlite", "SQLite format 3\0" + "\0" * 99), ("requests", "SQLite format 3\0" + "\0" * 99), ("finews.db.dir", f"'{URL}', (0, 99)\n"),
        ("page.html", "<html data-sfz><head><title>x</title></head><body>PK"), ("finews.db", b"\x13\x57\x9a\0" + bytes(99)),
    )),
    ("finews.withounder.com/sitenews/2022/03/08/moved.html",
     "<section><small>[GMT+8, Asia/Shanghai, CST] 2022-03-08 10:15:00 &nbsp;</small><h1>搬家了</h1>\n<p>新地址。</p>\n<small>tags: <em>站长消息</em></small></section>", (0, "notice")),
]  # fmt: skip
Files = dict[str, str | bytes]


def run(output: Path, files: Files) -> dict[str, Any]:
    """The report of a run over these files."""
    top = output.parent / f"saved{len(list(output.parent.iterdir()))}"
    for name, data in files.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    with Run(output) as store:
        return reprocess_here([top], store, given())


@pytest.mark.parametrize(("name", "data"), READ)
def test_what_is_read_is_whole(name: str, data: str | bytes, tmp_path: Path) -> None:
    told = run(tmp_path / "out", {name: data})
    assert told["exit_code"] == 0, told["inputs"]
    (made,) = posts(tmp_path / "out").values()
    time = TIME if name != SHARE or "10:15" in data else f"{TIME[:10]} 00:00:00"
    assert (made.title, made.time, made.tag, made.category, made.body) == (TITLE, time, "乙报新闻", "yibao", BODY)


@pytest.mark.parametrize(("name", "data", "end"), TOLD)
def test_what_is_not_read_is_told(name: str, data: str | bytes, end: tuple[int, str], tmp_path: Path) -> None:
    told = run(tmp_path / "out", {name: data})
    assert (told["exit_code"], posts(tmp_path / "out")) == (end[0], {}), told["inputs"]
    (line,) = told["inputs"]
    assert line["outcome"] in {0: {"out_of_scope", "read"}, 5: {"quarantined"}}[end[0]]
    assert line["reason"]
    assert end[1] in line["reason"]


def page(art: Art) -> str:
    return makers.desktop(art)


def latin(text: str) -> str:
    return text.encode("gb18030").decode("latin-1")


def lost(text: str) -> str:
    return text.encode("gbk").decode("utf-8", "replace")


ART = Art(1, more="<p>“一号码头”恢复作业，企业补库意愿增强——订单排到年底。</p>" * 6)
ANOTHER = json.dumps({"text": "<p>甲醇期货夜盘收高，库存连续三周下降。</p>" * 3, "Code": f"NW{Art(2).id}"})
CORRECTED = Art(1, title=f"（更正）{ART.name}", time="2022-01-14 15:30:00", more="<p>更正：净利润为1.2亿元。</p>")
JSON, SITE = f"NW{ART.id}.json", "post.html"
TOGETHER: dict[str, tuple[Files, Art]] = {
    "lost characters beside a sound page": ({JSON: lost(makers.news_text(ART)), SITE: makers.post_page(ART)}, ART),
    "a wrong reading beside a sound page": ({JSON: latin(makers.news_text(ART)), SITE: makers.post_page(ART)}, ART),
    "two copies": ({"a.html": page(ART), "b.html": latin(page(ART))}, ART),
    "two copies, one lost": ({"a.html": lost(page(ART)), "b.html": page(ART)}, ART),
    "one that can be undone": ({"a.html": latin(page(ART))}, ART),
    "another's reply": ({JSON: ANOTHER, SITE: makers.post_page(ART)}, ART),
    "a notice of withdrawal": ({JSON: json.dumps({"text": "<p>该文章已下线</p>"}), SITE: makers.post_page(ART)}, ART),
    "a correction": ({"a.html": page(ART), "b.html": page(CORRECTED)}, CORRECTED),
    "a correction, read first": ({"a.html": page(CORRECTED), "b.html": page(ART)}, CORRECTED),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_of_several_pages_the_sound_ones_speak(name: str, tmp_path: Path) -> None:
    files, art = TOGETHER[name]
    told = run(tmp_path / "out", files)
    made = posts(tmp_path / "out")
    (one,) = made.values()
    assert (one.title, one.time, one.tag, one.body) == (art.name, art.time, "证券时报新闻", art.body)
    assert told["exit_code"] == 0
    if name == "another's reply":
        assert Art(2).id in json.dumps(told)
    if "correction" in name:
        assert f"told in several versions 1: {one.code}" in summary(told)


def worse(**changed: str) -> str:
    data = {"Art_Code": ART.id, "Art_Title": ART.name, "Art_Media_Name": ART.medium, "Art_ShowTime": ART.time}
    return json.dumps({"data": {**data, "Art_Content": ART.body, **changed}}, ensure_ascii=False)


LATER: dict[str, Files] = {
    "lost characters": {"a.html": lost(page(ART))},
    "question marks": {"a.html": page(ART).encode("ascii", "replace")},
    "no time": {"a.json": worse(Art_ShowTime="昨天 13:02")},
    "a day alone": {"a.json": worse(Art_ShowTime="2022-01-14")},
    "no title": {"a.json": worse(Art_Title="——")},
    "a longer page of less trust": {SITE: makers.post_page(Art(1, more=f"{ART.more}<p>网站附言。</p>"))},
    "the beginning of it": {"a.html": makers.desktop(ART, body=ART.body[:200].rpartition("<p>")[0])},
    "a notice of withdrawal": {"a.json": worse(Art_Content="<p>该新闻不存在</p>")},
    "another's reply": {JSON: ANOTHER},
}


FIRST: dict[str, Files] = {
    "all": {JSON: makers.news_text(ART), SITE: makers.post_page(ART), "web.json": worse()},
    "of the same kind": {"web.json": worse()},
}
ALONE = {"no time", "a day alone", "no title", "the beginning of it", "a notice of withdrawal"}


@pytest.mark.parametrize(("first", "name"), [(f, n) for f in FIRST for n in LATER if f == "all" or n in ALONE])
def test_what_comes_later_and_is_worse_changes_no_byte(first: str, name: str, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run(output, FIRST[first])["exit_code"] == 0
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (output / "_posts").iterdir()}
    assert run(output, LATER[name])["exit_code"] == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (output / "_posts").iterdir()} == before
    assert [run(output, files)["exit_code"] for files in (LATER[name], FIRST[first])] == [0, 0]


def test_two_kinds_of_one_name_are_one_article(tmp_path: Path) -> None:
    media = post("layout: post", *HEAD).replace(f"NW{CODE}", CODE)
    rolling = media.replace("yibao", "emnews").replace("乙报新闻", "东财滚动新闻").replace(BODY, f"> 摘要\n\n{BODY}")
    told = run(tmp_path / "out", {f"a/2022-03-08-{CODE}.md": rolling, f"b/2022-03-08-{CODE}.md": media})
    assert told["exit_code"] in {0, 5}
    assert [one.code for one in posts(tmp_path / "out").values()] == [CODE]
    assert "UNIQUE" not in json.dumps(told)
