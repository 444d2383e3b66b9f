"""Saved pages of East Money and their posts, from the file to the file: bodies in both profiles, times, media, pictures."""

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from crawling import given
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import posts, reprocess_here
from run_scrapy import Crawl, scrapy
from world import DemoArticle, Site, World

from crawler import sites
from crawler.items import Post
from crawler.store.run import Run

SAID, END = "<p>云杉科技三月开工第二条产线，年产能翻倍。</p>", "<p>公司预计秋天投产。</p>"
MEDIA = '<p class="em_media">（文章来源：证券时报）</p>'
PICTURE = "https://np-newspic.dfcfw.com/b7.png"
GIVEN = None
BODIES = [  # what stands in the body, and what comes of it in `standard` and in `source`
    ("<p>产量k<z。</p>", "<p>产量k&lt;z。</p>", GIVEN),
    ("<p>若m<n</p><table><tr><td>u<v。</td></tr></table>", "<p>若m&lt;n</p><table><tr><td>u&lt;v。</td></tr></table>", GIVEN),
    ("<p>（Q<0.1），净利<预期，a < b</p>", GIVEN, GIVEN),
    ("<p>通过<办法>一文</p>", "<p>通过&lt;办法>一文</p>", "<p>通过&lt;办法>一文</p>"),
    ("<div hidden><p>点开后的一段：三期明年动工。</p></div><a>阅读全文</a>", "<div><p>点开后的一段：三期明年动工。</p></div>", "<div hidden><p>点开后的一段：三期明年动工。</p></div><p><a>阅读全文</a></p>"),
    ('<section style="display : none;"><p>第二页：用工两千人。</p></section>', "<section><p>第二页：用工两千人。</p></section>", GIVEN),
    ('<div class="panel" style="display:none"><table><tr><td>上年</td></tr></table></div>', '<div class="panel"><table><tr><td>上年</td></tr></table></div>', GIVEN),
    (f'<div style="display:none"><img src="{PICTURE}"></div>', f'<div><img src="{PICTURE}"></div>', GIVEN),
    ('<div style="display:none">请用微信扫描二维码关注</div>', "", GIVEN),
    ("<p><b>郑重声明</b>：有人假冒本所名义荐股，本所保留追究权利。</p>", GIVEN, GIVEN),
    ("<p>公司提示：项目尚需环评批复。</p>", GIVEN, GIVEN),
    ("<p>郑重声明：本网发布的信息不代表立场，据此入市风险自担。</p>", "", GIVEN),
    ('<video><source src="https://v.example.com/pixel-1.mp4"></video>', *['<p><a href="https://v.example.com/pixel-1.mp4">视频</a></p>'] * 2),
    ('<audio src="https://v.example.com/k.mp3"></audio>', *['<p><a href="https://v.example.com/k.mp3">音频</a></p>'] * 2),
    ('<iframe data-src="https://v.example.com/e?id=7"></iframe>', *['<p><a href="https://v.example.com/e?id=7">嵌入内容</a></p>'] * 2),
    ('<p>式：<math alttext="S=vt"><mi>S</mi></math>，<math><msup><mi>a</mi><mn>2</mn></msup></math>。</p>', *["<p>式：S=vt，a^2。</p>"] * 2),
    (f'<p><img src="/images/lazy.png"><noscript><img src="{PICTURE}"></noscript></p>', *[f'<p><img src="{PICTURE}"></p>'] * 2),
    (f'<p><img data-lazyload="{PICTURE}" src="data:image/gif;base64,R0lG"></p>', f'<p><img data-lazyload="{PICTURE}" src="{PICTURE}"></p>', GIVEN),
    (f'<p><img data-srcset="//a/s.jpg 1x, {PICTURE} 2x"></p>', f'<p><img src="{PICTURE}" data-srcset="//a/s.jpg 1x, {PICTURE} 2x"></p>', GIVEN),
    ("<p>合同\0额，三&#0;亿</p>", *["<p>合同额，三亿</p>"] * 2),
    ("<div contenteditable><p>可改</p></div>", *["<div><p>可改</p></div>"] * 2),
    ("<p>甲</p><xml><w:View>Normal</w:View></xml>", "<p>甲</p>", GIVEN),
    ('<p><a href="https://a.example/q?from=2022&spm=1">查</a></p>', GIVEN, GIVEN),
    ('<p><a href="https://finance.eastmoney.com/q?from=app">查</a></p>', '<p><a href="https://finance.eastmoney.com/q">查</a></p>', GIVEN),
    *((f"<p>{line}</p>", "", GIVEN) for line in ("【原标题】旧题？", "原标题: 旧题（更新）", "（文/甲 编辑/乙）", "[责任编辑：甲]", "审核：甲 编辑：乙", "点击阅读全文>>")),
    ("<table border=0 cellpadding=3%><tr><td width=9%>甲</td></tr></table>", *['<table border="0" cellpadding="3%"><tr><td width="9%">甲</td></tr></table>'] * 2),
    ("中间一句<ul><li>第二</li></ul>", *["<p>中间一句</p><ul><li>第二</li></ul>"] * 2),
    *((f'<p style="{style}">样</p>', *['<p style="">样</p>'] * 2) for style in ("scale:40", "inset:0 0 0 1px", "width:min(9px,9px)", "box-shadow:0 0 0 99vmax red")),
    ('<p><a href="search-ms:query=x">查</a></p>', *["<p><a>查</a></p>"] * 2),
    ('<p><a rel="noopener OPENER" href="https://a.example/">查</a></p>', *['<p><a href="https://a.example/">查</a></p>'] * 2),
]  # fmt: skip
REPLIES = [  # bodies of the share host's JSON beside the post's page
    ("\n<p>甲一。</p>", "<p>甲一。</p>", GIVEN),
    ("\r\n<p>甲一。</p>\r\n <p>乙二。</p>", "<p>甲一。</p><p>乙二。</p>", GIVEN),
    ("导语一句<br><p>甲一。</p>", *["<p>导语一句<br></p><p>甲一。</p>"] * 2),
    ("&lt;p&gt;甲一。&lt;/p&gt;&lt;p&gt;乙二。&lt;/p&gt;", *["<p>甲一。</p><p>乙二。</p>"] * 2),
    ("甲一。\n乙二。", *["<p>甲一。</p><p>乙二。</p>"] * 2),
]  # fmt: skip
TIMES = [
    ("2022年01月14日&ensp;13:02", "13:02:00"),
    ("2022年01月14日\u200313:02:46", "13:02:46"),
    ("2022/01/14 周五 13:02", "13:02:00"),
    ("2022年01月14日〔星期五〕13:02", "13:02:00"),
    ("2022-01-14 午后1:02", "13:02:00"),
    ("2022-01-14 1:02 p.m.", "13:02:00"),
    ("２０２２-０１-１４ １３：０２：４６", "13:02:46"),
    ("2022-01-14 14:02 +0900", "13:02:00"),
    ("2022-01-14 05:02:46 GMT", "13:02:46"),
    ("2022-01-14 · 13:02", "13:02:00"),
    ("2022-01-14, 13:02", "13:02:00"),
    ("/Date(1642136566000)/", "13:02:46"),
    ("20220114 130246", "13:02:46"),
    ("修改时间：2022-01-15 09:00 | 发表时间：2022-01-14 13:02", "13:02:00"),
    ("2022-01-14 00:02:46 ET", ""),
    ("2032-01-14 13:02", ""),
    ("3小时前", ""),
]
"""As the page spells it, and the time of that day; "" where it is not known, and told so."""
MEDIUM = "新华财经"
NAMES = [  # the page's item, the body's last line, and the post's tag and category
    *((f"来源：{MEDIUM}{more}", MEDIUM, MEDIUM, "xinhuacaijing") for more in
      (" 责编：张某", "　撰文 张某", " 摄影：张某", "/张某", " | 张某", " (12评论)", "</div><div class=item>阅读 2.3万", "<a href=#>我要评论</a>", " 字体：大 中 小")),
    ("张某", MEDIUM, MEDIUM, "xinhuacaijing"),
    ("", f"{MEDIUM}　编辑：张某", MEDIUM, "xinhuacaijing"),
    ("", f"{MEDIUM}，作者：张某", MEDIUM, "xinhuacaijing"),
    ("来源：华夏时报&middot;华夏能源", "", "华夏时报·华夏能源", "huaxiashibao·huaxianengyuan"),
    ('报"onmouseover="x', "", "报&quot;onmouseover=&quot;x", "baoonmouseover=x"),
]  # fmt: skip
LINK = '<a href="http://quote.eastmoney.com/unify/r/0.000001" class="EmImageRemark">{}</a>'
LIVE = "webquoteklinepic.eastmoney.com/GetPic.aspx?"
PICTURES = [  # a picture in a link to another security, and the one that it shows
    (f'<img src="https://{LIVE}nid=1.601398&imageType=k" alt="K图 601398_0">', "1.601398"),
    ('<img src="//webquotepic.eastmoney.com/GetPic.aspx?id=0007252&imageType=r">', "0.000725"),
    ('<img src="https://image.sinajs.cn/newchart/weekly/n/sh601398.gif">', "1.601398"),
    (f'<img src="https://{LIVE}nid=0%2e000725&imageType=k">', "0.000725"),
    (f'<img src="https://{LIVE}&&imageType=k&&token=&nid=0.000725" data-code="K 601398|1|1">', "0.000725"),
]


