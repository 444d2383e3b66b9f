"""Article pages of every era give title, time, medium and the body byte for byte; other pages give none."""

import pytest
from pages.eastmoney.article_pages import (
    ANNOUNCED,
    ARTICLE,
    BODY,
    CURRENT,
    DESKTOP_2018,
    ID,
    MEDIA,
    NEW_WAP,
    OLD_WAP,
    URL,
)

from crawler.pages.eastmoney.article_page import matches, read
from crawler.pages.unreadable import Unreadable


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


def test_what_is_more_than_the_rest_is_no_summary() -> None:
    box = f'<div class="abstract"><p>{"联通推进五，订单排到年底。" * 30}</p></div>'
    assert read(URL, CURRENT.replace(BODY, f"{box}<p>联通推进六。</p>"))[0].text == f"{box}<p>联通推进六。</p>{MEDIA}"


def test_old_ids_have_17_digits() -> None:
    url = "http://finance.eastmoney.com/news/1345,20160127589986793.html"
    assert read(url, CURRENT)[0].code == "20160127589986793"


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
    "box", ['<div class="ad"><a>广告</a></div>', '<div class="txtinfos">', '<div id="ContentBody">']
)
def test_paragraphs_behind_another_box_are_not_lost_where_the_article_ends_with_them(box: str) -> None:
    rest = "<p>二期工程明年开工，总投资十亿元。</p>"
    with pytest.raises(Unreadable, match="where the body ends cannot be told"):
        read(URL, CURRENT.replace(MEDIA, f"</div>{box}{rest}{MEDIA}"))
    for others in (
        f"{box}{rest}",
        f'{box}<p>相关阅读</p><ul><li>别的。</ul><p class="em_media">（文章来源：甲报）</p>',
    ):
        assert read(URL, CURRENT.replace(MEDIA, f"</div>{others}"))[0].text == ARTICLE


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


def test_a_heading_that_names_the_site_as_the_page_s_title_does_is_the_title() -> None:
    for said in ("十大金股|东方财富", "券商龙头——东方财富", "早报｜央行降准"):
        page = f'<title>{said}_东方财富网</title><h1>{said}</h1><div id="ContentBody"><p>一</p>{MEDIA}</div>'
        assert [article.title for article in read(URL, page)] == [said]


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
