"""Feeds: the site's own gives its posts, others' East Money's articles; an excerpt is no body."""

from html import escape
from urllib.parse import quote

import pytest

from crawler.assemble.merge import merge
from crawler.pages.feed import matches, read
from crawler.pages.unreadable import Unreadable

CODE = "202201142248170578"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
POST = f"https://finews.withounder.com/jiabao/2022/01/14/NW{CODE}.html"
SHARE = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{CODE}"
RENDERED = (
    '<p>一&amp;二</p>\n<p class="em_media">（文章来源：甲报）</p>\n\n'
    f'<p><a href="{SHARE}">{SHARE}</a></p>\n\n<p><a href="//finews.withounder.com/category/jiaBao.html">返回甲报新闻</a>｜'
    '<a href="//finews.withounder.com/">返回首页</a></p>'
)
ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>金融消息</title>{}</feed>'
)
RSS = (
    '<?xml version="1.0"?><!-- x --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>x</title>{}</channel></rss>'
)
ENTRY = (
    f'<entry><title type="html">题 &amp;amp; 目</title><link href="{POST}" rel="alternate" />'
    "<published>2022-01-14T13:02:46+08:00</published>{}"
    '<category term="jiabao" /><category term="甲报新闻" /></entry>'
)
ITEM = f"<item><title>题</title><link>{URL}</link><pubDate>Fri, 14 Jan 2022 05:02:46 GMT</pubDate>{{}}</item>"


@pytest.mark.parametrize("content", [escape(RENDERED), f"<![CDATA[{RENDERED}]]>"])
def test_the_site_s_own(content: str) -> None:
    text = ATOM.format(ENTRY.format(f'<content type="html">{content}</content>'))
    assert matches("", text)
    post = merge(read("", text))
    assert (post.code, post.title, post.time, post.link) == (f"NW{CODE}", "题 & 目", "2022-01-14 13:02:46", SHARE)
    assert (post.category, post.tag) == ("jiaBao", "甲报新闻")
    assert post.body == '<p>一&amp;二</p><p class="em_media">（文章来源：甲报）</p>'


def test_a_summary_of_the_site_is_a_list_s() -> None:
    (article,) = read("", ATOM.format(ENTRY.format("<summary>一…</summary>")))
    assert (article.origin, article.code, article.text) == ("list", f"NW{CODE}", None)


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ("<description>&lt;p&gt;一&lt;/p&gt;</description><dc:creator>甲报</dc:creator>", "<p>一</p>"),
        ("<description>摘要</description><content:encoded><![CDATA[<p>一</p>]]></content:encoded>", "<p>一</p>"),
        ("<description>&amp;lt;p&amp;gt;一&amp;lt;/p&amp;gt;</description>", "&lt;p&gt;一&lt;/p&gt;"),
        ("<description>一。\n（文章来源：甲报）</description>", "一。\n（文章来源：甲报）"),
        ("<content:encoded>一。\n（文章来源：甲报）</content:encoded>", "一。\n（文章来源：甲报）"),
        (
            "<dc:creator>某某</dc:creator><description>一。\n（文章来源：甲报）</description>",
            "一。\n（文章来源：甲报）",
        ),
        ("<description>摘要</description>", None),
        ("<content:encoded>摘要</content:encoded>", None),
        (
            "<content:encoded>&lt;p&gt;摘…&lt;/p&gt;</content:encoded><description>&lt;p&gt;摘要。&lt;/p&gt;</description>",
            "<p>摘要。</p>",
        ),
        (
            '<m:content xmlns:m="m" url="x"/><m:description xmlns:m="m">图</m:description><description>&lt;p&gt;一&lt;/p&gt;</description>',
            "<p>一</p>",
        ),
        ("<description>&lt;p&gt;一...&lt;/p&gt;</description>", None),
        (
            "<description>&lt;p&gt;一。&lt;a href='x'&gt;阅读全文 &amp;gt;&amp;gt;&lt;/a&gt;&lt;/p&gt;</description>",
            None,
        ),
        ("<content:encoded>&lt;p&gt;一。&lt;/p&gt;&lt;p&gt;Read more →&lt;/p&gt;</content:encoded>", None),
        ("<description>&lt;p&gt;市民可阅读全文。&lt;/p&gt;</description>", "<p>市民可阅读全文。</p>"),
        ("", None),
    ],
)
def test_others(held: str, text: str | None) -> None:
    (article,) = read("", RSS.format(ITEM.format(held)))
    assert (article.origin, article.text) == ("article-page" if text else "list", text)
    assert (article.title, article.time) == ("题", "2022-01-14 13:02:46")
    assert article.tag == ("甲报新闻" if "甲报" in held else None)


