"""Last duty: the post to disk, durably, then into the ledger."""

import asyncio

from scrapy.exceptions import DropItem

from crawler.exits import RunError
from crawler.items import Post
from crawler.merge import fault
from crawler.pipelines.base import RunPipeline


class WritePipeline(RunPipeline):
    """Writes each post; stops the crawl when the disk refuses."""

    def process_item(self, item: Post) -> Post:
        """The post, written or found unchanged."""
        if reason := fault(item):
            self.run.quarantined(item.code, reason)
            raise DropItem(f"{item.code}: {reason}", log_level="INFO")
        try:
            self.run.write(item.code, item)
        except RunError as error:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="disk"))
            raise DropItem(str(error), log_level="ERROR") from error
        return item
