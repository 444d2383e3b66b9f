"""Pictures are fetched, stored and pointed to, while the crawl goes on."""

import asyncio
import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pictures.local_stage import post
from pipelines.staged import Crawl

from crawler.assemble import ORDER
from crawler.items import Post
from crawler.pictures.chart import draw_chart
from crawler.pictures.fetch import Fetched


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
