"""The stages between merge and store as pipelines, one a class: no step of their own."""

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.items import Post
from crawler.pipelines.base import RunPipeline
from crawler.stages import Clean, FindKLines, RemotePictures, Stage, cleaning_profile, stores_pictures


class StagePipeline(RunPipeline):
    """Runs one stage on each post and books what it did."""

    stage: Stage

    def process_item(self, item: Post) -> Post:
        """The post after the stage."""
        return self.stage(item, self.run.counts)


class CleanPipeline(StagePipeline):
    """Cleaning by FINEWS_CLEANING."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.stage = Clean(cleaning_profile(crawler.settings))


class KLinePipeline(StagePipeline):
    """K-line references understood."""

    stage = FindKLines()


class RemotePicturePipeline(StagePipeline):
    """K-line references given a working address; not there where pictures are stored."""

    stage = RemotePictures()

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if stores_pictures(crawler.settings):
            raise NotConfigured
