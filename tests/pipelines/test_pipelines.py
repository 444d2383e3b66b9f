"""Each pipeline is a stage, in the stages' order, and what a crawl writes is what the assembler gives."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pictures.local_stage import post
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.utils.defer import ensure_awaitable
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.assemble import ORDER
from crawler.assemble.assembler import Assembler
from crawler.extensions.run import RunExtension
from crawler.items import Article, Candidate, Page, Post, PostKind
from crawler.pictures.chart import draw_chart
from crawler.pictures.fetch import Fetched
from crawler.store.batches import Batches

CODE = "NW202201142248170578"
PAGE = Article(
    code=CODE, origin="finews-page", kind="media", title="题", time="2022-01-14 22:48:17", category="jia", tag="甲报新闻",
    text='<p>一<script>1</script></p><img src="http://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k">',
)  # fmt: skip


class Crawl:
    """The pipelines of a crawl, without an engine."""

    def __init__(self, output: Path, **given: Any) -> None:
        own = {name: getattr(settings, name) for name in dir(settings) if name.startswith("FINEWS_")}
        self.settings = {**own, "FINEWS_OUTPUT_DIR": str(output), **given}
        self.crawler = get_crawler(settings_dict=self.settings)
        self.run = RunExtension(self.crawler).run
        extension = RunExtension.__new__(RunExtension)
        extension.run, extension.batches = self.run, Batches(self.run)
        self.crawler.get_extension = lambda _: extension  # type: ignore[method-assign, assignment, return-value]
        self.names: list[str] = []
        self.pipelines = list(self._pipelines())

    def _pipelines(self) -> Iterator[Any]:
        for path, _ in sorted(settings.ITEM_PIPELINES.items(), key=lambda item: item[1]):
            try:
                yield build_from_crawler(load_object(path), self.crawler)
            except NotConfigured:
                continue
            self.names.append(path.split(".")[2])

    def take(self, item: Any) -> Any:
        return asyncio.run(self._take(item))

    async def _take(self, item: Any) -> Any:
        for pipeline in self.pipelines:
            item = await ensure_awaitable(pipeline.process_item(item))
        return item


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    crawl = Crawl(tmp_path / "out")
    yield crawl
    crawl.run.close()


def test_the_pipelines_are_the_stages(crawl: Crawl) -> None:
    assert [name for name in ORDER if name != "pictures"] == crawl.names


def test_an_item_becomes_the_post_that_the_assembler_makes(crawl: Crawl) -> None:
    post = crawl.take(Candidate(CODE, (PAGE,)))
    (made,) = Assembler(crawl.settings)([PAGE])
    assert post == made.post
    assert (crawl.run.posts.posts / made.file).read_bytes() == made.data
    assert (crawl.run.output / "category/jia.html").exists()
    assert (crawl.run.outcomes, crawl.run.ledger.states()) == ({CODE: "written"}, {CODE: "written"})
    assert crawl.run.counts == made.counts + crawl.run.counts.__class__({"origin/finews-page": 1})
    crawl.take(Candidate(CODE, (PAGE,)))
    assert crawl.run.outcomes == {CODE: "unchanged"}


@pytest.mark.parametrize(
    ("change", "outcome", "reason"),
    [
        ({"title": None}, "quarantined", "no title"),
        ({"text": "<script>1</script>"}, "quarantined", "no body: nothing of it is to be seen"),
        ({"kind": "site"}, "out_of_scope", "the site's own notice, no article"),
    ],
)
def test_a_rejected_item_is_dropped_and_booked(change: dict[str, Any], outcome: str, reason: str, crawl: Crawl) -> None:
    page = Page(url="http://x/", body=b"raw")
    with pytest.raises(DropItem, match=reason):
        crawl.take(Candidate(CODE, (replace(PAGE, **change),), page))
    assert crawl.run.outcomes == {CODE: outcome}
    assert crawl.run.article_reasons == {CODE: reason}
    entries = list(crawl.run.quarantine.entries())
    assert [entry.reason for entry in entries] == ([reason] if outcome == "quarantined" else [])


def test_pictures_take_the_place_of_addresses(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path / "out", FINEWS_KLINE_IMAGES="local")
    assert [name for name in ORDER if name != "addresses"] == crawl.names
    crawl.run.close()


HISTORY = {"code": "600050", "market": 1, "name": "中国联通", "decimal": 2, "klines": ["2022-01-14,3.9,3.9,4.0,3.9,1"]}


def test_the_crawl_goes_on_while_a_chart_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(tmp_path / "out", FINEWS_KLINE_IMAGES="local", FINEWS_KLINE_CHARTS=True)
    pictures, is_drawn, may_end = crawl.pipelines[crawl.names.index("pictures")], threading.Event(), threading.Event()
    made: list[bytes] = []

    def drawing(*args: Any) -> bytes:
        is_drawn.set()
        assert may_end.wait(60)
        made.append(draw_chart(*args))
        return made[0]

    async def draw() -> Post:
        item = post('<img alt="K图 600050_0" data-code="1,600050">')
        (wish,) = pictures.get_media_requests(item, None)
        fetched = Fetched(json.dumps({"rc": 0, "data": HISTORY}).encode(), datetime.now(UTC))
        drawn = asyncio.ensure_future(pictures.item_completed([(True, (wish.url, fetched))], item, None))
        assert await asyncio.to_thread(is_drawn.wait, 60)
        assert not drawn.done()
        may_end.set()
        return await drawn

    monkeypatch.setattr("crawler.pictures.stage.draw_chart", drawing)
    done = asyncio.run(draw())
    crawl.run.close()
    (path,) = (tmp_path / "out/assets/kline").rglob("*.svg")
    assert path.relative_to(tmp_path / "out").as_posix() in done.body
    assert ([path.read_bytes()], crawl.run.counts) == (made, {"pictures/kept": 1, "pictures/missing": 0})


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
