"""Article pages of every era give title, time, medium and the body byte for byte; other pages give none."""

import pytest

from crawler import sites
from crawler.pages.eastmoney.article_page import matches, read
from crawler.pages.eastmoney.eras import ERAS, Era
from crawler.pages.unreadable import Unreadable

ID = "202201142248170578"
URL = f"https://finance.eastmoney.com/a/{ID}.html"
BODY = "\n<!--文章主体-->\n<p>　　中国联通&amp;联通<img src=\"http://x/GetPic.aspx?nid=1.600050&timespan=1\" alt='a'></p><BR>"
ARTICLE = BODY.removeprefix("\n<!--文章主体-->")
MEDIA = '<p class="em_media">（文章来源：上海<span id="bk_90.BK0473">证券</span>报）</p>'

CURRENT = f"""<!DOCTYPE html><html><head><title>联通推进 A&amp;B：5G _ 东方财富网</title></head><body>
<div class="title">联通推进 A&amp;B：5G</div><div class="infos"><div class=" item">2022年01月14日 13:02</div>
<div class="item">来源：<a href="#">人民邮电报</a></div><div class="item">作者：张三</div></div>
<div class="contentwrap"><div class="txtinfos" id="ContentBody" style="margin-top:0;">{BODY}{MEDIA}</div></div>
<div class="zwothers"><p>x</p></div></body></html>"""
DESKTOP_2018 = f"""<html><body><div class="newsContent"><h1>联通推进 A&amp;B：5G</h1><div class="time">2022年01月14日 13:02</div>
<div class="b-review">摘要</div><div class="Body" id="ContentBody">{BODY}{MEDIA}</div></div></body></html>"""
ANNOUNCED = f"""<html><head><title>联通推进 A&amp;B：5G _ 财经 _ 东方财富网</title></head><body><div><span>2022-01-14 13:02:00</span>
<!--文章主体-->{BODY}{MEDIA}<div class="zwothers">x</div></div></body></html>"""
OLD_WAP = f"""<html><body><div class="atitle">联通推进 A&amp;B：5G</div><div class="time">2022/01/14 13:02:00</div>
<article id="zwtext">{BODY}{MEDIA}</article></body></html>"""
NEW_WAP = f"""<html><head><title>联通推进 A&amp;B：5G_手机东方财富网</title></head><body><p>2022年01月14日 13:02</p>
<div class="article"><div class="txtinfos">{BODY}{MEDIA}</div></div></body></html>"""


@pytest.mark.parametrize(
    ("url", "page", "medium"),
    [
        (URL, CURRENT, "人民邮电报"),
        (f"http://stock.eastmoney.com/news/1350,{ID}.html", DESKTOP_2018, "上海证券报"),
        (URL, ANNOUNCED, "上海证券报"),
        (f"http://wap.eastmoney.com/3g/news/article,8,344,1,{ID}.shtml", OLD_WAP, "上海证券报"),
        (f"https://wap.eastmoney.com/a/{ID}.html", NEW_WAP, "上海证券报"),
        ("", CURRENT.replace("<head>", f'<head><link rel="canonical" href="{URL}">'), "人民邮电报"),
    ],
)
def test_eras(url: str, page: str, medium: str) -> None:
    assert matches(url, page)
    (article,) = read(url, page)
    assert (article.code, article.title, article.time) == (ID, "联通推进 A&B：5G", "2022-01-14 13:02:00")
    origin = "wap" if "//wap." in url else "article-page"
    assert (article.tag, article.link, article.origin, article.kind) == (f"{medium}新闻", None, origin, None)
    assert article.text == ARTICLE + MEDIA


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.container.value)
def test_every_era_s_example_is_read(era: Era) -> None:
    (article,) = read(URL, era.example)
    assert (article.title, article.text) == ("题", "<p>正文</p>")
    (twice, _) = read(
        "", "".join(f'<html><link rel="canonical" href="{URL[:-6]}{n}.html">{era.example}</html>' for n in (7, 8))
    )
    assert twice.text == "<p>正文</p>"


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        ('<div class="b-review">\n 摘要</div>', ""),
        ('<div class="abstract">摘要<div class="b-review">内容</div></div>', ""),
        ('<!--原文标题-->\n<p>原标题：题</p>\n<!--摘要--><div class="b-review">摘要</div>\n', ""),
        ('<!--摘要--><div class="abstract">摘要</div>\n原标题：题\n', ""),
        ("<p>原标题：题</p>", ""),
        ("<p>正文在前。</p>", "<p>正文在前。</p><!--文章主体-->"),
        (
            '<p>正文在前。</p><div class="b-review">引文</div>',
            '<p>正文在前。</p><div class="b-review">引文</div><!--文章主体-->',
        ),
        (
            '<div class="b-review"><div><div>x</div></div></div>',
            '<div class="b-review"><div><div>x</div></div></div><!--文章主体-->',
        ),
    ],
)
def test_a_summary_before_the_body_is_the_page_s(lead: str, kept: str) -> None:
    page = CURRENT.replace(BODY, f"{lead}<!--文章主体--><p>联通推进五。</p>")
    assert read(URL, page)[0].text == f"{kept}<p>联通推进五。</p>{MEDIA}"


