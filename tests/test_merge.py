"""Merging where only the body tells the medium: a reply saved alone, without its page."""

from dataclasses import replace

import pytest

from crawler.items import Article
from crawler.merge import Incomplete, fault, merge

CODE = "NW202201142248170578"


def _reply(closing: str) -> Article:
    return Article(code=CODE, source="share-json", title="题", time="2022-01-14 22:48:17", text=f"<p>一</p>{closing}")


@pytest.mark.parametrize(
    ("closing", "medium"),
    [
        ('<p class="em_media">（文章来源：财联社）</p>', "财联社"),
        ('<p class="em_media">（文章来源：<a href="http://a.example/">财联社</a>）</p>', "财联社"),
        ("<p>（文章來源：財聯社）</p>\r\n", "財聯社"),
        ("<p>(文章来源: 财联社)</p>", "财联社"),
        ('<p class="em_media">（文章来源：财联社）</p><p class="res-edit">（责任编辑：1）</p><!-- 完 -->', "财联社"),
        ("<p>（文章来源：甲）</p><p>二</p><p>（文章来源：乙）</p>", "乙"),
        ("<p>（文章来源：安信国际证券（香港））</p>", "安信国际证券（香港）"),
    ],
)
def test_the_body_names_the_medium(closing: str, medium: str) -> None:
    assert merge([_reply(closing)]).tag == f"{medium}新闻"


@pytest.mark.parametrize("closing", ["", "<p>他说（文章来源：某报）不可信。</p>", "<p>来源：某报</p>"])
def test_no_medium_is_no_guess(closing: str) -> None:
    with pytest.raises(Incomplete, match="no tag"):
        merge([_reply(closing)])


@pytest.mark.parametrize(
    ("body", "shown"), [("", False), ("<p>&nbsp;</p>", False), ("<p>甲</p>", True), ('<img src="x" />', True)]
)
def test_a_post_of_which_nothing_is_to_be_seen_is_at_fault(body: str, shown: bool) -> None:
    post = merge(
        [Article(code="NW202201142248170578", source="share-json", title="题", tag="甲报新闻", text="<p>x</p>")]
    )
    reason = fault(replace(post, body=body))
    assert reason is None if shown else str(reason).startswith("no body")
    assert fault(replace(post, body=body, digest="摘要")) is None
