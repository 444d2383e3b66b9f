"""First duty: join what the pages said of an article into a post."""

from crawler.assemble.assembler import join
from crawler.assemble.outcome import Assembled, Rejected
from crawler.items import Candidate, Post
from crawler.pipelines.base import RunPipeline


class MergePipeline(RunPipeline):
    """Turns a spider's Candidate into a Post."""

    def process_item(self, item: Candidate) -> Post:
        """The post; raises DropItem for an article that makes none."""
        try:
            return join(item.articles, self._crawler.settings["FINEWS_SHARE_HOST"], self.run.counts)
        except Rejected as rejected:
            self.reject(Assembled(item.code, rejected.outcome, str(rejected), page=item.page))
