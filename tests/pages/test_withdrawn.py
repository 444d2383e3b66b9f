"""Notices in place of an article, and articles that speak of such things."""

import json
import random

import pytest

from crawler import pages
from crawler.items import Page
from crawler.pages import withdrawn
from crawler.pages.eastmoney.prose import plain
from crawler.pages.withdrawn import notice, notice_on

ID = "202201142248170578"
EASTMONEY = f"https://finance.eastmoney.com/a/{ID}.html"
SHARE = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{ID}"
POST = f"https://finews.withounder.com/a/2022/01/14/NW{ID}.html"
APP = f"https://newsapi.eastmoney.com/api/content/getnews?newsid={ID}"
WEB = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{ID}"

NOTICES = [
    "该新闻已被删除", "<p>对不起，您访问的文章已被删除或不存在。</p>", "文章不存在", "该文章已被作者删除", "很抱歉，该内容已下线",
    "抱歉，您要查看的页面不存在！请返回首页", "找不到该新闻", "未找到相关文章", "The article has been removed.", "此文章已撤稿。",
    "<p>对不起，您访问的页面不存在或已被删除！</p>\n<p>5秒后返回首页</p>", "该页面不存在（404）", "页面不存在 404 Not Found", "此内容已被删除，去看看其他内容吧", "抱歉，文章不存在，看看热门推荐吧", "未找到相关内容，请重新搜索", "您访问的页面不存在 - 东方财富网", "对不起，您访问的网页不存在，请检查您输入的地址是否正确，或返回首页浏览其他内容",
    "应版权方要求，该文不予展示。", "<p>应版权方要求，本文内容不予展示</p>", "因版权原因，该文章已下线", "根据相关法律法规，该内容不予显示", "本文应作者要求已被删除。", "此内容因违规无法查看", "由于版权限制，此页面暂不提供浏览",
    "因涉嫌违规，该内容已被屏蔽", "应原作者要求，不予展示", "该内容暂时无法显示", "对不起，应来源媒体要求，此稿件已删除",
    "This article was not found or has been removed. Please return to the home page.", "该文章已被删除（文章来源：甲报）",
]  # fmt: skip


def test_what_is_known_by_its_beginning_says_more_than_a_notice() -> None:
    dice = random.Random(1)
    pieces = (
        *NOTICES,
        "字" * 30,
        "字" * 81,
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<!-->",
        "<script>",
        "</script>",
        "<",
        "a<b and c>d",
        "&amp;",
        " ",
        "\ufeff" * 81,
    )
    known = 0
    for _ in range(5000):
        markup = "".join(dice.choices(pieces, k=dice.randint(1, 7)))
        if withdrawn._SAYS_MORE.match(markup):
            known += 1
            assert len(" ".join(plain(markup).split())) > withdrawn._LONGEST, markup
    assert known > 300


@pytest.mark.parametrize("words", NOTICES)
def test_a_notice_is_known(words: str) -> None:
    assert notice(words)


@pytest.mark.parametrize(
    "words",
    [
        "文章被删除后，作者回应称属实", "该公司公告已撤销，明日复牌", "网传文章已被删除，公司回应：不实", "应监管要求，公司App已下架。", "因版权纠纷，某平台的内容已下架", "该公司因违规被停止发布广告", "应客户要求，合同金额不予披露。", "因涉密，该合同的内容不予公开，公司股价涨停", "本文不能提供投资建议，责任自负", "因台风影响，港口停止作业，恢复时间另行公布", "受疫情影响，展会停止公开售票", "内容平台下架多款应用",
        "某公众号文章已被删除", "该文章已被删除，作者回应称系误发", "该新闻已被撤回，公司股价尾盘跳水5%。", "该内容已下架，平台被罚50万元", "此文章已被删除，证监会立案调查", "文章被删除，公司报警",
        "页面不存在，投资者登录券商App遇阻", "链接失效，数亿元理财产品无法赎回", "该新闻不存在，系谣言", "该页面不存在（404），某平台疑似跑路", "找不到相关内容，搜索引擎屏蔽关键词", "您访问的页面不存在，维权投资者称平台失联",
        "该文章已被删除，作者回应称系误发。（文章来源：甲报）", "The article has been removed from the website, the company said.", "This page was deleted after complaints, a paper reported.", "", "<p>正文</p>", "<p>该新闻已被删除</p>" + "<p>又及：停产三日，复产后补发。</p>" * 9,
    ],
)  # fmt: skip
def test_an_article_is_none(words: str) -> None:
    assert not notice(words)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (EASTMONEY, '<h1>题</h1><div id="ContentBody"><p>对不起，您访问的文章已被删除或不存在。</p></div>'),
        (EASTMONEY, "<html><title>东方财富网</title><style>p{}</style><p>您访问的页面不存在</p></html>"),
        (SHARE, '{"text":"<p>该新闻已被删除</p>"}'),
        (SHARE, '{"text":null,"message":"该新闻不存在"}'),
        (POST, "<section><small>(GMT+8) 2022-01-14 13:02:46</small><h1>题</h1>\n<p>该文章已被删除</p></section>"),
        (POST, "<html><body><h1>404</h1><p>您访问的页面不存在</p></body></html>"),
        (APP, '{"rc":0,"me":"资讯不存在"}'),
        (WEB, json.dumps({"data": None, "message": "文章已删除"})),
        (WEB, json.dumps({"data": {"Art_Title": "题", "Art_Content": "<p>该新闻已被删除</p>"}})),
    ],
)
def test_every_kind_of_page_may_say_so(url: str, body: str) -> None:
    with pytest.raises(pages.Withdrawn) as raised:
        pages.read(Page(url=url, body=body.encode()))
    assert notice(raised.value.words)


def test_scripts_say_nothing() -> None:
    assert not notice_on("<script>a=b>该文章已被删除<</script><p>正文</p>")
