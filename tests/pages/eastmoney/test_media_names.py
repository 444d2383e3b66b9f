"""The medium is the medium: nobody who worked on the article, no count and no link is a part of its name."""

import pytest

from crawler.items import Article
from crawler.pages.eastmoney import app_api, article_page, list_api, web_api
from crawler.pages.eastmoney.media_names import closing_medium, medium
from crawler.sites import article_url

CODE = "202201142248170578"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("来源：中国证券报", "中国证券报"),
        ("来源：中国证券报 作者：李某", "中国证券报"),
        ("文章来源：中国证券报　责任编辑：李某", "中国证券报"),
        ("作者：李某 来源：中国证券报", "中国证券报"),
        ("来源：中国证券报（记者 李某）", "中国证券报"),
        ("来源：中国证券报 文/李某", "中国证券报"),
        ("来源：证券时报 评论 123", "证券时报"),
        ("来源：证券时报 原创", "证券时报"),
        ("来源：原创财经", "原创财经"),
        ("来源：证券时报 | 123条评论", "证券时报"),
        ("来源：证券时报 2022-01-14", "证券时报"),
        ("来源：财联社1月14日讯", "财联社"),
        ("（文章来源：财联社1月14日讯）", "财联社"),
        ("（文章来源：某报 编辑：某某）", "某报"),
        ("（文章来源：财联社）二期工程明年开工。", "财联社"),
        ("（文章来源：路透社（Reuters））", "路透社（Reuters）"),
        ("[来源：财联社]二期", "财联社"),
        ("来源：财联社 | 1月14日", "财联社"),
        ("来源：新华社北京1月14日电", "新华社"),
        ("来源：7月日报", "7月日报"),
        ("来源：证券时报 >", "证券时报"),
        ("来源：证券时报 字体：大 小", "证券时报"),
        ("来源：证券时报 摄影：李某", "证券时报"),
        ("来源：证券时报 查看原文", "证券时报"),
        ("来源：证券时报 (0)", "证券时报"),
        ("来源：手机看世界", "手机看世界"),
        ("转自：中国证券报", "中国证券报"),
        ("来源：\x1f证券时报\x1f查看原文", "证券时报"),
        ("证券时报　编辑：李某", "证券时报"),
        ("21世纪经济报道  南财理财通", "21世纪经济报道  南财理财通"),
        ("（文章来源：安信国际证券（香港））", "安信国际证券（香港）"),
        ("评论人杂志", "评论人杂志"),
        ("中国记者网", "中国记者网"),
        ("来源 | 证券时报", "证券时报"),
        ("来源丨证券时报", "证券时报"),
        ("来源 证券时报", "证券时报"),
        ("来源于：证券时报", "证券时报"),
        ("稿源：证券时报", "证券时报"),
        ("来自：证券时报", "证券时报"),
        ("Source: 证券时报", "证券时报"),
        ("来源：来源财经", "来源财经"),
        ("来自网络的声音", "来自网络的声音"),
        ("来源：证券时报[原文]", "证券时报"),
        ("来源：证券时报 (原文链接)", "证券时报"),
        ("来源：证券时报 原文链接", "证券时报"),
        ("来源：证券时报 1.2万阅读", "证券时报"),
        ("来源：证券时报 1,234 评论", "证券时报"),
        ("来源：证券时报 已有123人参与", "证券时报"),
        ("来源：证券时报 跟贴 12", "证券时报"),
        ("来源：证券时报 +关注", "证券时报"),
        ("来源：证券时报  [微博]", "证券时报"),
        ("来源：证券时报 听新闻", "证券时报"),
        ("来源：证券时报 扫码阅读", "证券时报"),
        ("来源：证券时报 by 李某", "证券时报"),
        ("来源：微博财经", "微博财经"),
        ("来源自：证券时报", "证券时报"),
        ("[来源：证券时报]", "证券时报"),
        ("媒体：证券时报", "证券时报"),
        ("来源：甲财经社 作者｜李某", "甲财经社"),
        ("来源：甲财经，作者李某", "甲财经"),
        ("（来源：甲财经，记者李某）", "甲财经"),
        ("来源：证券时报 / 李某 文", "证券时报"),
        ("来源：证券时报记者李某", "证券时报"),
        ("来源：甲财经新闻 甲经记者 李某", "甲财经新闻"),
        ("来源：甲时报网 www.a.example", "甲时报网"),
        ("来源：甲时报网（www.a.example）", "甲时报网"),
        ("来源：中国 女记者网", "中国 女记者网"),
        ("来源：www.a.example", "www.a.example"),
        ("来源：经济日报客户端 (手机看)", "经济日报客户端"),
        ("来源：证券时报\n李某", "证券时报"),
        ("来源：记者站网", "记者站网"),
        ("来源：无界新闻", "无界新闻"),
        ("来源：甲、乙联合报道", "甲、乙联合报道"),
        *(
            (f"来源：{none}", None)
            for none in ("--", "null", "undefined", "[Null]", "未知", "N/A", "https://www.stcn.com/1.html")
        ),
        ("打开东方财富APP", None),
        ("来源：公司 微博热议榜", "公司 微博热议榜"),
        ("来源：Baby Daily", "Baby Daily"),
        ("来源：证券\u200b时报\u200b", "证券时报"),
        ("\u202e证券时报", "证券时报"),
        ("评论 123", None),
        ("123评论", None),
        ("评论(0)", None),
        ("1.2万阅读", None),
        ("我要评论", None),
        ("作者：李某", None),
        ("文/李某", None),
        ("本报记者 李某", None),
        ("2022-01-14 13:02", None),
        ("来源：", None),
        ("", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert medium(text) == name


def test_the_closing_line_names_it_decoded_and_alone() -> None:
    assert closing_medium("<p>（文章来源：证券时报&middot;e公司 作者：王某）</p>") == "证券时报·e公司"


def _tag(articles: tuple[Article, ...]) -> str | None:
    (article,) = articles
    return article.tag


NAME = "证券时报&middot;e公司"


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        (web_api, f'{{"data":{{"Art_Code":"{CODE}","Art_Media_Name":"{NAME}","Art_Content":"<p>正文</p>"}}}}'),
        (web_api, f'{{"newsid":"{CODE}","source":"{NAME}","body":"<p>正文</p>"}}'),
        (app_api, f'{{"rc":1,"news":{{"newsid":"{CODE}","source":"{NAME}","body":"<p>正文</p>"}}}}'),
        (list_api, f'{{"nodeList":[{{"infocode":"NW{CODE}","from":"{NAME}","title":"题"}}]}}'),
    ],
)
def test_replies_name_it_with_references(kind: object, reply: str) -> None:
    assert _tag(kind.read("", reply)) == "证券时报·e公司新闻"  # type: ignore[attr-defined]


