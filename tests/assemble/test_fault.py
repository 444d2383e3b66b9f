"""Which posts are at fault: nothing to be seen, and nothing to tell it by."""

from dataclasses import replace

import pytest

from crawler.assemble.fault import fault
from crawler.assemble.merge import merge
from crawler.items import Article


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("", False),
        ("<p>&nbsp;</p>", False),
        ("<p>甲</p>", True),
        ('<img src="x" />', True),
        ('<p class="em_media">（文章来源：甲报）</p>', False),
        ('<p></p><p>（文章来源：<a href="x">甲报</a>）</p>', False),
        ("<p>乙</p><p>（文章来源：甲报）</p>", True),
        ('<p><img src="x" /></p><p>（文章来源：甲报）</p>', True),
    ],
)
def test_a_post_of_which_nothing_is_to_be_seen_is_at_fault(body: str, shown: bool) -> None:
    post = merge([Article(code="NW202201142248170578", origin="share", title="题", tag="甲报新闻", text="<p>x</p>")])
    reason = fault(replace(post, body=body))
    assert reason is None if shown else str(reason).startswith("no body")
    assert fault(replace(post, body=body, digest="摘要")) is None
