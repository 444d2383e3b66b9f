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
