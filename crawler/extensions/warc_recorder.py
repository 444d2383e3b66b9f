"""FINEWS_ARCHIVE=1: every response that the crawl takes is kept in WARC files, from which it can be repeated."""

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.crawl_part import CrawlPart, url_asked
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.store.atomic import writer

if TYPE_CHECKING:
    from crawler.archive.warc.writer import WarcWriter


class WarcRecorder(CrawlPart):
    """Writes each response, its content encoding undone, under the address that was asked for."""

    LISTENS_TO = ("response_received", "spider_closed")

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("FINEWS_ARCHIVE"):
            raise NotConfigured
        super().__init__(crawler)
        self._writer: WarcWriter | None = None

    def _begun(self) -> "WarcWriter":
        """Begin to keep; workers that share a crawl each in files of their own. Raises OSError."""
        from crawler.archive.warc.writer import WarcWriter  # noqa: PLC0415 - heavy, and few crawls keep what they are sent

        prefix = f"finews-{writer()}" if self._crawler.settings.getbool("FINEWS_SHARED") else "finews"
        return WarcWriter(Path(self._crawler.settings["FINEWS_OUTPUT_DIR"]) / "archive", prefix)

    def response_received(self, response: Response, request: Request) -> None:
        """Keep the response; what was not modified is in an earlier file."""
        extension = self._crawler.get_extension(RunExtension)
        if response.status == 304 or extension is None:
            return
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values or ()
        ]
        asked = url_asked(request)
        try:
            with extension.run.writing():
                self._writer = self._writer or self._begun()
                self._writer.write(asked, response.body, status=response.status, headers=headers, method=request.method)
        except RunError:
            extension.stop()

    def spider_closed(self) -> None:
        """Finish the file."""
        if self._writer:
            self._writer.close()