def _desktop(art: Art, body: str) -> dict[str, str]:
    return {"a.html": makers.desktop(art, body=body)}


def _reply(art: Art, body: str) -> dict[str, str]:
    page = makers.post_page(art).replace(art.body.replace("</p><p", "</p>\n<p"), SAID)
    return {"a.html": page, f"NW{art.id}.json": json.dumps({"text": body, "content": ""})}


def _web(art: Art, spelled: str) -> dict[str, str]:
    said = {"Art_Code": art.id, "Art_Title": art.name, "Art_ShowTime": html.unescape(spelled), "Art_Content": art.body}
    return {"a.json": json.dumps({"data": said})}


def _named(art: Art, item: str, closing: str) -> dict[str, str]:
    last = f'<p class="em_media">（文章来源：{closing}）</p>' if closing else ""
    return {"a.html": makers.desktop(art, body=SAID + last).replace(f"来源：{art.medium}</div>", f"{item}</div>", 1)}


def _pictured(art: Art, picture: str) -> dict[str, str]:
    start, end = "<!-- EM_StockImg_Start -->", "<!-- EM_StockImg_End -->"
    return _desktop(art, f"{start}{start}<p>{LINK.format(picture)}</p>{end}{start}{SAID}{end}{END}{MEDIA}")


def _files() -> Iterator[tuple[str, Art, dict[str, str]]]:
    """For each row its name, its article, and the files that tell of that."""
    makes: dict[str, Callable[[Art], dict[str, str]]] = {}
    for row, (body, *_) in enumerate(BODIES):
        makes[f"bodies/{row}"] = partial(_desktop, body=SAID + body + END + MEDIA)
    for row, (body, *_) in enumerate(REPLIES):
        makes[f"replies/{row}"] = partial(_reply, body=body)
    for row, (spelled, _) in enumerate(TIMES):
        makes[f"pages/{row}"] = lambda art, spelled=spelled: {"a.html": makers.desktop(art).replace(art.time, spelled)}
        makes[f"web/{row}"] = partial(_web, spelled=spelled)
    for row, (item, closing, *_) in enumerate(NAMES):
        makes[f"names/{row}"] = partial(_named, item=item, closing=closing)
    for row, (picture, _) in enumerate(PICTURES):
        makes[f"pictures/{row}"] = partial(_pictured, picture=picture)
    for number, (name, make) in enumerate(makes.items()):
        yield name, Art(number), make(Art(number))


