"""Which posts are at fault: nothing to be seen, and nothing to tell it by."""

from dataclasses import replace

import pytest

from crawler.assemble.fault import fault
from crawler.assemble.merge import merge
from crawler.items import Article


@pytest.mark.parametrize(
    ("body", "shown"), [("", False), ("<p>&nbsp;</p>", False), ("<p>甲</p>", True), ('<img src="x" />', True)]
)
def test_a_post_of_which_nothing_is_to_be_seen_is_at_fault(body: str, shown: bool) -> None:
    post = merge([Article(code="NW202201142248170578", origin="share", title="题", tag="甲报新闻", text="<p>x</p>")])
    reason = fault(replace(post, body=body))
    assert reason is None if shown else str(reason).startswith("no body")
    assert fault(replace(post, body=body, digest="摘要")) is None
