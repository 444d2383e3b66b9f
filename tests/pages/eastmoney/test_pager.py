"""Articles on several pages are joined when all are there, and told otherwise; a page's own head is no body."""

from dataclasses import replace
from itertools import permutations

import pytest

from crawler.assemble.merge import merge
from crawler.assemble.outcome import Rejected
from crawler.assemble.parts import joined
from crawler.items import WHOLE, Article
from crawler.pages.eastmoney.article_page import read
from crawler.sites import MOST_PAGES

CODE = "202201142248170578"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
SECOND, THIRD = (URL.replace(".html", f"_{n}.html") for n in (2, 3))
MEDIA = '<p class="em_media">（文章来源：甲报）</p>'
PAGE = (
    "<title>题目 _ 东方财富网</title><h1>题目</h1>"
    '<div class="infos"><div class="item">2022年01月14日 13:02</div></div><div id="ContentBody">{}</div>{}'
)


def _read(url: str, body: str, behind: str = "") -> Article:
    (article,) = read(url, PAGE.format(body, behind))
    assert article.code == CODE
    return article


@pytest.mark.parametrize(
    ("url", "pager", "behind", "part"),
    [
        (URL, "", "", WHOLE),
        (URL, f'<p><a href="{CODE}_2.html">下一页</a></p>', "", (1, 2)),
        (URL, f'<div>1 <a href="{CODE}_2.html">2</a> <a href="/a/{CODE}_3.html">3</a></div>', "", (1, 3)),
        (URL, "", f'<div class="page"><a href={SECOND}>2</a></div>', (1, 2)),
        (URL, '<p>第1页 <a href="?p=2">第2页</a></p>', "", (1, 2)),
        (URL, '<center>[<a href="javascript:next()">下一页</a>]</center>', "", (1, 2)),
        (URL, '<center>[<a href="javascript:next()">下一頁</a>]</center>', "", (1, 2)),
        (URL, "<div><span>1</span><span>2</span><span>下一页</span></div>", "", (1, 2)),
        (URL, "<ul><li>上一页</li><li>下一页</li></ul>", "", (1, 2)),
        (URL, "<p>公司<span>下一页的故事</span>还在写。</p>", "", WHOLE),
        (URL, "", f'<a href="{CODE}.html?a=1&amp;page=2">乙</a>', (1, 2)),
        (SECOND, f'<p><a href="{CODE}.html">上一页</a></p>', "", (2, 2)),
        (SECOND, f'<p><a href="{CODE}.html">1</a>|2|<a href="{CODE}_3.html">下一页&gt;&gt;</a></p>', "", (2, 3)),
        (f"{URL}?p=2", '<p><a href="?p=1">上一页</a></p>', "", (2, 2)),
        (URL, f'<p><a href="{CODE}-2.html">下一页</a></p>', "", (1, 2)),
        (URL.replace(".html", "-2.html"), f'<p><a href="{CODE}.html">上一页</a></p>', "", (2, 2)),
        (URL, f'<p><b>1</b> <a href="{CODE}.html%3Fp=2.html">2</a></p>', "", (1, 2)),
        (URL, f'<p><b>1</b> <a href="{CODE}.html@p=3.html">3</a></p>', "", (1, 3)),
        (
            URL,
            "",
            f'<div><b>1</b> <a href="{CODE}905b.html">2</a> <a href="{CODE}2207.html?p=3"><b>3</b></a></div>',
            (1, 3),
        ),
        (URL, "", f'<div><a href="{CODE}905b.html">下一页</a></div>', (1, 2)),
        (URL, "", f'<select><option>1<option value="../a/{CODE}905b.html">第 2 页</select>', (1, 2)),
        (URL, "", f'<div>1 <a href="{CODE}_1.html">2</a> <a href="{CODE}_2.html">3</a></div>', (1, 3)),
        (SECOND, "", f'<a href="{CODE}.html">1</a> 2 <a href="{CODE}2207.html">&gt;</a>', (2, 3)),
        (URL, "", f'<a href="{CODE}c166.html">打印</a> <a href="{CODE}1a2b.html">评论 23</a>', WHOLE),
        (URL, '<p><a href="?all=1">余下全文</a></p>', "", (1, 2)),
        (URL, '<p><a href="?all=1">点击展开剩余70%</a></p>', "", (1, 2)),
        (URL, '<p><a href="javascript:;">展开剩余70%</a></p>', "", WHOLE),
        (URL, '<p>其余部分见<a href="?all=1">附件</a></p>', "", WHOLE),
        (URL, f'<p><a href="/a/{CODE}/2.html">2</a></p>', "", (1, 2)),
        (URL, "", f'<p><a href="/a/{CODE}-p2.html">Next</a></p>', (1, 2)),
        (URL, "", f'<a href="{CODE}905b.html">第三页</a> <a href="{CODE}905c.html">第二页</a>', (1, 3)),
        (URL, "", f'<p><a href="{CODE}.html?PageNo=2">乙</a></p>', (1, 2)),
        (URL, "", f'<a href="{CODE}c166.html">12</a> <a href="{CODE}.html">2</a>', WHOLE),
        (URL, "", f'<link rel="next" href="{SECOND}">', (1, 2)),
        (URL, f"<p><input type=button value=下一页 onclick=\"location='{CODE}_2.html'\"></p>", "", (1, 2)),
        (URL, '<p><input type="button" value="下一页" onclick="turn(2)"></p>', "", (1, 2)),
        (URL, f'<select><option>1</option><option value="{CODE}_3.shtml">3</option></select>', "", (1, 3)),
        (URL, "<div><button>1</button><button data-page=2>2</button><button>下一页</button></div>", "", (1, 2)),
        (URL, "<button>下一页</button>", "", (1, 2)),
        (URL, f'<p><a href="{CODE}_2.html">2</a> <a href="{CODE}_10000.html">末页</a></p>', "", (1, MOST_PAGES + 1)),
        (URL, "", "<script>createPageHTML(10000, 0, 'x', 'html')</script>", (1, MOST_PAGES + 1)),
        (URL, '<p><a href="202201142248170579_2.html">2</a></p>', "", WHOLE),
        (URL, '<p><a href="http://[x/?p=2">乙</a></p>', "", WHOLE),
        (URL, f"<p>编号{CODE}-2的文件，下一页有表。</p>", "<style>@page{margin:0}</style>", WHOLE),
    ],
)
def test_pages_tell_which_they_are(url: str, pager: str, behind: str, part: tuple[int, int]) -> None:
    article = _read(url, f"<p>一</p>{pager}{MEDIA}", behind)
    assert article.part == part
    assert article.text == f"<p>一</p>{MEDIA}" if part != WHOLE else article.text


