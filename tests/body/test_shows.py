"""What shows nothing to a reader is no body, however much markup it has."""

import pytest

from crawler.body import shows


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p></p>",
        "<p>&nbsp;</p>",
        "<p>&#160;&emsp;\u200b\ufeff</p>",
        "<p>　　<br /></p>",
        "<script>var a=1;</script>",
        "<style>p{}</style><template>正文</template>",
        '<p style="display:none">正文</p>',
        '<p style="height:1px;display: none;overflow:hidden"><br /></p>',
        "<!-- <p>正文</p> -->",
        "<!-- 正文",
        '<video src="x"></video>',
        "<table><tr><td></td></tr></table>",
        '<p style="display:none">' + "正文" * 2000 + "</p>",
        "<!--" + "正文" * 2000 + "-->",
    ],
)
def test_nothing(markup: str) -> None:
    assert not shows(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "甲",
        "<p>甲</p>",
        "<p><!-- x -->1 < 2</p>",
        '<IMG src="x">',
        "&lt;",
        "<p>&nbsp;</p>" * 500 + "<b>甲</b>",
        "<p" + "甲",
    ],
)
def test_something(markup: str) -> None:
    assert shows(markup)
