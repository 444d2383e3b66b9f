"""Last duty: the post to disk, durably, then into the ledger."""

from crawler.assemble.assembler import finish
from crawler.items import Post
from crawler.pipelines.base import RunPipeline, dropped


class WritePipeline(RunPipeline):
    """Writes each post, with those that come with it. When the disk refuses, the run's extension ends the crawl."""

    async def process_item(self, item: Post) -> Post:
        """The post, written or found unchanged; raises DropItem for one that must not be written, RunError."""
        assembled = finish(item)
        await self.batches.store(assembled)
        if assembled.reason:
            raise dropped(assembled)
        return item
