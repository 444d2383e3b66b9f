"""First duty: join what the pages said of an article into a post."""

from dataclasses import replace

from crawler import sites
from crawler.assemble.assembler import is_same, join
from crawler.assemble.merge import body_trust
from crawler.assemble.outcome import Rejected, of_rejected
from crawler.items import Article, Candidate, Post, PostKind
from crawler.pipelines.base import RunPipeline
from crawler.time_limit import time_limit


class MergePipeline(RunPipeline):
    """Turns a spider's Candidate into a Post."""

    async def process_item(self, item: Candidate) -> Post:
        """The post; raises DropItem for an article that makes none."""
        await self.batches.settled(item.code)
        return self._merged(item)

    def _merged(self, item: Candidate) -> Post:
        kinds = {article.kind for article in item.articles if article.kind}
        with self.run.writing():
            known = self.run.earlier.records(sites.spellings([item.code])).values()
            on_disk = self.run.posts.look(one for one in known if one.code == item.code or not one.listed)
            kept = self._kept(item, kinds)
        on_disk = [one for one in on_disk if one.code == item.code or is_same(one, kinds)]
        earlier = [*kept, *(copy for one in on_disk for copy in one.articles)]
        try:
            with time_limit(Rejected):
                post = join(
                    [*item.articles, *(replace(one, code=item.code) for one in earlier)],
                    self._crawler.settings["FINEWS_SHARE_HOST"],
                    self.run.counts,
                    on_disk,
                    body_trust(self._crawler.settings["FINEWS_ORIGINS"]),
                )
                return post if post.code == item.code else self._under_its_own_code(item, post)
        except Rejected as rejected:
            if rejected.code not in {"", item.code}:
                self._becomes(item.code, rejected.code)
            self.reject(of_rejected(item.code, rejected, item.page, [*item.articles, *kept]))

    def _under_its_own_code(self, item: Candidate, post: Post) -> Post:
        """The post in the place of what it was taken for."""
        self._becomes(item.code, post.code)
        return replace(post, replaces=(*post.replaces, item.code))

    def _becomes(self, code: str, other: str) -> None:
        """What was taken for an article is an item of the rolling list, or the other way round."""
        with self.run.writing():
            self.run.ledger.becomes(code, other)
        self.run.has_another_code([code])

    def _kept(self, item: Candidate, kinds: set[PostKind]) -> list[Article]:
        """What pages of earlier runs said of the article; a page that was asked again speaks for itself."""
        asked = {article.origin for article in item.articles}
        kept = self.run.ledger.kept(sites.spellings([item.code]))
        said = [one for articles in kept.values() for one in articles if one.origin not in asked]
        return [one for one in said if one.code == item.code or one.kind in {None, *kinds}]
