"""The head of a page inside a body's element: where the article itself begins."""

import pytest

from crawler.pages.eastmoney.page_head import has_heading, head_end

BODY = "<p>正文一段，说了一些事情。</p>"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<h1>题</h1>",
        "<h1><a href='x'>题</a></h1>\n",
        '<div class="title">题</div>',
        '<h1>题</h1><div class="infos">2022年01月14日 13:02 来源：甲报</div>',
        "<h1>题</h1><p>2022-01-14 13:02</p>",
        "<h1>题</h1><p>2022-01-14 13:02　来源：甲报</p>",
        '<div class="time">2022-01-14</div>',
        '<time datetime="2022-01-14T13:02:46+08:00">昨天</time>',
        '<time datetime="2022-01-14T13:02:46+08:00">3小时前</time>',
        "<header><h1>题</h1><p>2022-01-14 13:02</p></header>",
        '<div class="tipbox"></div>',
        "<h1>题</h1><h3>发布时间：2022-01-14 13:02</h3>",
        "<h1>题</h1><h3>2022-01-14 13:02 来源：甲报</h3>",
        '<h1>题</h1><p class="info">甲报 2022年01月14日 13:02 浏览 12</p>',
        '<div class="source">文章来源：甲报</div>',
        "<h1>题</h1><h3>第一财经 2022-01-14 13:02</h3>",
        "<h1>题</h1><p>2022-01-14 13:02发布</p>",
        "<h1>题</h1><p>北京时间2022年1月14日 13:02</p>",
        '<h1>题</h1><div class="infos">1月14日 13:02 来源：甲报</div>',
        '<div class="title">题</div><div class="title-info">2022-01-14 13:02 浏览 12</div>',
    ],
)
def test_what_is_the_page_s_is_passed(head: str) -> None:
    source = f"<div>{head}{BODY}</div>"
    assert source[head_end(source, 5, len(source) - 6, "题") : -6].strip() == BODY


@pytest.mark.parametrize(
    "begin",
    [
        "<h1>另一题</h1>",
        "<h2>小标题</h2>",
        "<p>2022-01-14 13:02</p>",
        '<div class="info">公司说，2022年01月14日 13:02起停牌。</div>',
        '<div class="author">张三，高级研究员</div>',
        "<header><h1>题</h1><p>正文。</p></header>",
        "散文字<h1>题</h1>",
        "<!-- 甲 --><h1>题</h1>",
        '<div class="title">题',
        "<h2>2022年1月14日 9:30 甲股三大指数集体高开</h2>",
        '<p class="title">2022年1月14日 9:30 甲股三大指数集体高开</p>',
        '<p class="info">发布会定于2022年1月17日10:00举行</p>',
        "<h3>发布会定于2022年1月17日 10:00 举行</h3>",
        "<h2>新能源龙头走强</h2>",
        "<h3>文章来源不明</h3>",
        '<div class="source-note">来源：公司公告，二期工程明年开工</div>',
        "<h3>资料来源：国家统计局</h3>",
        '<p class="title">联网能源股走强</p>',
        "<h2>近日，某券商（来源：公司官网）公布业绩快报</h2>",
        '<time datetime="2022-01-14T13:02:46+08:00">本报记者 李某 北京报道</time>',
    ],
)
def test_what_the_article_begins_with_stays(begin: str) -> None:
    source = f"<div>{begin}{BODY}</div>"
    assert head_end(source, 5, len(source) - 6, "题") == 5


TITLE = "青禾股份新产线顺利投产"
WAY = '<div class="crumb"><a href="/">首页</a> &gt; <a href="/a/cgnjj.html">国内经济</a> &gt; 正文</div>'


@pytest.mark.parametrize(
    "head",
    [
        f"{WAY}<h1>{TITLE}</h1>",
        f'<p style="text-align:center"><strong>{TITLE}</strong></p><p>2022-01-14 13:02　来源：甲报</p>',
        f"<div><font>{TITLE}</font></div><div>时间：2022-01-14 13:02</div>",
        f"<span>{TITLE}</span><span>2022-01-14 13:02:00</span>",
        f"<header><h1>{TITLE}</h1><p><time>1月14日 13:02</time> · 甲报 · 阅读 3.2万</p></header>",
    ],
)
def test_what_names_and_dates_the_page_is_passed(head: str) -> None:
    source = head + BODY
    assert source[head_end(source, 0, len(source), TITLE) :] == BODY


@pytest.mark.parametrize(
    "begin",
    [
        f"<p><strong>{TITLE}</strong></p>",
        f"<p>{TITLE}</p><p>2022-01-14 13:02，公司公告称产线投产。</p>",
        f"<p>编者按：甲 &gt; 乙。</p><h1>{TITLE}</h1>",
        f"<p>甲 &gt; 乙</p><h1>{TITLE}</h1>",
        f"{WAY}<h1>另一题</h1>",
        f"<p>{TITLE}",
    ],
)
def test_what_only_looks_like_the_page_s_stays(begin: str) -> None:
    source = begin + BODY
    assert head_end(source, 0, len(source), TITLE) == 0


def test_a_line_of_time_behind_the_heading_is_the_page_s_and_a_sentence_is_not() -> None:
    for line in (
        "2022-01-14 13:02，公司公告称产线已经全部投产，订单排到年底",
        "2022-01-14 13:02，资金源于公司自己，订单已经排到明年年底",
    ):
        source = f"<h1>题</h1><p>{line}</p>"
        assert source[head_end(source, 0, len(source), "题") :].startswith("<p>2022"), line


def test_a_heading_with_a_time_and_more_than_a_name_is_the_article_s() -> None:
    source = "<h1>题</h1><h2>2022年1月14日 9:30 甲股三大指数集体高开</h2>"
    assert source[head_end(source, 0, len(source), "题") :].startswith("<h2>")


def test_a_sentence_that_tells_a_time_is_none_behind_the_heading() -> None:
    for line in ("发布会定于2022年1月17日10:00举行", "2022年1月17日 10:00举行发布会"):
        source = f"<h1>题</h1><p>{line}</p>"
        assert source[head_end(source, 0, len(source), "题") :].startswith("<p>"), line


def test_a_heading_is_told_among_the_first_elements() -> None:
    for source, is_one in (
        ("<div><h1>题</h1>", True),
        ("<DIV><H1>题", True),
        ("<p>" * 5 + "<h1>", True),
        ("<p>" * 6 + "<h1>", False),
        ("<h2>题</h2><!--<h1>-->", False),
        ("", False),
    ):
        assert has_heading(source, 0, len(source)) == is_one, source