PAGE = (
    '<h1>题</h1><div class="infos"><div class="item">2022-01-14 13:02</div><div class="item">{}</div></div>'
    '<div id="ContentBody"><p>正文</p>{}</div>'
)
CLOSING = '<p class="em_media">（文章来源：证券时报）</p>'


@pytest.mark.parametrize(
    ("item", "closing", "name"),
    [
        ("李某", CLOSING, "证券时报"),
        ("李某", "<p>（文章来源：证券时报）</p>", "证券时报"),
        ("财联社", "", "财联社"),
        ("来源：财联社", CLOSING, "财联社"),
        ("来源：证券时报/李某", CLOSING, "证券时报"),
        ("来源：证券时报网", CLOSING, "证券时报网"),
        ('来源：<a href="#">财联社</a><span>评论</span><span>123</span>', "", "财联社"),
        ('<span>来源：</span><a href="#">财联社</a><a href="#">进入股吧</a>', "", "财联社"),
        ("来源：财联社&nbsp;&nbsp;阅读 3", "", "财联社"),
        ("来源：甲&amp;乙", "", "甲&乙"),
        ("来源：甲&amp;amp;乙", "", "甲&amp;乙"),
    ],
)
def test_pages(item: str, closing: str, name: str) -> None:
    assert _tag(article_page.read(article_url(CODE), PAGE.format(item, closing))) == f"{name}新闻"
