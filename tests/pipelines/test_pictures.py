"""Pictures are fetched, stored and pointed to, while the crawl goes on."""

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pictures.local_stage import post
from pipelines.staged import Crawl
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.assemble import ORDER
from crawler.items import Post
from crawler.pictures.chart import draw_chart
from crawler.pictures.fetch import Fetched, NoPicture
from crawler.pictures.formats import MAX_BYTES
from crawler.pictures.prices import PRICES_HOST
from crawler.pipelines.pictures import PRIORITY, PicturesPipeline


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


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[Any]:
    """The pipeline, of a crawl that stores pictures, and draws those of past days."""
    crawl = Crawl(tmp_path / "out", FINEWS_KLINE_IMAGES="local", FINEWS_KLINE_CHARTS=True)
    yield crawl.pipelines[crawl.names.index("pictures")]
    crawl.run.close()


def test_each_picture_is_asked_for_before_other_articles_and_never_a_large_one(pictures: Any) -> None:
    (request,) = pictures.get_media_requests(post('<img alt="K图 600050_0" data-code="1,600050">'), None)
    assert request.url.startswith(f"https://{PRICES_HOST}/")
    assert (request.priority, request.meta["download_maxsize"]) == (PRIORITY, MAX_BYTES)
    assert pictures.get_media_requests(post("<p>没有图</p>"), None) == []
    assert pictures.file_path(request) == request.url
    assert pictures.media_to_download(request, None) is None


def test_what_comes_is_taken_with_its_moment_and_an_error_page_is_not(pictures: Any) -> None:
    request = Request("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050")
    url, fetched = pictures.media_downloaded(Response(request.url, body=b"x"), request, None)
    assert (url, fetched.data) == (request.url, b"x")
    assert abs((datetime.now(UTC) - fetched.at).total_seconds()) < 60
    with pytest.raises(NoPicture, match="HTTP status 404"):
        pictures.media_downloaded(Response(request.url, status=404), request, None)


@pytest.mark.parametrize(
    ("error", "reason"), [(NoPicture("HTTP status 404"), "HTTP status 404"), (TimeoutError("x"), "TimeoutError")]
)
def test_a_failure_is_counted_by_its_reason_and_the_post_is_written_all_the_same(
    error: Exception, reason: str, pictures: Any
) -> None:
    for _ in range(2):
        with pytest.raises(NoPicture, match=reason):
            pictures.media_failed(Failure(error), Request("https://a.example/"), None)
    assert pictures._run.counts[f"pictures/failed/{reason}"] == 2
    item = post('<img alt="K图 600050_0" data-code="1,600050">')
    made = asyncio.run(pictures.item_completed([(False, Failure(error))], item, None))
    assert (made.code, pictures._run.counts["pictures/missing"]) == (item.code, 1)


def test_a_picture_that_cannot_be_had_is_no_error_in_the_log(pictures: Any, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("scrapy.pipelines.media")
    log.error("as Scrapy says it", exc_info=NoPicture("HTTP status 404"))
    log.error("a fault of ours", exc_info=ValueError("x"))
    assert [record.message for record in caplog.records] == ["a fault of ours"]


def test_it_is_not_there_where_pictures_are_not_stored(crawl: Crawl) -> None:
    with pytest.raises(NotConfigured):
        PicturesPipeline(crawler=crawl.crawler)
