"""Profiles, titles, digests and placeholders."""

import pytest
from fuzz import HOSTILE
from oracle import dangers

from crawler.body import clean, clean_digest, fill, profile, safe_name, safe_title
from crawler.body.policy import decode_attribute


def test_rules_are_added_and_taken_by_name() -> None:
    body = '<p style="display:none">x</p><!--y--><p>　　z</p>'
    assert clean(body, profile("source", add=["hidden"])).body == "<!--y--><p>z</p>"
    assert clean(body, profile("standard", remove=["comments", "pairs"])).body == "<!--y--><p>　　z</p>"
    assert clean(body, profile("standard")).counts == {"pairs": 1, "hidden": 1, "comments": 1}


@pytest.mark.parametrize("wrong", [("source", ["bogus"], []), ("standard", [], ["bogus"]), ("bogus", [], [])])
def test_a_wrong_name_is_told_with_the_right_ones(wrong: tuple[str, list[str], list[str]]) -> None:
    with pytest.raises(ValueError, match=r"'bogus': there are (archived|source), "):
        profile(*wrong)


@pytest.mark.parametrize(
    "title", ['中国联通 “A&B” · 《x》 1<2 <中> "甲" {乙}', "A  B", "Moody's EPS=3", "100% &amp; 甲：乙？！", "a\\"]
)
def test_harmless_titles_stay(title: str) -> None:
    assert safe_title(title) == title


@pytest.mark.parametrize(("title", "wanted"), [
    ("<b>x", "&lt;b>x"), ("{{x}}{%y%}", "&#123;{x}}&#123;%y%}"), ("a\r\nb\x08\x00", "a b"), ("\ud800", "\ufffd"),
    ('" onclick="x', "&quot; onclick=&quot;x"),
])  # fmt: skip
def test_titles_are_made_harmless(title: str, wanted: str) -> None:
    assert safe_title(title) == wanted


@pytest.mark.parametrize(("name", "wanted"), [
    ("每日经济新闻", "每日经济新闻"), ("Moody's", "Moody's"), ("[x]A&B", "[x]A&B"), ('"甲"', "&quot;甲&quot;"), ("&quot;甲", "&quot;甲"),
    ('报"/tabindex="1"', "报&quot;/tabindex=&quot;1&quot;"), ("x' y='z", "x&#39; y=&#39;z"), ("<b>", "&lt;b>"), ("{{x", "&#123;{x"),
])  # fmt: skip
def test_names_stand_in_attributes(name: str, wanted: str) -> None:
    assert (safe_name(name), safe_name(wanted)) == (wanted, wanted)


@pytest.mark.parametrize("title", ['甲" tabindex="1', "甲' hidden='x", '"甲" rel=opener', '甲"ONCLICK =x'])
def test_no_quote_of_a_title_begins_an_attribute(title: str) -> None:
    assert not set("\"'") & set(safe_title(title))
    assert safe_title(safe_title(title)) == safe_title(title)


@pytest.mark.parametrize("row", HOSTILE)
def test_hostile_titles_and_digests(row: str) -> None:
    title, digest = safe_title(row), clean_digest(row)
    assert (safe_title(title), clean_digest(digest)) == (title, digest)
    assert dangers(f"<h1>{title}</h1>") == dangers(digest) == []
    assert not any(True for text in (title, digest) for sign in ("{{", "{%", "\n\n", "\r\r") if sign in text)


def test_harmless_digests_stay() -> None:
    for text in ("据消息，5月24日。（上海证券报）", "a\nb", "【甲】[乙] 1<2 `c` #d", "a & b"):
        assert clean_digest(text) == text


IMAGES = ["http://a/1?x=1&y=2", ("http://a/2", 578, 276), {"src": "http://a/3", "width": 0, "height": 0}]
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


@pytest.mark.parametrize("query", ["?utm_source=x", "?UTM_SOURCE=x", "?a=1&amp;gclid=y"])
def test_a_plain_body_is_rid_of_tracking_as_any_other_is(query: str) -> None:
    for around in ("<p>{}</p>", "<p>{}</p><table><tr><td>x</td></tr></table>"):  # the cheap look takes the first only
        body = around.format(f'<a href="https://x.example/{query}">y</a>')
        assert query[-4:] not in clean(body, profile("standard")).body


def test_references_are_read_as_browsers_read_them_whatever_their_zeros() -> None:
    assert decode_attribute("a&#000011422_&#0000115;&#x00000041&#0;&#00") == "a\u2c9e_sA\ufffd\ufffd"


BASE = "https://finance.eastmoney.com/a/202201142248170578.html"


@pytest.mark.parametrize(
    ("saved", "with_base", "without"),
    [
        ('<img src="//a.cn/b.jpg" />', '<img src="https://a.cn/b.jpg" />', '<img src="https://a.cn/b.jpg" />'),
        ('<img src="b.jpg" />', '<img src="https://finance.eastmoney.com/a/b.jpg" />', None),
        ('<img src="./题_files/b.jpg" />', None, None),
        ('<img src="../b.files/c.jpg" />', '<img src="https://finance.eastmoney.com/b.files/c.jpg" />', None),
        ('<img src="题_files/GetPic.png" alt="K图 600050_0" />', None, None),
        ('<img src="b/GetPic.png" alt="K图 600050_0" />', None, None),
        ('<a href="x?a=1&amp;b=\'2">甲</a>', '<a href="https://finance.eastmoney.com/a/x?a=1&amp;b=%272">甲</a>', None),
        ('<a href="#x">甲</a><a href="tel:1">乙</a>', None, None),
        ('<img src="../../np-newspic.dfcfw.com/b@a=1" />', '<img src="https://np-newspic.dfcfw.com/b?a=1" />', None),
    ],
)
def test_addresses_are_resolved_where_their_page_is_known(
    saved: str, with_base: str | None, without: str | None
) -> None:
    for base, wanted in ((BASE, with_base), ("", without)):
        body = f"<p>正文{saved}</p>"
        assert clean(body, profile("standard"), base_url=base).body == body.replace(saved, wanted or saved)
