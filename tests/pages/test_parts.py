"""An address or a link to a further page proves that an article is cut, whatever tells of the article."""

import json

import pytest

from crawler import pages
from crawler.items import WHOLE, Page
from crawler.sites import part_of_url

CODE = "202203082248170911"
AT = f"https://finance.eastmoney.com/a/{CODE}"
SHARE = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{CODE}"
POST = f"https://finews.withounder.com/yibao/2022/03/08/NW{CODE}.html"
TEXT = "北山水库今年第一次开闸放水，下游三个县的春灌用水由此得到保证。" * 4
SAYS = f"<p>{TEXT}</p>"
LINK = f'<p><a href="http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{CODE}">原文</a></p>'
PAGER = f'<p><a href="{AT}_2.html">下一页</a></p>'


def record(url: str, body: str = SAYS) -> str:
    return json.dumps({"url": url, "title": "水库", "time": "2022-03-08 10:15", "html": body})


def feed(url: str) -> str:
    item = f"<title>水库</title><link>{url}</link><description><![CDATA[{SAYS}]]></description>"
    return f"<rss><channel><item>{item}</item></channel></rss>"


def note(url: str, *lines: str) -> str:
    return "\n".join(["# 水库", url, "2022-03-08 10:15 来源：乙报", TEXT, *lines])


def post(body: str) -> str:
    return f"<section><small>(GMT+8) 2022-03-08 10:15:00</small><h1>水库</h1>\n{body}\n{LINK}\n<small>tags: <em>乙报新闻</em></small></section>"


@pytest.mark.parametrize(
    ("url", "source", "part"),
    [
        ("a.json", record(f"{AT}.html"), WHOLE),
        ("a.json", record(f"{AT}_2.html"), (2, 2)),
        ("a.json", record(f"{AT}.html?p=3"), (3, 3)),
        ("a.json", record(f"{AT}.html", SAYS + PAGER), (1, 2)),
        ("a.xml", feed(f"{AT}.html"), WHOLE),
        ("a.xml", feed(f"{AT}_2.html"), (2, 2)),
        ("a.txt", note(f"{AT}.html", "完。"), WHOLE),
        ("a.txt", note(f"{AT}_2.html", "完。"), (2, 2)),
        ("a.txt", note(f"{AT}.html", f"[1]({AT}.html) [2]({AT}_2.html) [下一页]({AT}_2.html)"), (1, 2)),
        (SHARE, json.dumps({"text": SAYS, "content": ""}), WHOLE),
        (SHARE, json.dumps({"text": SAYS + PAGER, "content": ""}), (1, 2)),
        (SHARE, json.dumps({"text": "", "content": SAYS + PAGER}), (1, 2)),
        (POST, post(SAYS), WHOLE),
        (POST, post(SAYS + PAGER), (1, 2)),
    ],
)
def test_a_part_is_known(url: str, source: str, part: tuple[int, int]) -> None:
    (article,) = pages.read(Page(url=url, body=source.encode())).articles
    assert article.part == part
    assert (article.text or "").strip().startswith(SAYS)
    assert "下一页" not in (article.text or "")
    assert part == WHOLE or article.content is None


@pytest.mark.parametrize(
    ("end", "number"),
    [(".html", 1), ("_2.html", 2), ("-2.shtml", 2), (".html?p=2", 2), (".html?a=1&page=3", 3), (".html%3Fp=2.html", 2),
     (".html@p=4.html", 4), (".html?q=2", 1), (".html?p=x", 1), ("_0.html", 1), ("_99999.html", 100)],
)  # fmt: skip
def test_an_address_names_the_page(end: str, number: int) -> None:
    assert part_of_url(f"{AT}{end}") == number
