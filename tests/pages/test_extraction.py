"""Texts that were taken off an article's page: read where article, title, time and end are clear, else told why not."""

from dataclasses import replace

import pytest

from crawler import pages
from crawler.assemble.merge import merge, worse_origins
from crawler.items import Article, Page
from crawler.pages import Unreadable
from crawler.sites import article_url, digits

CODE = "202201142248170578"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
POST = f"https://finews.withounder.com/jiabao/2022/01/14/NW{CODE}.html"
SAID = "新产线已经投产，订单排到年底。"
TITLE, LINE, END = "青禾股份投产", "2022年01月14日 13:02 来源：甲报 作者：李某", "（文章来源：甲报）"
BODY = f'<p>{SAID}</p><p class="em_media">{END}</p>'
WAYS = {
    "fields": f'---\ntitle: "{TITLE}"\nurl: {URL}\nhostname: eastmoney.com\ndate: 2022-01-14 13:02\n---\n{SAID}\n{END}',
    "a clipping": f'---\ntitle: "{TITLE}"\nsource: "{URL}?a=1"\nauthor:\n  - "[[甲]]"\npublished: 2022-01-14\ntags:\n  - "x"\n---\n# {TITLE}\n\n{LINE}\n\n{SAID}\n\n{END}',
    "a clipping of another day": f'---\ntitle: "{TITLE} _ 东方财富网"\nsource: "{URL}"\nauthor:\npublished:\ncreated: 2022-03-02\ntags:\n  - "x"\n---\n{LINE}\n\n{SAID}\n\n{END}',
    "a note with an excerpt": f"---\ncreated: 2022-01-14T20:20:33 (UTC +08:00)\ntags: []\nsource: {URL}\nauthor: \n---\n\n# {TITLE} _ 东方财富网\n\n> ## Excerpt\n> {SAID}\n\n---\n{LINE}\n\n{SAID}\n\n{END}",
    "a reader": f"Title: {TITLE}_东方财富网\n\nURL Source: {URL}\n\nPublished Time: 2022-01-14T13:02:00+08:00\n\nMarkdown Content:\n{SAID}\n\n{END}",
    "lines": f"{URL}\r\n{TITLE}\r\n{LINE}\r\n　　{SAID}\r\n{END}",
    "title first": f"\ufeff# {TITLE}\n<{URL}>\n2022-01-14 13:02\n\n{SAID}\n\n{END}\n",
    "a share link": f"{TITLE}\nhttp://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{CODE}\n{LINE}\n{SAID}\n{END}",
    "a post's address": f"{TITLE}\nhttps://finews.withounder.com/jiabao/2022/01/14/NW{CODE}.html\n{LINE}\n{SAID}\n{END}",
    "a saver's fields": f"title: {TITLE}\nsource: {URL}\ndate: 2022-01-14 13:02\nauthor: 东方财富研究中心\neditor: 张某\ntags: 财经,股票\n{SAID}\n{END}",
    "a record in YAML": f"url: {URL}\ntitle: {TITLE}\ndate: 2022-01-14 13:02\ncontent: |-\n  {SAID}\n  {END}",
    "names of fields": f"**标题**：{TITLE}\n**链接**：{URL}\n**时间**：2022-01-14 13:02\n**来源**：甲报\n\n{SAID}\n\n{END}",
    "a post of another site": f"---\ntitle: {TITLE}\ntags: [a, b]\nlink: {URL}\ndate: 2022-01-14 13:02\n---\n{SAID}\n\n{END}",
    "labels": f"标题：{TITLE}\n链接：{URL}\n时间：2022-01-14 13:02\n来源：甲报\n正文：\n{SAID}\n{END}",
    "labels in line": f"标题: {TITLE}\n网址: {URL}\n发布日期: 2022-01-14 13:02\n内容: {SAID}\n{END}",
    "a rule": f"标题：{TITLE}\n链接：{URL}\n时间：2022-01-14 13:02\n{'-' * 20}\n{SAID}\n{END}",
    "quoted fields": f"# {TITLE}\n\n> 来源: 甲报\n> 时间: 2022-01-14 13:02\n> 原文链接：{URL}\n\n{SAID}\n\n{END}",
    "names in quotes": f'---\n"title": "{TITLE}"\n"original_url": "{URL}"\n"pub_date": "2022-01-14 13:02"\n---\n{SAID}\n{END}',
    "a page's way and end": f"---\ntitle: {TITLE}\nsourceUrl: '{URL}'\ndate: 2022-01-14\n---\n首页 > 财经 > 正文\n\n# {TITLE}\n\n{LINE[:17]}\n\n来源：甲报\n\n{SAID}\n\n{END}\n\n## 网友评论\n\n涨停了！\n\n郑重声明：本网发布此内容旨在传播更多信息，与本站立场无关，不构成投资建议，据此操作风险自担。\n\n举报",
    "a post's own end": f"---\ntitle: {TITLE}\nurl: {POST}\ndate: 2022-01-14 13:02\n---\n{SAID}\n\n{END}\n\nhttp://finews.zning.xyz/html\\_News/NewsShare.html?infoCode=NW{CODE}\n\n返回甲报新闻｜返回首页",
    "a page without its heading": f"---\ntitle: {TITLE}\nurl: {POST}\n---\n## [金融消息](https://finews.withounder.com/)\n\n(GMT+8, Asia/Shanghai, CST) 2022-01-14 13:02:00\n\n{SAID}\n\n{END}",
    "a program's time": f"# {TITLE}\n\nPublished Jan 14, 2022, 5:02 AM\n\nSource: [{POST}]({POST})\n\n## [金融消息](https://finews.withounder.com/)\n\n(GMT+8, Asia/Shanghai, CST) 2022-01-14 13:02:00\n\n## {TITLE}\n\n{SAID}\n\n{END}\n\n[http://choicewzp1.eastmoney.com/html\\_News/NewsShare.html?infoCode=NW{CODE}](http://choicewzp1.eastmoney.com/html_News/NewsShare.html?infoCode=NW{CODE})\n\n[返回甲报新闻](http://finews.withounder.com/category/jiabao.html)｜[返回首页](http://finews.withounder.com/)\n\ntags: _甲报新闻_",
}  # fmt: skip


