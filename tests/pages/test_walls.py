"""A page that keeps the rest of its article behind a wall is no whole article; articles on walls are."""

import pytest

from crawler import pages
from crawler.items import Page
from crawler.pages.walls import wall

CODE = "202201142248170578"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
SAID = "<p>青禾股份周五表示，新产线已经投产，董事长称</p>"
MEDIA = '<p class="em_media">（文章来源：甲报）</p>'
WALLS = [
    "<div>登录后阅读全文</div>",
    "<div>登录/注册后可查看全文 &gt;</div>",
    "<p>本文为会员专享，开通会员后可阅读剩余80%内容</p>",
    "<p>（试读结束，购买后阅读全文）</p>",
    "<p>剩余 62% 订阅后阅读</p>",
    "<p>付费解锁全文</p>",
]
EXCERPTS = [
    '<p>产线已经投产…</p><p><a href="javascript:;">打开某某APP阅读全文</a></p>',
    '<p>产线已经投产...<a href="/a/1.html">[详细]</a></p>',
    "<p>产线已经投产…</p><div>展开全文</div>",
]
WHOLE = [
    "",
    "全文完",
    SAID,
    f"{SAID}<p>打开某某APP阅读全文</p>",
    "<p>未来可期……</p><p>阅读全文</p>",
    "<p>产线已经投产…</p><p>公告全文附后。</p>",
    f"{SAID}<p>考生登录后可查看全部成绩。</p>",
    f"{SAID}<p>用户付费后才能阅读全文，这一做法引发争议</p>",
    f"<div>登录后阅读全文</div>{SAID}",
    *(f"{SAID}{MEDIA}{one}" for one in WALLS),
    *(f"{SAID}{one}<p>（文章来源：甲报）</p>" for one in WALLS),
]


@pytest.mark.parametrize("body", [*(SAID + one for one in WALLS), *EXCERPTS])
def test_what_asks_for_more_is_cut_off(body: str) -> None:
    assert wall(body)
    page = f'<h1>题</h1><div id="ContentBody">{body}</div>'
    with pytest.raises(pages.Unreadable, match="in place of the article, a server's message: "):
        pages.read(Page(url=URL, body=page.encode()))


@pytest.mark.parametrize("body", WHOLE)
def test_what_is_whole_has_no_wall(body: str) -> None:
    assert wall(body) == ""
