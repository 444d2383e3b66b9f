"""What pages said becomes one post: under its own code, with what earlier runs were told."""

from dataclasses import replace

import pytest
from pipelines.staged import CODE, PAGE, Crawl
from scrapy.exceptions import DropItem

from crawler.assemble.assembler import Assembler
from crawler.items import Article, Candidate, PostKind

ITEM = replace(PAGE, code=CODE.removeprefix("NW"), kind="emnews", category="emnews", tag="东财滚动新闻", digest="摘要")


@pytest.mark.parametrize("kind", [None, "emnews", "media"])
def test_an_item_whose_code_changed_is_one_post(kind: PostKind | None, crawl: Crawl) -> None:
    """What an earlier run wrote under the other spelling goes, unless a page said that it is an article of its own."""
    saved = replace(
        PAGE, kind=kind, origin="finews-page" if kind else "article-page", category=None if kind else PAGE.category
    )
    (before,) = Assembler(crawl.settings)(
        [replace(saved, digest="摘要", category="jia") if kind == "emnews" else saved]
    )
    crawl.run.store([before])
    crawl.run.outcomes.clear()  # as in a later run
    crawl.take(Candidate(ITEM.code, (ITEM,)))
    names = {path.name for path in crawl.run.posts.posts.iterdir()}
    assert names == {f"2022-01-14-{ITEM.code}.md", *([before.file] if kind == "media" else [])}
    assert crawl.run.ledger.states().keys() == ({CODE, ITEM.code} if kind == "media" else {ITEM.code})


def test_pages_of_earlier_runs_are_taken_along_unless_they_were_asked_again(crawl: Crawl) -> None:
    reply = Article(code=CODE, origin="share", text="<p>一</p><p>原文。</p>")
    page, again = replace(PAGE, text="<p>一</p>"), replace(reply, text="<p>一</p><p>改过。</p>")
    for one in (reply, again):
        with pytest.raises(DropItem, match="no tag"):
            crawl.take(Candidate(CODE, (one,)))
    assert crawl.run.ledger.kept([CODE]) == {CODE: [again]}
    file = crawl.run.posts.posts / f"2022-01-14-{CODE}.md"
    assert crawl.take(Candidate(CODE, (page,))).origin == "share"
    assert "改过" in file.read_text()
    assert crawl.run.ledger.kept([CODE]) == {}


def test_what_is_found_to_be_an_item_of_the_rolling_list_goes_on_under_its_own_code(crawl: Crawl) -> None:
    crawl.run.found.add(CODE)
    post = crawl.take(Candidate(CODE, (replace(ITEM, code=CODE, origin="article-page"),)))
    assert (post.code, post.replaces) == (ITEM.code, (CODE,))
    assert crawl.run.ledger.states() == {ITEM.code: "written"}
    assert (crawl.run.found, crawl.run.replaced) == ({ITEM.code}, {CODE})


@pytest.mark.parametrize(("kind", "is_used"), [("emnews", True), (None, True), ("media", False)])
def test_of_the_other_spelling_of_a_code_what_is_of_another_kind_is_left(
    kind: PostKind | None, is_used: bool, crawl: Crawl
) -> None:
    kept = Article(code=CODE, origin="share", kind=kind, text="<p>一</p><p>原文。</p>")
    with pytest.raises(DropItem, match="no t"):
        crawl.take(Candidate(CODE, (kept,)))
    crawl.run.outcomes.clear()  # as in a later run
    post = crawl.take(Candidate(ITEM.code, (replace(ITEM, text="<p>一</p>"),)))
    assert ("原文" in post.body) == is_used
