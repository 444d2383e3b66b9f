"""First duty: join what the pages said of an article into a post."""

from scrapy.exceptions import DropItem

from crawler.items import Candidate, Post
from crawler.merge import Incomplete, merge
from crawler.pipelines.base import RunPipeline


class MergePipeline(RunPipeline):
    """Turns a spider's Candidate into a Post; an article that makes no post goes to quarantine."""

    def process_item(self, item: Candidate) -> Post:
        """The post; raises DropItem with the reason."""
        try:
            return merge(item.articles, self.crawler.settings["FINEWS_SHARE_HOST"])
        except Incomplete as reason:
            self.run.quarantined(item.code, str(reason), item.page)
            raise DropItem(f"{item.code}: {reason}", log_level="INFO") from None
