"""What the pipelines share: the run of their crawl, and how a stage becomes one."""

from typing import ClassVar, NoReturn

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from crawler.assemble.outcome import Assembled, Rejected
from crawler.assemble.stages import STAGES
from crawler.crawl_part import CrawlPart
from crawler.extensions.run import RunExtension
from crawler.items import Post
from crawler.store.run import Run
from crawler.time_limit import time_limit


class RunPipeline(CrawlPart):
    """A pipeline that knows its crawl's run and settings."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        extension = RunExtension.of(crawler)
        self.run: Run = extension.run
        """The run that the crawl's extension opened."""
        self.batches = extension.batches

    def reject(self, assembled: Assembled) -> NoReturn:
        """Book that no post is made of the article. Raises DropItem, or RunError when the disk refuses."""
        self.run.store([assembled])
        raise dropped(assembled)


def dropped(assembled: Assembled) -> DropItem:
    """What to raise for an article that was booked as a rejection."""
    return DropItem(f"{assembled.code}: {assembled.reason}", log_level="INFO")


class StagePipeline(RunPipeline):
    """Runs the stage ``name`` on each post and counts what it did; not there where the settings want no such stage."""

    name: ClassVar[str]

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        stage = STAGES[self.name](crawler.settings)
        if stage is None:
            raise NotConfigured
        self._stage = stage

    def process_item(self, item: Post) -> Post:
        """The post after the stage; raises DropItem when the stage takes too long."""
        try:
            with time_limit(Rejected):
                return self._stage(item, self.run.counts)
        except Rejected as rejected:
            self.reject(Assembled(item.code, rejected.outcome, str(rejected)))
