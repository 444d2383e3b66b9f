"""Every kind of page reads a page of each of its shapes, found as that kind among all others."""

import pytest

from crawler import pages
from crawler.items import Page

EXAMPLES = [(name, *example) for name, kind in pages.KINDS.items() for example in kind.EXAMPLES]


@pytest.mark.parametrize(("name", "url", "text"), EXAMPLES)
def test_an_example_of_every_shape_gives_an_article(name: str, url: str, text: str) -> None:
    found = pages.read(Page(url=url, body=text.encode()))
    assert found.page_kind == name
    (article,) = found.articles
    assert article.code.endswith("202201142248170578")
    assert article.text == "<p>正文</p>" or article.title == "题" or article.digest == "快讯"


@pytest.mark.parametrize("name", pages.KINDS)
def test_every_kind_has_an_example(name: str) -> None:
    assert pages.KINDS[name].EXAMPLES


@pytest.mark.parametrize(
    ("url", "text", "told", "is_foreign"),
    [
        ("x.json", '{"code":403,"message":"访问过于频繁，请稍后再试","data":null}', "blocked", False),
        ("https://example.com/", "<html><p>别处</p></html>", "no page of a kind we know", True),
        (
            "https://finews.withounder.com/jia/2022/01/14/NW202201142248170578.html",
            "<html><p>x</p></html>",
            "cut short",
            False,
        ),
        (
            "https://np-listapi.eastmoney.com/comm/web/getNewsByColumns?column=350",
            "<html>502</html>",
            "cut short",
            False,
        ),
        (
            "bookmarks.html",
            "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF='http://finance.eastmoney.com/a/202201142248170578.html'>题</A></DL>",
            "no body on the page",
            True,
        ),
        ("x.html", " \n", "empty page", False),
        ("x.json", '{"news":{"title":"题","body":"<p>别处的正文</p>"}}', "JSON of another site", True),
        ("x.json", '{"rc":1,"news":{"title":"题","body":"<p>正文</p>"}}', "no news id", False),
        (
            "x.json",
            '{"pages":[{"Art_Content":"<p>一</p>"},{"Art_Content":"<p>二</p>"}]}',
            "save them one by one",
            False,
        ),
        (
            "https://api.example.com/x?infoCode=NW202201142248170578",
            '{"text":"<p>正文</p>"}',
            "no page of a kind we know",
            True,
        ),
        (
            "2022-01-14-hello.md",
            "---\nlayout: post\ntitle: x\ncategories: a\ntags: b\n---\ntext",
            "a post of another site",
            True,
        ),
    ],
)
def test_what_gives_no_article_is_told(url: str, text: str, told: str, is_foreign: bool) -> None:
    """That it is no article is said of nothing that stands where one was promised."""
    with pytest.raises(pages.Unreadable, match=told) as caught:
        pages.read(Page(url=url, body=text.encode()))
    assert caught.value.is_foreign is is_foreign


SENTENCES = "\n\n".join(["青禾股份说，新的产线已经投产，今年前两个季度的订单已经排满。"] * 3)
PROMISED = "http://finance.eastmoney.com/a/202201142248170578.html"
NOTES = (
    f"---\ncreated: 2022\nsource: {PROMISED}\n---\n\n# 题\n\n{SENTENCES}",
    f"题\n\n{SENTENCES}\n\nsource_url: {PROMISED}\n",
    f'<?xml version="1.0"?><en-export><note><content>{SENTENCES}</content><source-url>{PROMISED}</source-url></note></en-export>',
    f'<?xml version="1.0"?><!DOCTYPE note SYSTEM "http://www.eastmoney.com/x.dtd"><note><p>{SENTENCES}</p>{PROMISED}</note>',
)


@pytest.mark.parametrize("text", NOTES)
def test_a_text_beside_an_article_s_address_may_be_one(text: str) -> None:
    with pytest.raises(pages.Unreadable, match=r"what may be articles|title and time"):
        pages.read(Page(url="", body=text.encode()))


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://a.example/notes.md", NOTES[1]),
        ("", NOTES[1].replace(SENTENCES, "题一\n\n题二")),
        ("", NOTES[1].replace("202201142248170578", "cgnjj")),
        ("", f"<!DOCTYPE html><html><head><title>一个网站</title></head><body><p>{SENTENCES}</p><a href={PROMISED}>"),
    ],
)
def test_a_page_of_another_site_may_name_one(url: str, text: str) -> None:
    with pytest.raises(pages.Unreadable, match="not an article") as caught:
        pages.read(Page(url=url, body=text.encode()))
    assert caught.value.is_foreign