def test_a_summary_that_nothing_follows_to_announce_the_body() -> None:
    page = CURRENT.replace(BODY, '\n<div class="b-review">\n摘要</div>\n<p>联通推进五。</p>')
    assert read(URL, page)[0].text == f"\n<p>联通推进五。</p>{MEDIA}"


def test_old_ids_have_17_digits() -> None:
    url = "http://finance.eastmoney.com/news/1345,20160127589986793.html"
    assert read(url, CURRENT)[0].code == "20160127589986793"


_WAP = "https://wap.eastmoney.com/a/202201142248170578.html"


@pytest.mark.parametrize(
    "told",
    [
        f'<meta name="mobile-agent" content="format=html5; url={_WAP}">',
        f'<link rel="alternate" media="only screen and (max-width: 640px)" href="{_WAP}">',
        f'<link href="{_WAP}" rel=amphtml>',
        f'<base href="{URL}">',
        '<script>var newsid = "202201142248170578";</script>',
        '<input type="hidden" id="art_code" value="202201142248170578">',
        '<script>x({"infoCode":"NW202201142248170578"})</script>',
    ],
)
def test_a_page_without_an_address_names_its_twin_or_its_id(told: str) -> None:
    (article,) = read("", CURRENT.replace("<head>", f"<head>{told}"))
    assert (article.code, article.url) == ("202201142248170578", sites.article_url("202201142248170578"))
    for other in (
        told.replace("20220114", "20220115"),
        told + told.replace("0578", "0579"),
        '<a href="//x/?infoCode=NW202201142248170578">',
    ):
        with pytest.raises(Unreadable, match="no news id"):
            read("", CURRENT.replace("<head>", f"<head>{other}"))


@pytest.mark.parametrize(
    ("url", "page", "reason"),
    [
        ("https://caifuhao.eastmoney.com/news/20190124053117311720040", CURRENT, "not an article: caifuhao column"),
        ("https://guba.eastmoney.com/news,600050,1234567890.html", CURRENT, "not an article: forum post"),
        (URL, '<html><div id="zw_body">post</div></html>', "not an article: forum post"),
        (URL, '<html><div class="article page-article">x</div></html>', "not an article: caifuhao column"),
        (URL, "<html><p>404</p></html>", "no body on an article.s page"),
        (URL, "", "no body on an article.s page"),
        (
            "",
            f"<html><title>早报</title><p>东方财富网</p><div><p>一</p>{MEDIA}</div></html>",
            "place that is not known",
        ),
        (URL, CURRENT.replace(BODY, "\n\n").replace(MEDIA, "<p>&nbsp;</p>"), "the page's body is empty"),
        (URL, CURRENT[: CURRENT.index(MEDIA)], "truncated: the body does not end"),
        (URL, ANNOUNCED[: ANNOUNCED.index('<div class="zwothers"')], "truncated: the body does not end"),
        ("", CURRENT, "no news id: neither the URL nor the page tells it"),
    ],
)
def test_no_article(url: str, page: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(url, page)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://finance.sina.com.cn/a/202201142248170578.html", CURRENT),
        ("https://finance.eastmoney.com/a/czqyw.html", CURRENT),
        ("https://quote.eastmoney.com/sh600050.html", CURRENT),
        (URL, '{"rc":1}'),
        ("", "<html><title>别处的新闻</title>"),
    ],
)
def test_pages_of_others(url: str, page: str) -> None:
    assert not matches(url, page)


