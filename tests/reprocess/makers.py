"""Articles, and the pages that say them: East Money's of every era, JSON replies, the site's own, old posts."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BODY = "<p>第{n}号公司今日公告，董事会审议通过了年度利润分配方案，每十股派发现金红利。</p>{more}<p>分析人士提醒投资者注意风险。</p>"


@dataclass(frozen=True)
class Art:
    """One article as the tests know it."""

    n: int
    title: str = ""
    medium: str = "证券时报"
    more: str = ""
    time: str = "2022-01-14 13:02:46"

    @property
    def id(self) -> str:
        return f"202201142248{100000 + self.n}"

    @property
    def name(self) -> str:
        return self.title or f"第{self.n}号公司通过利润分配方案"

    @property
    def body(self) -> str:
        source = f'<p class="em_media">（文章来源：{self.medium}）</p>'
        return BODY.format(n=self.n, more=self.more) + source

    @property
    def url(self) -> str:
        return f"https://finance.eastmoney.com/a/{self.id}.html"

    @property
    def file(self) -> str:
        return f"2022-01-14-NW{self.id}.md"


def desktop(art: Art, *, declare: str = '<meta charset="utf-8">', body: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head>{declare}<title>{art.name} _ 东方财富网</title><link rel="canonical" href="{art.url}">'
        f'</head><body><div class="title">{art.name}</div><div class="infos"><div class=" item">{art.time}</div>'
        f'<div class="item">来源：{art.medium}</div></div><div class="contentwrap"><div class="txtinfos" id="ContentBody">'
        f'{body or art.body}</div></div><div class="zwothers"><p>x</p></div></body></html>'
    )


def desktop_2018(art: Art) -> str:
    return (
        f'<html><head><title>{art.name} _ 东方财富网</title><meta property="og:url" content="{art.url}"></head><body>'
        f'<div class="newsContent"><h1>{art.name}</h1><div class="time">{art.time}</div>'
        f'<div class="Body" id="ContentBody">{art.body}</div></div></body></html>'
    )


def old_wap(art: Art) -> str:
    return (
        f'<html><head><title>{art.name}</title><link rel="canonical" href="http://wap.eastmoney.com/3g/news/article,8,344,1,{art.id}.shtml">'
        f'</head><body><div class="atitle">{art.name}</div><div class="time">{art.time}</div>'
        f'<article id="zwtext">{art.body}</article></body></html>'
    )


def short_latin(art: Art) -> str:
    """A page whose title is its only Chinese."""
    return (
        f'<html><head><title>{art.name}</title><link rel="canonical" href="{art.url}"></head><body><h1>{art.name}</h1>'
        f'<div class="infos"><div class=" item">{art.time}</div><div class="item">Reuters</div></div>'
        '<div id="ContentBody"><p>plain words</p></div></body></html>'
    )


def news_text(art: Art, **changed: Any) -> str:
    return json.dumps({"text": art.body, "content": art.body} | changed, ensure_ascii=False)


def app(art: Art, images: list[dict[str, Any]], body: str) -> str:
    news = {
        "newsid": art.id, "title": art.name, "showtime": art.time, "source": art.medium, "body": body,
        "images": images, "links": [],
    }  # fmt: skip
    return "json(" + json.dumps({"rc": 1, "me": "", "news": news}, ensure_ascii=False) + ")"


def web(art: Art) -> str:
    data = {
        "Art_Code": art.id, "Art_Title": art.name, "Art_Media_Name": art.medium,
        "Art_ShowTime": art.time.replace("-", "/"), "Art_Content": art.body,
    }  # fmt: skip
    return json.dumps({"data": data}, ensure_ascii=False)


def listed(*arts: Art) -> str:
    items = [
        {"title": a.name, "from": a.medium, "infocode": f"NW{a.id}", "nodeList": "", "showtime": a.time} for a in arts
    ]
    return json.dumps({"nodeList": items}, ensure_ascii=False)


def post_page(art: Art, *, slug: str = "zhengquanshibao") -> str:
    body = art.body.replace("</p><p", "</p>\n<p")
    share = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{art.id}"
    return (
        f"<!DOCTYPE html><html><head><title>{art.name} | 金融消息</title></head><body><section>\n"
        f"<small>(GMT+8, Asia/Shanghai, CST) {art.time}</small>\n<h1>{art.name}</h1>\n\n{body}\n\n"
        f'<p><a href="{share}">{share}</a></p>\n\n<p><a href="//finews.withounder.com/category/{slug}.html">返回{art.medium}新闻</a>'
        f'｜<a href="//finews.withounder.com/">返回首页</a></p>\n\n<small>tags: <em>{art.medium}新闻</em></small>\n</section></body></html>'
    )


def old_post(art: Art, *, slug: str = "zhengquanshibao", zone: str = "") -> str:
    return (
        f'---\nlayout: post\ntitle: "{art.name}"\ndate: {art.time}{zone}\ncategories: {slug}\ntags: {art.medium}新闻\n---\n'
        f"{art.body}\n\n<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{art.id}>\n\n"
        f"[返回{art.medium}新闻](//finews.withounder.com/category/{slug}.html)\n[返回首页](//finews.withounder.com/)"
    )


def guba(number: int) -> str:
    return (
        f'<html><head><title>帖子{number}_股吧_东方财富网</title><link rel="canonical" href="https://guba.eastmoney.com/news,600050,{number}.html">'
        '</head><body><div id="zw_body"><p>明天涨停！</p></div></body></html>'
    )


NEWS_PICTURE = (
    "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={}&imageType=k&token=28dfeb41d35cc81d84b4664d7c23c49f&at=1"
)
KLINES = (
    ("pifm", '<img src="http://pifm3.eastmoney.com/EM_Finance2014PictureInterface/Index.aspx?ID=6000501&imageType=rt&token=x">', "1.600050"),
    ("knews", '<img src="https://pifm.eastmoney.com/EM_Finance2014PictureInterface/Index.aspx?id=007005&imageType=knews&token=x" alt="K图 00700_21" data-code="K 00700 | 116 | 5">', "116.00700"),
    ("dfcfw", '<img src="http://pifm.dfcfw.com/EM_Finance2014PictureInterface/Index.aspx?id=0003382&imageType=k">', "0.000338"),
    ("webquotepic-id", '<img src="//webquotepic.eastmoney.com/GetPic.aspx?id=6033631&imageType=rc&token=x&rt=1600000000000">', "1.603363"),
    ("webquotepic-nid", '<img src="https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600611&imageType=r&type=&token=x&timespan=1600000000">', "1.600611"),
    ("kxl", '<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600611&type=&unitWidth=-6&ef=&formula=MACD&AT=1&imageType=KXL&timespan=1">', "1.600611"),
    ("board", f'<img src="{NEWS_PICTURE.format("90.BK1037")}" alt="K图 BK1037_0" data-code="K BK1037|90|1">', "90.BK1037"),
    ("us", f'<img src="{NEWS_PICTURE.format("106.NIO")}" alt="K图 NIO_0" data-code="K NIO|106|7">', "106.NIO"),
    ("data-code", '<img src="" data-code="K 02338|116|5" data-code2="K 02338|116|3|" alt="K图 02338_0">', "116.02338"),
    ("alt", '<img src="" alt="K图 600050_0">', "1.600050"),
    ("sina", '<img src="http://image.sinajs.cn/newchart/daily/n/sz000338.gif">', "0.000338"),
)  # fmt: skip


def saved(folder: Path, count: int = 3) -> list[Path]:
    """A folder of so many pages, each of an article of its own."""
    folder.mkdir(parents=True)
    files = [folder / f"{n}.html" for n in range(count)]
    for n, file in enumerate(files):
        file.write_text(desktop(Art(n)))
    return files
