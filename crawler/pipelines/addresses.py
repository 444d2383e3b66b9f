"""Fourth duty, with FINEWS_KLINE_IMAGES=remote: K-line references given an address that a browser can load."""

from crawler.pipelines.base import StagePipeline


class AddressesPipeline(StagePipeline):
    """Addresses of the current generation; where pictures are stored, ``pictures`` takes its place."""

    name = "addresses"
