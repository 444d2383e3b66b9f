"""A spider of the sample site, and the request for one post."""

import pytest
from crawling import MakeCrawler
from scrapy import Request
from spiders.following import SEED, follow, list_of, served

from crawler.demo import Site
from crawler.spiders.finews import FinewsSpider


@pytest.fixture
def spider(crawler_of: MakeCrawler) -> FinewsSpider:
    return crawler_of().spider  # type: ignore[return-value]


@pytest.fixture
def post(spider: FinewsSpider, sample: Site) -> Request:
    """The request for the seed article's post, as its list leads to it."""
    posts = follow(request := list_of(spider), served(sample, request))
    return next(one for one in posts if isinstance(one, Request) and SEED in one.url)