@dataclass
class Told:
    """The posts that came of each file, by its name, and what the report tells of them."""

    posts: dict[str, Post]
    report: dict[str, object]


@pytest.fixture(scope="module", params=["standard", "source"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    top, arts = tmp_path_factory.mktemp("right"), {}
    for name, art, files in _files():
        (top / "in" / name).mkdir(parents=True)
        for file, text in files.items():
            (top / "in" / name / file).write_text(text)
        arts[name] = art.file
    with Run(top / "out") as run:
        report = reprocess_here([top / "in"], run, given(FINEWS_CLEANING=request.param))
    assert report["exit_code"] == 0, report["failed"]
    found = posts(top / "out")
    return Told({name: found[file] for name, file in arts.items()}, report | {"profile": request.param})


def _wanted(told: Told, row: tuple[str, str | None, str | None]) -> str:
    wanted = row[1 if told.report["profile"] == "standard" else 2]
    return row[0] if wanted is GIVEN else wanted


@pytest.mark.parametrize("row", range(len(BODIES)), ids=[body[:40] for body, *_ in BODIES])
def test_a_body(row: int, told: Told) -> None:
    assert told.posts[f"bodies/{row}"].body == SAID + _wanted(told, BODIES[row]) + END + MEDIA


@pytest.mark.parametrize("row", range(len(REPLIES)))
def test_the_body_of_a_reply(row: int, told: Told) -> None:
    assert told.posts[f"replies/{row}"].body == _wanted(told, REPLIES[row])


@pytest.mark.parametrize("row", range(len(TIMES)), ids=[spelled for spelled, _ in TIMES])
@pytest.mark.parametrize("name", ["pages", "web"])
def test_a_time(name: str, row: int, told: Told) -> None:
    post, (_, time) = told.posts[f"{name}/{row}"], TIMES[row]
    assert post.time == f"2022-01-14 {time or '00:00:00'}"
    assert (post.code in told.report["time_unknown"]) is (time == "")  # type: ignore[operator]


def test_unknown_times_are_counted_and_named(told: Told) -> None:
    assert told.report["counts"]["time_unknown"] == 2 * sum(time == "" for _, time in TIMES)  # type: ignore[index]
    assert told.report["counts"]["time_not_believed"] == 2  # type: ignore[index]


def test_what_was_made_of_media_and_formulas_is_counted(told: Told) -> None:
    counts: dict[str, int] = told.report["counts"]  # type: ignore[assignment]
    made = {name: counts.get(f"clean/{name}", 0) for name in ("media-links", "formulas", "noscript-pictures", "lazy")}
    lazy = 2 if told.report["profile"] == "standard" else 0
    assert made == {"media-links": 3, "formulas": 2, "noscript-pictures": 1, "lazy": lazy}
    assert len(told.report["body_was_escaped"]) == len(told.report["body_was_plain_text"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("row", range(len(NAMES)), ids=[f"{item} {closing}" for item, closing, *_ in NAMES])
def test_a_medium(row: int, told: Told) -> None:
    *_, tag, category = NAMES[row]
    post = told.posts[f"names/{row}"]
    assert (post.tag, post.category) == (f"{tag}新闻", category)


@pytest.mark.parametrize("row", range(len(PICTURES)))
def test_a_picture(row: int, told: Told) -> None:
    body, secid = told.posts[f"pictures/{row}"].body, PICTURES[row][1]
    assert f"nid={secid}&" in body or f'nid={secid}"' in body
    assert (SAID in body, body.endswith(END + MEDIA), body.count("GetPic.aspx")) == (True, True, 1)


@pytest.mark.long
@pytest.mark.parametrize("profile", ["standard", "source"])
def test_a_crawl_and_its_archive_give_the_same_bodies(profile: str, crawl: Crawl, tmp_path: Path) -> None:
    articles = {}
    for number, row in enumerate([*BODIES, *REPLIES]):
        code, body = f"NW202201142248{100000 + number}", row[0] if row in REPLIES else SAID + row[0] + END + MEDIA
        named = {"category": "zhengquanshibao", "tag": "证券时报新闻", "link": sites.share_link(code)}
        moment = datetime(2022, 1, 14, 13, number % 60, 46)
        articles[code] = DemoArticle(code, f"第{number}号公司开工", moment, **named, text=body, content=body)
    cleaning = ("-s", f"FINEWS_CLEANING={profile}")
    with World(Site(list(articles.values()))) as world:
        done = crawl(world, *cleaning, "-s", "FINEWS_ARCHIVE=1", "-s", "AUTOTHROTTLE_ENABLED=0")
    assert done.code == 0, done.out + done.err
    found = {post.code: post.body for post in posts(done.output).values()}
    wanted = {}
    for code, row in zip(articles, [*BODIES, *REPLIES], strict=True):
        body = row[1 if profile == "standard" else 2]
        body = row[0] if body is GIVEN else body
        wanted[code] = body if row in REPLIES else SAID + body + END + MEDIA
    assert found == wanted
    again = scrapy("reprocess", str(done.output / "archive"), *cleaning, output=tmp_path / "again")
    assert (again.code, again.posts()) == (0, done.posts()), again.out
