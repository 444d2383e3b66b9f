"""Second duty: what no reader wants or nobody may publish taken out, by FINEWS_CLEANING."""

from crawler.pipelines.base import StagePipeline


class CleanPipeline(StagePipeline):
    """Title, digest and body safe to publish."""

    name = "clean"
