"""Text that a browser took for an element, and wrote down as one, is text again."""

import pytest

from crawler import pages
from crawler.items import Article, Origin, Page
from crawler.pages.made_elements import unmade

URL = "http://finance.eastmoney.com/a/202201142248170578.html"


def undone(body: str) -> str | None:
    return unmade(Article(code="1", origin="article-page", text=body)).text


@pytest.mark.parametrize(
    ("written", "was"),
    [
        ('<p>若a<b，则<3%。< p=""></b，则<3%。<></p><p>乙</p>', "<p>若a<b，则<3%。</p><p>乙</p>"),
        ("<p>若a<b，则<3%。< p></b，则<3%。<></p><p>乙</p>", "<p>若a<b，则<3%。</p><p>乙</p>"),
        ('<p>持股<b公司5%>以下，a<b股< p=""></b股<></b公司5%></p>', "<p>持股<b公司5%>以下，a<b股</p>"),
        ('<td>p<q< td=""></q<></td><td>2</td>', "<td>p<q</td><td>2</td>"),
        ('<p>p<q 且="" m<n<="" p=""></q></p>', "<p>p<q 且 m<n</p>"),
        ('<p>a<b，同比 增长="">5%，见<c d<="" p=""></c></b，同比></p>', "<p>a<b，同比 增长>5%，见<c d</p>"),
        ("<p><a股>甲</a股></p>", "<p><a股>甲</p>"),
        *[(kept, kept) for kept in ("<p>a<b</p>", "<p><b>甲</b>< 乙></p>", "<o:p>甲</o:p>", '<p>若a<b，则< p="">乙</p>', "<my-tag>甲</my-tag>", "<xml><w:View>甲</w:View></xml>", "<svg><clipPath>甲</clipPath></svg>",
                                    '<p>a<b 甲<="" p="">乙</b></p>', "</征求意见稿>")],
    ],
)  # fmt: skip
def test_what_a_browser_made_of_text(written: str, was: str) -> None:
    assert undone(written) == was
    assert undone(was) == was


def test_a_page_that_a_browser_wrote() -> None:
    body = '<h1>题</h1><div id="ContentBody"><p>若a<b，则<3%。< p=""></b，则<3%。<></p><p>乙</p></div>'
    (article,) = pages.read(Page(url=URL, body=body.encode())).articles
    assert article.text == "<p>若a<b，则<3%。</p><p>乙</p>"


@pytest.mark.parametrize("origin", ["share", "article-api", "post-file"])
def test_what_no_browser_wrote_is_as_it_is(origin: Origin) -> None:
    body = "<p><a股>甲</a股></p>"
    assert unmade(Article(code="1", origin=origin, text=body)).text == body
