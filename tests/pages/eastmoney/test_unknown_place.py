"""An article in a place that is not known is told of; what shows none is passed over."""

import pytest

from crawler.pages import Page, Unreadable, read

TITLE = "多地出台措施促进消费回暖"
TEXT = "<div class=lines><p>多地出台措施促进消费。</p><p>专家认为效果将逐步显现。</p></div>"
MINUTE = "<i>2012年01月14日 13:02</i>"


def _of(page: str) -> str:
    with pytest.raises(Unreadable) as raised:
        read(Page(url="", body=f'<html><meta charset="utf-8">{page}</html>'.encode()))
    return str(raised.value)


@pytest.mark.parametrize(
    "page",
    [
        f"<title>{TITLE}_财经频道_东方财富网</title><h1> {TITLE} </h1>{MINUTE}{TEXT}",
        f"<title>{TITLE} _ 东方财富网(Eastmoney.com)</title><h1><b>{TITLE}</b></h1>{MINUTE}{TEXT}",
        f"<title>早报_东方财富网</title>{TEXT}<span>（文章来源：甲报）</span>",
        f'<title>早报_东方财富网</title><script>var newsid = "202201142248170578";</script>{TEXT}',
        f'<title>早报</title><b>东方财富网</b>{TEXT}<p class="em_media">来源：甲报</p>',
    ],
)
def test_what_is_around_an_article_tells_of_it(page: str) -> None:
    assert "in a place that is not known" in _of(page)


@pytest.mark.parametrize(
    "page",
    [
        f"<title>{TITLE}_东方财富网</title><h1>{TITLE}</h1>{TEXT}",
        f"<title>财经频道_东方财富网</title><h1>财经</h1>{MINUTE}{TEXT}",
        f'<title>财经频道_东方财富网</title><h1>财经频道</h1><ul><li><a href="/a/1.html">{TITLE}</a>{MINUTE}</ul>',
        f"<title>财经频道_东方财富网</title><h1>财经频道</h1><ul><li>{MINUTE}<b>{TITLE}</b></ul>",
        f"<title>{TITLE}_财富号_东方财富网</title><h1>{TITLE}</h1>{MINUTE}{TEXT}",
        f"<title>{TITLE} _ 数据中心 _ 东方财富网</title><h1>{TITLE}</h1>{MINUTE}{TEXT}",
        f"<title>{TITLE}_某某网</title><h1>{TITLE}</h1>{MINUTE}{TEXT}<span>（文章来源：甲报）</span>",
        f"<title>早报_东方财富网</title>{TEXT}<p>文中写到（文章来源：甲报）一词</p>",
    ],
)
def test_what_shows_none(page: str) -> None:
    assert _of(page).startswith("not an article")