def _read(text: str, url: str = "") -> Article:
    (article,) = pages.read(Page(url=url, body=text.encode())).articles
    return article


@pytest.mark.parametrize("way", WAYS)
def test_what_is_clear_is_read(way: str) -> None:
    article = _read(WAYS[way])
    assert (article.code, article.origin, article.title, article.text) == (CODE, "extraction", TITLE, BODY)
    assert (article.time, article.tag) == ("2022-01-14 13:02:00", "甲报新闻")


@pytest.mark.parametrize("way", ["lines", "title first", "names of fields", "fields"])
@pytest.mark.parametrize(
    "first",
    ["时间：周三上午十点，地点在深圳。", "来源：国家统计局发布的数据显示，全年增长8%", "编辑：您怎么看明年的行情？", "责任编辑：从署名到问责", "地址：深圳市南山区", "日期：1月17日", "作者：经济学家，某大学教授", "标题：要长，更要准",
     "2022-01-14 09:30 三大指数集体高开", "2022年1月17日 15:00", "Date: the company will report on Friday.", "链接：数亿元产品兑付"],
)  # fmt: skip
def test_a_first_sentence_that_begins_as_a_field_does_is_the_article_s(first: str, way: str) -> None:
    article = _read(WAYS[way].replace(SAID, f"{first}\n{SAID}"))
    assert (article.text, article.title) == (f"<p>{first}</p>{BODY}", TITLE)
    assert (article.time, article.tag) == ("2022-01-14 13:02:00", "甲报新闻")


def test_of_a_day_alone_the_time_is_told_as_unknown() -> None:
    post = merge([_read(WAYS["fields"].replace(" 13:02", ""))])
    assert (post.time, post.notes) == ("2022-01-14 00:00:00", ("time_unknown",))


def test_a_clipping_that_closes_as_articles_do_needs_no_time() -> None:
    clipped = f"---\ntitle: {TITLE}\nsource: {URL}\ncreated: 2022-01-14\n---\n{SAID}\n"
    assert merge([_read(clipped + END)]).notes == ("time_unknown",)
    with pytest.raises(Unreadable, match="title and time: save the page itself"):
        _read(clipped)  # it may be a note on the article


