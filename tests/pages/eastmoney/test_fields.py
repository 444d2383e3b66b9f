"""Title, time and medium: read from where the page says them of its own article, not of others."""

import pytest
from pages.eastmoney.article_pages import (
    ARTICLE,
    CURRENT,
    MEDIA,
    URL,
)

from crawler.pages.eastmoney.article_page import read


def test_the_line_with_time_and_medium_is_the_last_before_the_body() -> None:
    other = '<div class="infos"><div class="item">2021年02月03日 04:05</div><div class="item">来源：别的报</div></div>'
    page = (
        CURRENT.replace("<body>", f"<body>{other}")
        .replace(MEDIA, f"{MEDIA}{other}")
        .replace("</html>", f"{other}</html>")
    )
    (article,) = read(URL, page)
    assert (article.time, article.tag) == ("2022-01-14 13:02:00", "人民邮电报新闻")


OTHERS_LINE = (
    '<div class="infos"><div class="item">2022年01月10日 08:00</div><div class="item">来源：假冒日报</div></div>'
)


@pytest.mark.parametrize("decoy", [OTHERS_LINE, OTHERS_LINE.replace("2022年01月10日 08:00", "昨天"), OTHERS_LINE * 2])
def test_of_several_such_lines_the_one_of_the_article_s_day_counts(decoy: str) -> None:
    (article,) = read(
        URL, CURRENT.replace('<div class="contentwrap">', f'<div class="rel">{decoy}</div><div class="contentwrap">')
    )
    assert (article.time, article.tag) == ("2022-01-14 13:02:00", "人民邮电报新闻")


@pytest.mark.parametrize("title", ["资讯", "东方财富网", "财经频道 _ 东方财富网", "东财资讯_手机版"])
def test_a_channel_s_name_is_no_title(title: str) -> None:
    head = f"<title>{title}</title></head><body><a>财经频道</a><h1>第3号公司发布业绩预告净利润大增</h1>"
    page = CURRENT.replace('<div class="title">联通推进 A&amp;B：5G</div>', "")
    page = head + page.partition("<body>")[2]
    assert read(URL, page)[0].title == "第3号公司发布业绩预告净利润大增"


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        ("<h1>频道</h1><h1>第3号公司发布业绩预告净利润大增</h1>", "第3号公司发布业绩预告净利润大增"),
        ('<h1><a href="/">东方财富网</a></h1><h1>第3号公司发布业绩预告</h1>', "第3号公司发布业绩预告"),
        ("", None),
    ],
)
def test_the_site_s_name_alone_is_no_title(headings: str, wanted: str | None) -> None:
    page = CURRENT.replace('<div class="title">联通推进 A&amp;B：5G</div>', headings)
    page = page.replace("联通推进 A&amp;B：5G _ 东方财富网", "手机东方财富网")
    assert read(URL, page)[0].title == wanted


@pytest.mark.parametrize("title", ["n<P值", "若x<y且y>z则", "甲<i的情形", "G<!--H", "P<0.05", "&lt;b&gt;甲"])
def test_a_sign_in_a_title_ends_nothing(title: str) -> None:
    page = (
        CURRENT.replace("联通推进 A&amp;B：5G", title)
        .replace('<div class="title">', "<h1>")
        .replace(f"{title}</div>", f"{title}</h1>")
    )
    (article,) = read(URL, page)
    assert (article.title, article.time) == (title.replace("&lt;b&gt;", "<b>"), "2022-01-14 13:02:00")
    assert (article.text or "").startswith(ARTICLE + MEDIA)


@pytest.mark.parametrize(
    ("spelled", "time"),
    [
        ("2022/1/14 13:02", "2022-01-14 13:02:00"),
        ("01月14日 13:02", "2022-01-14 13:02:00"),
        ("美东时间01月14日 00:02", "2022-01-14 13:02:00"),
        ("01-14 00:02（美东时间）", "2022-01-14 13:02:00"),
        ("1-13 08:05", "2022-01-13 08:05:00"),
        ("12-31 23:59", None),
        ("昨天 13:02", None),
    ],
)
def test_a_time_without_a_year_is_of_the_year_in_which_it_is_near_the_id_s_day(spelled: str, time: str | None) -> None:
    (article,) = read(URL, CURRENT.replace("2022年01月14日 13:02", spelled))
    assert article.time == time


def test_the_turn_of_the_year_is_near() -> None:
    page, url = CURRENT.replace("2022年01月14日 13:02", "12-31 23:59"), URL.replace("20220114", "20220101")
    assert read(url, page)[0].time == "2021-12-31 23:59:00"


LINE = '<div class="infos"><div class=" item">2022年01月14日 13:02</div>\n<div class="item">来源：<a href="#">人民邮电报</a></div><div class="item">作者：张三</div></div>'


@pytest.mark.parametrize(
    ("beside", "time"),
    [
        ('<span class="time">2022-01-14 09:08:07</span>', "2022-01-14 09:08:07"),
        ('<time datetime="2022-01-14T09:08:07+08:00">昨天</time>', "2022-01-14 09:08:07"),
        ("<p>发布于 2022-01-14 09:08</p>", "2022-01-14 09:08:00"),
        ("<p>发布于 2019-01-14 09:08</p>", None),
        ('<script>{"datePublished":"2022-01-14T01:08:07Z"}</script>', "2022-01-14 09:08:07"),
        ("", None),
    ],
)
def test_without_the_line_the_time_is_read_from_beside_it_if_it_fits_the_id(beside: str, time: str | None) -> None:
    assert LINE in CURRENT
    assert read(URL, CURRENT.replace(LINE, beside))[0].time == time


@pytest.mark.parametrize(
    ("beside", "closing", "tag"),
    [
        (LINE, MEDIA, "人民邮电报新闻"),
        (LINE.replace("人民邮电报", "上海证券报 李四"), MEDIA, "上海证券报新闻"),
        (LINE.replace("人民邮电报", "上海证券报社"), MEDIA, "上海证券报社新闻"),
        (LINE.replace("来源：", ""), MEDIA, "上海证券报新闻"),
        (LINE.replace("来源：", ""), "", "人民邮电报新闻"),
        ('<div class="source">甲报</div>', "", "甲报新闻"),
        ('<div class="source" data-source="乙报">来源：</div>', "", "乙报新闻"),
        (
            '<div class="Info"><span>2022-01-14 13:02</span><span>来源：</span><a>丙报</a><i>编辑：丁</i></div>',
            "",
            "丙报新闻",
        ),
        ('<div class="infos">2022-01-14 13:02　来源：丙报 评论(12)</div>', MEDIA, "上海证券报新闻"),
        ('<div class="Info">2022-01-14 13:02 来源：</div><p>分享到</p>', "", None),
        ('<!-- <div class="Info">来源：丙报</div> -->', "", None),
        ("", "", None),
    ],
)
def test_the_medium_is_the_one_that_is_said_to_be_it(beside: str, closing: str, tag: str | None) -> None:
    page = CURRENT.replace(LINE, beside).replace(MEDIA, closing)
    assert read(URL, page)[0].tag == tag
