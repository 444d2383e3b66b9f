"""First duty: join what the pages said of an article into a post."""

from dataclasses import replace

from crawler import sites
from crawler.assemble.assembler import is_same, join
from crawler.assemble.merge import body_trust
from crawler.assemble.outcome import Rejected, of_rejected
from crawler.items import Candidate, Post
from crawler.pipelines.base import RunPipeline
from crawler.time_limit import time_limit


class MergePipeline(RunPipeline):
    """Turns a spider's Candidate into a Post."""

    def process_item(self, item: Candidate) -> Post:
        """The post; raises DropItem for an article that makes none."""
        kinds = {article.kind for article in item.articles if article.kind}
        with self.run.writing():
            known = self.run.earlier.records([item.code, sites.other_spelling(item.code)]).values()
            on_disk = self.run.posts.look(one for one in known if one.code == item.code or not one.listed)
        on_disk = [one for one in on_disk if one.code == item.code or is_same(one, kinds)]
        try:
            with time_limit(Rejected):
                return join(
                    [*item.articles, *(replace(copy, code=item.code) for one in on_disk for copy in one.articles)],
                    self._crawler.settings["FINEWS_SHARE_HOST"],
                    self.run.counts,
                    on_disk,
                    body_trust(self._crawler.settings["FINEWS_ORIGINS"]),
                )
        except Rejected as rejected:
            self.reject(of_rejected(item.code, rejected, item.page))