def test_text_beside_a_link_stays() -> None:
    said = f'<p>见<a href="{CODE}_2.html">第2页</a>的表。</p><p>下一页写着结论。</p>'
    assert _read(URL, f'{said}<a href="{CODE}_2.html">下一页</a>').text == said


SAYS = "<p>二：" + "各家企业陆续公布了生产和订单的情况，" * 3 + "</p>"
FIRST = _read(URL, f'<p>一</p><p><a href="{CODE}_2.html">下一页</a></p>{MEDIA}')
MIDDLE = _read(SECOND, f'{SAYS}<p><a href="{CODE}_3.html">下一页</a></p>')
LAST = _read(THIRD, f'<p>三</p><p><a href="{CODE}_2.html">上一页</a></p>{MEDIA}')
REPLY = Article(code=CODE, origin="share", text="<p>全文</p>")


def test_all_pages_are_one_article_in_any_order() -> None:
    for order in permutations((FIRST, MIDDLE, LAST, MIDDLE)):
        assert merge(order).body == f"<p>一</p>{SAYS}<p>三</p>{MEDIA}"


@pytest.mark.parametrize(
    "boxes",
    [
        ('<div><a href="{0}_2.html">Next &raquo;</a></div>', '<div><a href="{0}.html">&laquo; Prev</a></div>'),
        ('<p align="center">第1页 共2页 <a href="{0}_2.html">下页</a></p>', '<p align="center">第2页 共2页 </p>'),
        ('<p>(1/2页) <a href="{0}_2.html">下一页</a></p>', "<p>(2/2页)</p>"),
        ("<ul><li>1</li><li>2</li><li>下一页</li></ul>", "<ul><li>第2页</li></ul>"),
        ('<div class="page"><a href="{0}_2.html">Next page</a></div>', "<div>Page 2 of 2 (共2页)</div>"),
    ],
)
def test_nothing_of_a_pager_is_left(boxes: tuple[str, str]) -> None:
    first, second = (box.format(CODE) for box in boxes)
    pages = [
        _read(URL, f"<p>一</p>{first}"),
        _read(SECOND, f"<p>二{'，各家企业陆续公布了生产和订单的情况' * 3}</p>{second}{MEDIA}"),
    ]
    assert merge(pages).body == f"<p>一</p><p>二{'，各家企业陆续公布了生产和订单的情况' * 3}</p>{MEDIA}"