@pytest.mark.parametrize(
    "text",
    [
        (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>题</title><link href="{URL}"/><content type="xhtml">'
            '<div xmlns="http://www.w3.org/1999/xhtml"><p id="a">一<br/>&amp;二</p><p></p></div></content></entry></feed>'
        ),
        (
            f'<h:feed xmlns:h="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml"><h:entry><h:id>{URL}</h:id>'
            '<h:title>题</h:title><h:link rel="self" href="https://a.example/1"/><h:content type="xhtml"><x:p id="a">一<x:br/>'
            "&amp;二</x:p><x:p/></h:content></h:entry></h:feed>"
        ),
        (
            f'<rss><item><guid isPermaLink="true">{URL}</guid><title>题</title>'
            '<description>&lt;p id="a">一&lt;br/>&amp;amp;二&lt;/p>&lt;p>&lt;/p></description></item></rss>'
        ),
        (
            f"<?xml version='1.0'?><items><item><title>题_东方财富网</title><url>{URL}</url>"
            '<content>&lt;p id="a">一&lt;br/>&amp;amp;二&lt;/p>&lt;p>&lt;/p></content></item></items>'
        ),
    ],
)
def test_where_address_and_body_may_stand(text: str) -> None:
    assert matches("", text)
    (article,) = read("", text)
    assert (article.code, article.title, article.text) == (CODE, "题", '<p id="a">一<br/>&amp;二</p><p></p>')


def test_other_items_are_passed_over() -> None:
    others = "<item><link>https://a.example/1.html</link></item><item><link>http://[</link></item><item/>"
    others += f"<item><title>转载</title><link>https://a.example/a/{CODE}.html</link></item>"
    assert len(read("", RSS.format(others + ITEM.format("")))) == 1
    with pytest.raises(Unreadable, match="not an article"):
        read("", RSS.format(others))


@pytest.mark.parametrize("text", [RSS.format(ITEM.format(""))[:-20], "<rss>&x;</rss>", "<feed><entry></feed>"])
def test_damaged_ones_are_told(text: str) -> None:
    with pytest.raises(Unreadable, match="cut short"):
        read("", text)


@pytest.mark.parametrize("held", ["<p>一。</p>", "一。\n（文章来源：甲报）"])
@pytest.mark.parametrize("name", ["fulltext", "body", "text", "article"])
def test_a_body_in_an_element_that_is_not_known_is_told(name: str, held: str) -> None:
    with pytest.raises(Unreadable, match="where its body is"):
        read("", RSS.format(ITEM.format(f"<description>摘要</description><{name}>{escape(held)}</{name}>")))


def test_the_address_of_an_author_is_no_medium() -> None:
    held = "<description>&lt;p&gt;一&lt;/p&gt;</description><author>a@b.cn (甲报)</author>"
    assert [article.tag for article in read("", RSS.format(ITEM.format(held)))] == ["甲报新闻"]


def test_a_reply_recorded_in_an_item_is_told() -> None:
    recorded = f"<items><item><url>{URL}</url><response>{'PGh0bWw+' * 200}</response></item></items>"
    with pytest.raises(Unreadable, match="nobody can tell where its body is"):
        read("", recorded)
    (article,) = read("", recorded.replace("PGh0bWw+" * 200, "200"))
    assert article.origin == "list"


@pytest.mark.parametrize("url", [URL, POST])
@pytest.mark.parametrize(
    "held",
    [
        "<text>一。\n（文章来源：甲报）\n返回首页</text>",
        f"<html>{escape('<!DOCTYPE html><html><p>一</p></html>')}</html>",
    ],
)
def test_a_text_in_an_element_of_its_own_is_told(url: str, held: str) -> None:
    with pytest.raises(Unreadable, match="nobody can tell where its body is"):
        read("", f"<items><item><url>{url}</url><title>题</title>{held}</item></items>")


def test_a_crawler_s_name_of_the_time() -> None:
    item = f"<item><link>{URL}</link><title>题</title><pub_time>2022-01-14 13:02:46</pub_time></item>"
    (article,) = read("", f"<items>{item}</items>")
    assert article.time == "2022-01-14 13:02:46"


@pytest.mark.parametrize("text", ["长" * 400, "第一段。第二段。", "<value>第一段。</value><value>第二段。</value>"])
@pytest.mark.parametrize("beside", ["", "<description>&lt;p&gt;摘要。&lt;/p&gt;</description>"])
def test_a_whole_text_of_which_nobody_can_tell_where_it_ends_is_told(text: str, beside: str) -> None:
    with pytest.raises(Unreadable, match="nobody can tell"):
        read("", RSS.format(ITEM.format(f"<content:encoded>{text}</content:encoded>{beside}")))


@pytest.mark.parametrize("text", ["<html><rss>", "<?xml version='1.0'?><urlset>", "feed", '{"rss":1}'])
def test_what_is_no_feed(text: str) -> None:
    assert not matches("", text)


@pytest.mark.parametrize(
    "link", [f"https://a.example/go?to={URL}", f"https://a.example/go?to={quote(URL, safe='')}", CODE, f"NW{CODE}"]
)
def test_an_article_behind_another_s_address_is_not_passed_over(link: str) -> None:
    item = ITEM.replace(URL, link)
    with pytest.raises(Unreadable, match="where its body is"):
        read("", RSS.format(item.format("<description>&lt;p&gt;正文&lt;/p&gt;</description>")))
    with pytest.raises(Unreadable, match="names none of our articles"):
        read("", RSS.format(item.format("<description>摘要…</description>")))


def test_a_number_of_another_site_s_names_no_article() -> None:
    item = ITEM.replace(URL, "148372957483957248").format("<description>&lt;p&gt;正文&lt;/p&gt;</description>")
    with pytest.raises(Unreadable, match="names none of our articles"):
        read("", RSS.format(item))
