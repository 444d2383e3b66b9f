"""Every response is kept under the address that was asked for, where that is wanted."""

from pathlib import Path

import pytest
from crawling import MakeCrawler
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from warcio.archiveiterator import ArchiveIterator

from crawler.extensions.run import RunExtension
from crawler.extensions.warc_recorder import WarcRecorder


def kept(folder: Path) -> list[tuple[str, str, bytes]]:
    """Address, status and body of each response, as another reader has them."""
    found = []
    for file in sorted(folder.glob("*.warc.gz")):
        with file.open("rb") as stream:
            found += [
                (
                    record.rec_headers.get_header("WARC-Target-URI"),
                    record.http_headers.get_statuscode(),
                    record.content_stream().read(),
                )
                for record in ArchiveIterator(stream)
                if record.rec_type == "response"
            ]
    return found


def receive(crawler: Crawler, asked: str, body: bytes = b"", status: int = 200, **meta: object) -> None:
    request = Request(asked, meta=meta)
    response = Response(asked, status=status, headers={"X-Two": ["a", "b"]}, body=body)
    crawler.signals.send_catch_log(signals.response_received, response=response, request=request, spider=crawler.spider)


def test_responses_are_kept_under_what_was_asked_for(crawler_of: MakeCrawler, tmp_path: Path) -> None:
    crawler = crawler_of(FINEWS_ARCHIVE="1")
    archive = WarcRecorder.from_crawler(crawler)
    receive(crawler, "http://a.example/1", "正文".encode())
    receive(crawler, "http://a.example/moved", b"x", redirect_urls=["http://a.example/2", "http://a.example/3"])
    receive(crawler, "http://a.example/4", status=304)
    receive(crawler, "http://a.example/5", b"gone", status=404)
    crawler.signals.send_catch_log(signals.spider_closed)
    assert kept(tmp_path / "output" / "archive") == [
        ("http://a.example/1", "200", "正文".encode()),
        ("http://a.example/2", "200", b"x"),
        ("http://a.example/5", "404", b"gone"),
    ]
    assert archive._writer is not None


@pytest.mark.parametrize("method", ["__init__", "write"])
def test_a_disk_that_refuses_ends_the_crawl(
    method: str, crawler_of: MakeCrawler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawler = crawler_of(FINEWS_ARCHIVE="1")
    archive, stopped = WarcRecorder.from_crawler(crawler), list[bool]()
    extension = crawler.get_extension(RunExtension)
    assert extension
    monkeypatch.setattr(extension, "stop", lambda: stopped.append(True))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"crawler.archive.warc.writer.WarcWriter.{method}", refuse)
    receive(crawler, "http://a.example/1", b"x")
    assert stopped == [True]
    assert extension.run.fatal is not None
    archive.spider_closed()


@pytest.mark.parametrize("off", ["0", False])
def test_nothing_is_kept_unasked(off: object, crawler_of: MakeCrawler) -> None:
    with pytest.raises(NotConfigured):
        WarcRecorder.from_crawler(crawler_of(FINEWS_ARCHIVE=off))
