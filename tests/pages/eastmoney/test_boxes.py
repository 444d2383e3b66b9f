"""Boxes that stand in a body leave it, and what stands behind them stays when it is the article's."""

import pytest
from pages.eastmoney.article_pages import ANNOUNCED, ARTICLE, BODY, CURRENT, MEDIA, URL

from crawler.pages.eastmoney.article_page import read
from crawler.pages.eastmoney.boxes import without_boxes
from crawler.pages.unreadable import Unreadable

BOXES = ("zwothers", "pinglunbox", "sharebox", "zwctrls")
FIRST, SECOND = "<p>二期工程明年开工。</p>", "<p>总投资三亿元。</p>"


def _box(name: str, inner: str = '分享到：<a href="#">微信，朋友圈。</a>（12）') -> str:
    return f'<div class="{name}">{inner}</div>'


@pytest.mark.parametrize("name", BOXES)
@pytest.mark.parametrize(
    ("behind", "kept"),
    [
        (SECOND, SECOND),
        (SECOND + MEDIA, SECOND + MEDIA),
        ("", ""),
        ('<ul><li><a href="/a/1.html">别的新闻！快看。</a></li></ul>', ""),
        ('<p><img src="a.jpg"></p>', '<p><img src="a.jpg"></p>'),
        ("<table><tr><td>1</td></tr></table>", "<table><tr><td>1</td></tr></table>"),
        ("<p>The second plant opens next year.</p>", "<p>The second plant opens next year.</p>"),
        (SECOND + _box("sharebox") + "<p>相关阅读</p>", SECOND),
    ],
)
def test_a_body_goes_on_behind_a_box_where_there_is_more_of_it(name: str, behind: str, kept: str) -> None:
    page = CURRENT.replace(BODY + MEDIA, FIRST + _box(name) + behind)
    assert read(URL, page)[0].text == FIRST + kept


@pytest.mark.parametrize("name", BOXES)
@pytest.mark.parametrize("end", ["</div>", ""])
def test_a_box_with_paragraphs_may_hold_the_article_s(name: str, end: str) -> None:
    page = CURRENT.replace(BODY, f'{FIRST}<div class="{name}">分享{SECOND}{FIRST}{end}').replace(MEDIA, "")
    with pytest.raises(Unreadable, match="where the body ends cannot be told"):
        read(URL, page)


@pytest.mark.parametrize(
    "box",
    [
        _box("pinglunbox", "<p>说得好。</p>"),
        _box("pinglunbox", "<h3>网友评论</h3><p>二期工程明年才开工，太慢了！</p><p>三亿元能建成什么样？</p>"),
        _box("pinglunbox", "<p>二期工程明年才开工，太慢了！</p><span>赞（3）</span><a>回复</a>"),
        _box("zwothers", "<p>郑重声明：本网发布此内容，与本站立场无关。</p>"),
        _box("zwothers", "郑重声明：本网发布此内容，与本站立场无关，据此操作风险自担。"),
        _box("sharebox", "觉得文章不错，就点赞支持一下作者吧！"),
        _box("sharebox", "方便，快捷<br>手机查看财经快讯<br>专业，丰富"),
        _box("sharebox", "欢迎常来看看！"),
    ],
)
def test_what_readers_and_the_page_say_is_not_the_article_s(box: str) -> None:
    assert without_boxes(FIRST + box, 0, len(FIRST + box)) == FIRST


@pytest.mark.parametrize("text", ["{}", "<span>{}</span>", "<ul><li>{}</li></ul>"])
@pytest.mark.parametrize("name", ["zwothers", "sharebox", "zwctrls"])
def test_sentences_in_no_paragraph_of_a_box_may_be_the_article_s(name: str, text: str) -> None:
    said = text.format("一期工程三月完工，二期明年开工，总投资十亿元。")
    with pytest.raises(Unreadable, match="where the body ends cannot be told"):
        read(URL, CURRENT.replace(BODY, f'{FIRST}<div class="{name}">{said}</div>{SECOND}'))


def test_a_box_round_the_closing_line_stays() -> None:
    body = f'{FIRST}<div class="sharebox">{SECOND}{MEDIA}</div>'
    assert without_boxes(body, 0, len(body)) == body


def test_an_announced_body_ends_behind_its_closing_line_or_is_not_known_to_end() -> None:
    page = ANNOUNCED.replace(BODY, FIRST + _box("sharebox") + SECOND)
    assert read(URL, page)[0].text == FIRST + SECOND + MEDIA
    with pytest.raises(Unreadable, match="where the body ends cannot be told"):
        read(URL, page.replace(MEDIA, ""))
    assert read(URL, ANNOUNCED)[0].text == ARTICLE + MEDIA
