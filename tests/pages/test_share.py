"""Share pages: one with the text gives it, a shell is told as one."""

import pytest
from pages.foreign import SHARE, read

from crawler.pages.unreadable import Unreadable


@pytest.mark.parametrize(
    ("box", "body"),
    [
        ('<div class="a"><h1>题</h1><div id="divContent"><p>一</p><p class="em_media">（文章来源：甲报）</p></div></div>',
         '<p>一</p><p class="em_media">（文章来源：甲报）</p>'),
        ('<main><h1>题</h1><div class="pubtime">2022-01-14 13:02</div><p>一</p><p class="em_media">（文章来源：甲报）</p></main>',
         '<p>一</p><p class="em_media">（文章来源：甲报）</p>'),
        ('<div class="a"><p>频道</p><h1>题</h1><p>一</p><p class="em_media">（文章来源：甲报）</p></div>', "a share page with a text"),
        (f'<div class="a"><p>{"一" * 300}</p></div>', "a share page with a text"),
        ("<div>正在加载</div><script>load()</script>", "not an article: a share page that is a shell"),
    ],
)  # fmt: skip
def test_share_pages(box: str, body: str) -> None:
    if body.startswith("<"):
        (article,) = read(f"<html><title>资讯详情</title><body>{box}</body></html>", SHARE)[1]
        assert (article.origin, article.text) == ("share-page", body)
        return
    with pytest.raises(Unreadable, match=body):
        read(f"<html><title>资讯详情</title><body>{box}</body></html>", SHARE)


@pytest.mark.parametrize(
    ("line", "time", "tag"),
    [
        ("<p>2022-01-14 13:02</p>", "2022-01-14 13:02:00", None),
        ('<div class="infos"><span class="item">2022年01月14日 下午1:02</span><span class="item">来源：甲报</span></div>',
         "2022-01-14 13:02:00", "甲报新闻"),
        ('<div class="time">01-14 13:02</div>', "2022-01-14 13:02:00", None),
        ("<p>2019-05-01 08:00</p>", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_what_a_share_page_says_of_time_and_medium(line: str, time: str | None, tag: str | None) -> None:
    box = f'<h1>题</h1>{line}<div id="content"><p>一</p></div>'
    (article,) = read(f"<html><title>资讯详情</title><body>{box}</body></html>", SHARE)[1]
    assert (article.title, article.time, article.tag, article.text) == ("题", time, tag, "<p>一</p>")