def test_a_container_that_never_closes_ends_at_its_last_paragraph() -> None:
    page = CURRENT.replace(f"{MEDIA}</div></div>", f'{MEDIA}<p class="res-edit">（责任编辑：1）</p>').replace(
        '<div class="zwothers"><p>x</p></div>', "<p>无关</p>"
    )
    assert read(URL, page)[0].text == f'{ARTICLE}{MEDIA}<p class="res-edit">（责任编辑：1）</p>'


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
    "rest",
    [
        "<h2>小标题</h2><p>后文</p>",
        "<table><tr><td>表</td></tr></table>",
        "<ul><li>一</ul>后文",
        '<center><img src="x" /></center>',
        "<blockquote>引</blockquote><br />",
        "<div><p>盒</p></div><p>后</p>",
        "散文字<a href='x'>链</a><!-- EM_StockImg_Start --><p><img src='y' /></p><!-- EM_StockImg_End -->&nbsp;",
    ],
)
def test_a_stray_end_cuts_no_prose_off(rest: str) -> None:
    (article,) = read(URL, CURRENT.replace(MEDIA, f"</div>{rest}{MEDIA}"))
    assert article.text == f"{ARTICLE}{rest}{MEDIA}"


def test_a_script_behind_a_stray_end_hides_no_prose() -> None:
    (article,) = read(URL, CURRENT.replace(MEDIA, f"</div><script>if (a<b) x()</script><p>后</p>{MEDIA}"))
    assert (article.text or "").endswith(f"<script>if (a<b) x()</script><p>后</p>{MEDIA}")


@pytest.mark.parametrize("rest", ["<p>后文</p></div><p>再后</p>", "<p>后文</p><div class='x'>框</div><p>再后</p>"])
def test_prose_behind_a_stray_end_is_not_lost_in_silence(rest: str) -> None:
    with pytest.raises(Unreadable, match="where the body ends cannot be told"):
        read(URL, CURRENT.replace(MEDIA, f"</div>{rest}{MEDIA}"))


@pytest.mark.parametrize(
    "behind",
    [
        '<p class="res-edit">编辑</p>',
        "<ul><li>相关</ul>" + '<p class="res-edit">编辑</p>',
        "<script>x</script><p>x</p>",
    ],
)
def test_what_follows_a_whole_body_is_no_part_of_it(behind: str) -> None:
    (article,) = read(URL, CURRENT.replace(f"{MEDIA}</div>", f"{MEDIA}</div>{behind}"))
    assert article.text == ARTICLE + MEDIA


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
    ("said", "title"),
    [
        ("云杉科技开工_股票频道_东方财富网", "云杉科技开工"),
        ("云杉科技开工｜东方财富网", "云杉科技开工"),
        ("云杉科技开工 – 东方财富网", "云杉科技开工"),
        ("云杉科技开工 - 东方财富网财经频道", "云杉科技开工"),
        ("云杉科技开工（东方财富网）", "云杉科技开工"),
        ("云杉科技开工_eastmoney.com", "云杉科技开工"),
        ("云杉科技开工_新闻_东方财富网_手机", "云杉科技开工"),
        ("基金重仓股名单——东方财富_东方财富网", "基金重仓股名单——东方财富"),
        ("云杉科技获东方财富网（300059）持股_东方财富网", "云杉科技获东方财富网（300059）持股"),
        ("云杉科技|东方财富网络|开工", "云杉科技|东方财富网络|开工"),
    ],
)
def test_the_site_s_name_is_no_part_of_a_title(said: str, title: str) -> None:
    (article,) = read(URL, f'<title>{said}</title><div id="ContentBody"><p>一</p>{MEDIA}</div>')
    assert article.title == title
