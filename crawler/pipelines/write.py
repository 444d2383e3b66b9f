"""Last duty: the post to disk, durably, then into the ledger."""

from scrapy.exceptions import DropItem

from crawler.items import Post
from crawler.merge import fault
from crawler.pipelines.base import RunPipeline


class WritePipeline(RunPipeline):
    """Writes each post. When the disk refuses, the run's extension ends the crawl."""

    def process_item(self, item: Post) -> Post:
        """The post, written or found unchanged; raises DropItem for one that must not be written, RunError."""
        if reason := fault(item):
            self.run.quarantined(item.code, reason)
            raise DropItem(f"{item.code}: {reason}", log_level="INFO")
        self.run.write(item.code, item)
        return item
