"""Placeholders of pictures and links are filled, and nothing that runs comes in with them."""

import pytest

from crawler.body import clean, fill, profile

IMAGES = [
    "http://a/1?x=1&y=2",
    {"src": "http://a/2", "width": 578, "height": "276"},
    {"src": "http://a/3", "width": 0, "height": 0},
]


LINKS = [
    {"text": "A&B", "url_m": "http://m", "url_w": "http://w"},
    {"text": "乙", "url_w": "http://w", "style": "color:red"},
    {"text": "丙"},
]


@pytest.mark.parametrize(("body", "wanted"), [
    ("<!--IMG#5--><!-- img#0 -->", '<img src="http://a/1?x=1&y=2" /><img src="http://a/2" width="578" height="276" />'),
    ("<!-- EM_StockImg_Start --><!--IMG#0--><!-- EM_StockImg_End -->",
     '<!-- EM_StockImg_Start --><img src="http://a/1?x=1&y=2" /><!-- EM_StockImg_End -->'),
    ("<!-- EM_StockImg_Start --><img><!-- EM_StockImg_End --><!--IMG#0-->",
     '<!-- EM_StockImg_Start --><img><!-- EM_StockImg_End --><img src="http://a/2" width="578" height="276" />'),
    ('<!-- EM_StockImg_Start --><a href="x"><img src="x" alt="K图 1_0" /></a><!-- EM_StockImg_End --><!--IMG#0-->',
     '<!-- EM_StockImg_Start --><a href="x"><img src="http://a/1?x=1&y=2" alt="K图 1_0" /></a><!-- EM_StockImg_End --><img src="http://a/2" width="578" height="276" />'),
    ("<!-- EM_StockImg_Start --><p>段落</p><!-- EM_StockImg_End --><!--IMG#0-->",
     '<!-- EM_StockImg_Start --><p>段落</p><!-- EM_StockImg_End --><img src="http://a/1?x=1&y=2" />'),
    ("<!-- EM_StockImg_Start --><!--IMG#0--><p>段落</p><!--IMG#1--><!-- EM_StockImg_End -->",
     '<!-- EM_StockImg_Start --><img src="http://a/1?x=1&y=2" /><p>段落</p><img src="http://a/2" width="578" height="276" /><!-- EM_StockImg_End -->'),
    ('<!-- EM_StockImg_Start --><p><img src="//b/c" /></p><p>段落</p><!-- EM_StockImg_End --><!--IMG#1-->',
     '<!-- EM_StockImg_Start --><p><img src="//b/c" /></p><p>段落</p><!-- EM_StockImg_End --><img src="http://a/2" width="578" height="276" />'),
    ('<!-- EM_StockImg_Start --><img src="//b/c" /><!-- EM_StockImg_End -->',) * 2,
    ('<a href="http://x"> <!--IMG#1--></a>', '<img src="http://a/1?x=1&y=2" />'),
    ("<!--IMG#0-->" * 4, '<img src="http://a/1?x=1&y=2" /><img src="http://a/2" width="578" height="276" /><img src="http://a/3" />'),
    ('<span id="stock_6007171"><!--Link#0--></span>', '<span id="stock_6007171"><a href="http://m">A&amp;B</a></span>'),
    ('<span id="Info.352"><!--Link#0--></span>', '<span id="Info.352">A&amp;B</span>'),
    ("<!-- LINK#1 --><!--Link#2--><!--Link#3-->", '<a href="http://w" style="color:red">乙</a>丙'),
    ("<!--Link#99999999999--><!--IMG#-->x", "<!--Link#99999999999--><!--IMG#-->x"),
])  # fmt: skip
def test_placeholders(body: str, wanted: str) -> None:
    assert fill(body, IMAGES, LINKS) == wanted


def test_pictures_with_labels_take_the_place_of_these() -> None:
    images = [{"label": f"<!--IMG#{n}-->", "src": f"http://a/{n}"} for n in range(3)]
    assert fill("<!--IMG#0-->甲<!--IMG#2-->", images, []) == '<img src="http://a/0" />甲<img src="http://a/2" />'
    assert fill("<!--IMG#0-->甲<!-- IMG#2 -->", images, []) == '<img src="http://a/0" />甲<img src="http://a/1" />'


def test_advertisements_among_the_pictures_are_known_as_such() -> None:
    images = [
        {"src": "http://a/1", "class": "em_handle_adv_close", "width": 5},
        {"src": "http://a/2", "class": '"><b>'},
    ]
    filled = fill("<p><!--IMG#0--></p><p>正文<!--IMG#1--></p>", images, [])
    assert (
        filled
        == '<p><img src="http://a/1" class="em_handle_adv_close" width="5" /></p><p>正文<img src="http://a/2" /></p>'
    )
    assert clean(filled, profile("standard")).body == '<p>正文<img src="http://a/2" /></p>'
    linked = fill('<p><a href="https://acttg.eastmoney.com/pub/x"><!--IMG#1--></a></p><p>正文</p>', images, [])
    assert clean(linked, profile("standard")).body == "<p>正文</p>"


def test_placeholders_never_bring_in_anything_that_runs() -> None:
    assert fill("<!--IMG#0-->", ["javascript:x"], []) == ""
    assert fill("<!--Link#0-->", [], [{"text": "<b>", "url_m": "javascript:x"}]) == "&lt;b&gt;"
    assert fill("<!--IMG#0-->", ['x" onerror="y'], []) == '<img src="x%22 onerror=%22y" />'
