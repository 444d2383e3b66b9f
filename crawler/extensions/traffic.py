"""Notes for the report what hosts answered, and how long they were waited for."""

from scrapy import Request
from scrapy.http import Response

from crawler.crawl_part import CrawlPart
from crawler.extensions.run import RunExtension
from crawler.store.figures import Figures, Waiting
from crawler.urls import hostname


class Traffic(CrawlPart):
    """Listens to the downloader, which sees every answer; the pauses of hosts are noted where they are made."""

    LISTENS_TO = ("request_reached_downloader", "response_downloaded", "request_left_downloader")

    def request_reached_downloader(self, request: Request) -> None:
        """It waits for its turn, then for its answer."""
        self._of(request).begin()

    def response_downloaded(self, response: Response) -> None:
        """Count the answer."""
        self._figures().answers.add(str(response.status))

    def request_left_downloader(self, request: Request) -> None:
        """It was answered, or failed."""
        self._of(request).end()

    def _of(self, request: Request) -> Waiting:
        return self._figures().waiting[hostname(request.url)]

    def _figures(self) -> Figures:
        return RunExtension.of(self._crawler).run.figures