@pytest.mark.parametrize("and_", ["&", r"\&"])
def test_a_picture_that_is_a_link(and_: str) -> None:
    chart = rf"[![K图 600050\_0](https://a.cn/GetPic.aspx?nid=1.600050{and_}at=1)](http://a.cn/r/1.600050)\n[见 ![乙](http://a.cn/2.png)"
    text = _read(WAYS["fields"].replace(SAID, chart.replace(r"\n", "\n"))).text or ""
    assert text.startswith(
        '<p><a href="http://a.cn/r/1.600050"><img src="https://a.cn/GetPic.aspx?nid=1.600050&amp;at=1" alt="K图 600050_0" />'
        '</a></p><p>[见 <img src="http://a.cn/2.png" alt="乙" /></p>'
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{URL}\n{TITLE}\n{SAID}", "title and time"),
        (f"{URL}\n2022-01-14 13:02\n{'说' * 120}。", "title and time"),
        (WAYS["fields"].replace("2022-01-14 13:02", "2024-05-01"), "title and time"),
        (f"{URL}\n{TITLE}\n{LINE}\n{SAID}\n公司称...", "not the whole"),
        (f"{URL}\n{TITLE}\n{LINE}\n", "not the whole"),
        (WAYS["a program's time"].replace("jiabao/2022", "emnews/2022"), "not the whole"),
        (WAYS["lines"].replace(URL, f"https://finews.withounder.com/emnews/2022/01/14/{CODE}.html"), "not the whole"),
        (WAYS["lines"] + f"\n{URL.replace('578', '579')}\n乙题\n{SAID}", "several articles"),
        (WAYS["a reader"].replace(SAID, f"| 甲 | 乙 |\n|---|---|\n{SAID}"), "tables"),
        (WAYS["a reader"].replace(SAID, "* [财经](http://a.cn/) [股票](http://b.cn/)\n" * 3 + SAID), "links"),
    ],
)
def test_what_is_not_clear_is_told(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read(text)


@pytest.mark.parametrize("signs", ["【@】", "**@**", "# **@**"])
def test_signs_that_somebody_put_round_a_title_are_no_part_of_it(signs: str) -> None:
    article = _read(f"{URL}\n{signs.replace('@', TITLE)}\n{LINE}\n{SAID}\n{END}")
    assert (article.title, article.text) == (TITLE, BODY)


OTHER = URL.replace("578", "579")


@pytest.mark.parametrize(
    "other",
    [
        f"标题：乙题\n链接：{OTHER}\n时间：2022-01-14 14:00",
        f"==========\nTitle: 乙题\n\nURL Source: {OTHER}\n\nMarkdown Content:",
        f"---\ntitle: 乙题\nurl: {OTHER}\n---",
        f"- 标题：乙题\n- **链接**：{OTHER}",
        f"## [乙题]({OTHER})",
        "乙题\n云杉科技公布年报。\n（文章来源：乙报）",
    ],
)
@pytest.mark.parametrize("way", ["fields", "lines"])
def test_an_article_behind_another_is_no_part_of_it(way: str, other: str) -> None:
    with pytest.raises(Unreadable, match="several articles"):
        _read(f"{WAYS[way]}\n{other}\n{SAID}")


def test_links_to_other_articles_in_a_text_stay() -> None:
    said = f"此前[报道]({OTHER})说，产线提速。\n[相关]({OTHER})\n原文链接：{URL}"
    assert "相关</a>" in (_read(WAYS["fields"].replace(SAID, f"{said}\n{SAID}")).text or "")


@pytest.mark.parametrize(
    "label",
    [
        "[Read in Cubox](https://a.cn/x)\n[Read Original](https://b.cn/)",
        "## 正文",
        "**正文：**",
        "---\n### 正文内容\n",
        "【正文】",
        "## Content",
    ],
)
def test_a_heading_that_says_no_more_than_what_follows_is_not_the_article_s(label: str) -> None:
    assert _read(WAYS["fields"].replace(SAID, f"{label}\n{SAID}")).text == BODY


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"正文的第一句。\n{SAID}", f"<p>正文的第一句。</p><p>{SAID}</p>"),
        (f"内容丰富：{SAID}", f"<p>内容丰富：{SAID}</p>"),
        (f"公司说，明年开工。\n# {TITLE}\n{SAID}", f"<p>公司说，明年开工。</p><h1>{TITLE}</h1><p>{SAID}</p>"),
        (f"数据来源：国家统计局，{SAID}", f"<p>数据来源：国家统计局，{SAID}</p>"),
        (
            f"{SAID}\n{END}\n小标题\n短句。\n{END}",
            f'<p>{SAID}</p><p class="em_media">{END}</p><p>小标题</p><p>短句。</p>',
        ),
        (
            f"{SAID}\n{END}\n小标题\n{SAID * 3}",
            f'<p>{SAID}</p><p class="em_media">{END}</p><p>小标题</p><p>{SAID * 3}</p>',
        ),
        (f"{SAID}\n小标题\n短句。", f"<p>{SAID}</p><p>小标题</p><p>短句。</p>"),
    ],
)
def test_what_only_looks_like_the_page_s_stays(text: str, kept: str) -> None:
    article = _read(WAYS["fields"].replace(f"{SAID}\n{END}", text))
    assert (article.text or "").removesuffix(f'<p class="em_media">{END}</p>') == kept


def test_articles_behind_the_closing_line_are_told() -> None:
    other = URL.replace(CODE, "202201142248170579")
    with pytest.raises(Unreadable, match="several articles"):
        _read(f"{WAYS['lines']}\n{other}\n另一题\n短句。\n")


def test_a_file_of_another_article_s_name_is_none() -> None:
    with pytest.raises(Unreadable, match="another article"):
        _read(WAYS["lines"], article_url("202201142248170579"))


@pytest.mark.parametrize("text", [f"{URL}\n{URL}\n", "青禾股份\n没有地址\n", f"---\nlayout: post\nurl: {URL}\n---\nx"])
def test_other_texts_are_none(text: str) -> None:
    with pytest.raises(Unreadable, match=r"not an article|not a post"):
        _read(text)


@pytest.mark.parametrize("origin", ["share", "article-page", "wap", "finews-page"])
def test_any_page_has_a_better_body(origin: str) -> None:
    taken = _read(WAYS["lines"])
    page = replace(taken, origin=origin, text=f"<p><b>{SAID}</b></p>{END}")  # type: ignore[arg-type]
    for order in ([taken, page], [page, taken]):
        assert merge(order).body == page.text
    assert merge([taken]).code == f"NW{digits(CODE)}"
    assert "extraction" in worse_origins(None)
