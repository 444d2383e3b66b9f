"""What the pipelines share: the run of their crawl, and errors that are counted before they are raised."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.extensions.run import RunExtension
from crawler.store.run import Run


class RunPipeline:
    """A pipeline that knows its crawl's run and settings."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline for this crawl."""
        return cls(crawler)

    @property
    def run(self) -> Run:
        """The run that the crawl's extension opened."""
        extension = self.crawler.get_extension(RunExtension)
        assert extension
        return extension.run
