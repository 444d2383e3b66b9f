"""A saved page of a column: which articles it names, and when each was shown."""

import pytest
from pages.foreign import CODE, URL, read

from crawler.pages.eastmoney import list_page
from crawler.pages.unreadable import Unreadable

OTHER = CODE[:-1] + "9"


def item(code: str, title: str = "题", time: str = "") -> str:
    shown = f'<p class="time">{time}</p>' if time else ""
    return f'<li><p class="title"><a href="//finance.eastmoney.com/a/{code}.html" target="_blank"> {title} </a></p>{shown}</li>'


def page(*items: str) -> str:
    return f'<html><a href="{URL}">头条</a><ul id="newsListContent">{"".join(items)}</ul></html>'


@pytest.mark.parametrize(
    "text",
    [
        f'<html><ul id="newsListContent"><li><p class="title"><a href="{URL}" target="_blank"> 题 </a></p></li></ul>',
        f"\ufeff\n<div class=x ID=artitileList1><a href={URL}>题</a></div>",
        page(item(CODE), item(CODE, "又一次"), item("cgnjj", "栏目"), '<a href="http://[">坏</a>'),
        page(f'<a href="{URL}"><img></a>', item(CODE)),
    ],
)
def test_it_names_articles_once(text: str) -> None:
    kind, articles = read(text)
    assert kind == "list-page"
    assert [(one.origin, one.code, one.title, one.text) for one in articles] == [("list", CODE, "题", None)]


def test_each_article_has_its_own_time_or_none() -> None:
    text = page(item(CODE, time="01月14日 22:48"), item(OTHER), item(CODE[:-1] + "0", time="01月13日 08:00"))
    assert list_page.times(text) == {CODE: "01月14日 22:48", OTHER: "", CODE[:-1] + "0": "01月13日 08:00"}
    assert list_page.times("<html></html>") == {}


def test_a_list_without_articles_is_none_of_ours() -> None:
    with pytest.raises(Unreadable, match="a list without news articles") as caught:
        read('<ul id="newsListContent"></ul>')
    assert caught.value.is_foreign


@pytest.mark.parametrize(
    "text",
    ['{"newsListContent": 1}', '<ul id="newsListContents">', "<ul id='x' class='newsListContent'>", "newsListContent"],
)
def test_other_texts_are_none(text: str) -> None:
    assert not list_page.matches("", text)
