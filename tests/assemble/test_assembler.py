"""The stages one after the other: what comes out at their end, whoever runs them."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256

import pytest

from crawler import post_format
from crawler.assemble.assembler import Assembler
from crawler.items import Article, Post

CODE = "NW202201142248170578"
SETTINGS = {"FINEWS_CLEANING": "standard", "FINEWS_KLINE_IMAGES": "remote", "FINEWS_SHARE_HOST": "share.example"}
PAGE = Article(
    code=CODE,
    origin="finews-page",
    kind="media",
    title="题",
    time="2022-01-14 22:48:17",
    category="jia",
    tag="甲报新闻",
    text="<p>一</p><script>1</script>",
)
REPLY = Article(code=CODE, origin="share", text="<p>二</p>")
LISTED = Article(code=CODE, origin="list", title="题")


def test_articles_become_a_post_with_its_bytes() -> None:
    (made,) = Assembler(SETTINGS)([LISTED, PAGE, REPLY])
    assert (made.code, made.outcome, made.reason, made.file) == (CODE, "written", "", f"2022-01-14-{CODE}.md")
    assert made.post
    assert (made.post.origin, made.post.body, made.sha256) == ("share", "<p>二</p>", sha256(made.data).hexdigest())
    assert made.data == post_format.render(made.post)
    assert b"share.example" in made.data
    (cleaned,) = Assembler(SETTINGS)([PAGE])
    assert (b"script" in cleaned.data, cleaned.counts["merge/disagreeing"]) == (False, 0)


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        ([LISTED], "out_of_scope", "only named on a list"),
        (
            [LISTED, replace(PAGE, kind="site", category="sitenews", tag="公告")],
            "out_of_scope",
            "the site's own notice",
        ),
        ([replace(PAGE, title=None)], "quarantined", "no title"),
        ([replace(PAGE, text="<script>1</script>")], "quarantined", "no body"),
        ([replace(PAGE, tag="甲\n报新闻")], "quarantined", "is not a name"),
        ([replace(PAGE, tag="甲\u202e报新闻")], "quarantined", "is not a name"),
        ([replace(PAGE, category="jia\u2066bao")], "quarantined", "is not a name"),
        ([replace(PAGE, category="中" * 84)], "quarantined", "is not a name"),
    ],
)
def test_or_a_rejection_with_its_reason(said: list[Article], outcome: str, reason: str) -> None:
    (made,) = Assembler(SETTINGS)(said)
    assert (made.code, made.outcome, made.post, made.data) == (CODE, outcome, None, b"")
    assert reason in made.reason


def test_twins_become_two_posts_and_disagreement_is_counted() -> None:
    item = replace(PAGE, code=CODE[2:], kind="emnews", digest="摘要", content="<p>三</p>")
    made = Assembler(SETTINGS)([item, PAGE, replace(PAGE, text="<p>四</p>")])
    assert {one.code: one.counts["merge/disagreeing"] for one in made} == {CODE: 1, CODE[2:]: 0}


def test_one_article_that_breaks_a_stage_ends_no_other_and_a_full_disk_ends_all() -> None:
    def broken(post: Post, counts: Counter[str]) -> Post:
        raise error if post.code == CODE else AssertionError

    error: Exception = KeyError("x")
    (made,) = Assembler({**SETTINGS, "FINEWS_KLINE_IMAGES": "local"}, broken)([PAGE])
    assert (made.outcome, made.reason) == ("quarantined", "internal error: KeyError: 'x'")
    error = OSError("full")
    with pytest.raises(OSError, match="full"):
        Assembler({**SETTINGS, "FINEWS_KLINE_IMAGES": "local"}, broken)([PAGE])
