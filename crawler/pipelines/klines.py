"""Third duty: K-line references found and understood."""

from crawler.pipelines.base import StagePipeline


class KlinesPipeline(StagePipeline):
    """The post knows its K-lines."""

    name = "klines"