def test_a_sentence_on_pages_is_no_pager() -> None:
    said = f'<p>见第2页。</p><p>共3页</p><a href="{CODE}_2.html">下一页</a>'
    assert _read(URL, said).text == "<p>见第2页。</p>"


@pytest.mark.parametrize("there", [[FIRST], [MIDDLE], [LAST], [FIRST, MIDDLE], [FIRST, LAST], [MIDDLE, LAST]])
def test_some_pages_are_none(there: list[Article]) -> None:
    with pytest.raises(Rejected, match="cut by a pager: page"):
        merge(there)
    assert merge([*there, replace(REPLY, tag="甲报新闻")]).body == "<p>全文</p>"
    assert all(article.part == WHOLE for article in joined([*there, REPLY]))


def test_pages_of_two_origins_are_not_mixed() -> None:
    phone = [replace(page, origin="wap", text=f"<p>{number}</p>") for number, page in enumerate((MIDDLE, LAST))]
    with pytest.raises(Rejected, match="page 2 of the article is not there"):
        merge([FIRST, *phone])
    assert merge([*phone, FIRST, MIDDLE, LAST]).origin == "article-page"


def test_a_page_that_comes_twice_is_none() -> None:
    with pytest.raises(Rejected, match="two pages of the article say the same"):
        merge([FIRST, replace(MIDDLE, text=FIRST.text), LAST])


@pytest.mark.parametrize(
    ("box", "body"),
    [
        (f'<div class="newsContent"><h1>题目</h1><div class="time">2022-01-14 13:02</div><div class="Body"><p>一</p></div>{MEDIA}</div>', f"<p>一</p>{MEDIA}"),
        ('<div class="newsContent"><h1>题目</h1><div class="time">2022-01-14 13:02</div><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"> <h1>题目</h1> <div class="infos"><b>2022-01-14 13:02</b> <a>来源：甲报</a></div><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><h2>题目</h2><p>2022-01-14 13:02 来源：甲报 作者：李某</p><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><header><h1>题目</h1><time>2022-01-14</time></header><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><h1>题目</h1><p>2022-01-14 13:02 会议在京开始，各方代表到会</p></div>',
         "<p>2022-01-14 13:02 会议在京开始，各方代表到会</p>"),
        ('<div class="newsContent"><p>2022-01-14 13:02 来源：甲报</p><p>一</p></div>', "<p>2022-01-14 13:02 来源：甲报</p><p>一</p>"),
        ('<div class="newsContent"><h1>题目</h1><h2>2022年1月14日</h2><p>一</p></div>', "<h2>2022年1月14日</h2><p>一</p>"),
        ('<div class="newsContent"><h1>题目</h1><div class="time">2022年1月14日</div><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><h1>题目_东方财富网</h1><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><center><h1>题目</h1></center><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><div class="hd"><h1>题目</h1><span>2022-01-14</span></div><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><h1>题目</h1><div class="time">01月14日 13:02</div><p>一</p></div>', "<p>一</p>"),
        ('<div class="newsContent"><h1>题目</h1><p>2022-01-14</p><p>一</p></div>', "<p>2022-01-14</p><p>一</p>"),
        ('<div class="newsContent"><div><h3>题目</h3><p>一</p></div></div>', "<div><h3>题目</h3><p>一</p></div>"),
        ('<div class="newsContent"><header>导语</header><p>一</p></div>', "<header>导语</header><p>一</p>"),
        ('<div class="newsContent"><h2>小标题</h2><p>一</p></div>', "<h2>小标题</h2><p>一</p>"),
        ('<div class="newsContent"><p class="time">2022-01-14 13:02，会议开始。</p></div>',
         '<p class="time">2022-01-14 13:02，会议开始。</p>'),
        ('<div class="newsContent"><p>题目</p><p>一</p></div>', "<p>题目</p><p>一</p>"),
        ('<div class="newsContent"><h1>题目', None),
    ],
)  # fmt: skip
def test_the_page_s_own_head_is_no_body(box: str, body: str | None) -> None:
    source = f"<title>题目 _ 东方财富网</title>{box}"
    if body is None:
        with pytest.raises(Exception, match="truncated"):
            read(URL, source)
        return
    (article,) = read(URL, source)
    assert (article.title, article.text) == ("题目", body)
    assert article.time == ("2022-01-14 13:02:00" if "13:02<" in box or "<h2>题目" in box else None)
