"""A page that stands at one article's address and is of another is not read."""

import json

import pytest

from crawler import pages
from crawler.items import Page

MINE, OTHER = "202201142248170578", "202201142247771006"
HOST = "https://newsinfo.eastmoney.com/kuaixun/v2/api"
LINK = "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW"
POST = (
    "<section><small>(GMT+8) 2022-01-14 13:02:46</small><h1>题</h1>\n<p>正文</p>\n"
    f'<p><a href="{LINK}%s">{LINK}</a></p></section>'
)
CANONICAL = '<link rel="canonical" href="https://finance.eastmoney.com/a/%s.html">'
SHAPES = [
    (f"https://finews.withounder.com/a/2022/01/14/NW{MINE}.html", POST),
    (f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{MINE}", '{"text":"<p>正文</p>","Code":"NW%s"}'),
    (f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{MINE}", '{"InfoCode":"NW%s","content":"<p>正文</p>"}'),
    (f"{HOST}/article/{MINE}", '{"data":{"Art_Code":"%s","Art_Content":"<p>正文</p>"}}'),
    (f"{HOST}/content?newsid={MINE}", '{"newsid":"%s","body":"<p>正文</p>"}'),
    (
        f"https://newsapi.eastmoney.com/api/content/getnews?newsid={MINE}",
        '{"news":{"newsid":"%s","body":"<p>正文</p>"}}',
    ),
    (
        f"https://finance.eastmoney.com/a/{MINE}.html",
        f'{CANONICAL}<h1>题</h1><div id="ContentBody"><p>正文</p></div>',
    ),
]


@pytest.mark.parametrize(("url", "shape"), SHAPES)
def test_a_page_names_its_article(url: str, shape: str) -> None:
    (article,) = pages.read(Page(url=url, body=(shape % MINE).encode())).articles
    assert article.code.removeprefix("NW") == MINE
    with pytest.raises(pages.AnothersPage, match=f"another article's page: in place of (NW)?{MINE} it is (NW)?{OTHER}"):
        pages.read(Page(url=url, body=(shape % OTHER).encode()))


def test_a_code_of_another_form_tells_nothing() -> None:
    body = json.dumps({"code": 200, "infoCode": "AP202201141", "text": "<p>正文</p>"})
    (article,) = pages.read(Page(url=SHAPES[1][0], body=body.encode())).articles
    assert article.code == f"NW{MINE}"
