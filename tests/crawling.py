"""A crawl's own parts without a crawl: crawler, spider and engine as the settings make them, and no way to the network."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.extensions.run import RunExtension
from crawler.spiders.finews import FinewsSpider

START = "http://finews.withounder.com/"
SITE, SHARE = "finews.withounder.com", "finews.zning.xyz"
_OURS = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
_APART = {
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "file", "ftp", "data", "s3")),
    "EXTENSIONS": {"crawler.extensions.run.RunExtension": 0},
}
MakeCrawler = Callable[..., Crawler]


def make_crawler(output: Path, *, arguments: dict[str, str] | None = None, **changed: Any) -> Crawler:
    """A crawler with its spider (``-a`` arguments) and engine, its run open."""
    crawler = get_crawler(FinewsSpider, {**_OURS, **_APART, "FINEWS_OUTPUT_DIR": str(output), **changed})
    crawler.spider = crawler._create_spider(**{"start": START, **(arguments or {})})
    crawler.engine = crawler._create_engine()
    crawler.spider.run = run_of(crawler)
    return crawler


def run_of(crawler: Crawler) -> Any:
    extension = crawler.get_extension(RunExtension)
    assert extension
    return extension.run


def given(**changed: object) -> Settings:
    made = Settings()
    made.setmodule(settings)
    made.setdict(changed, "cmdline")
    return made


def response_to(request: Request, status: int = 200, content_type: str = "text/html") -> HtmlResponse:
    """A page in answer to the request."""
    headers = {"Content-Type": content_type}
    return HtmlResponse(request.url, status=status, body=b"<p>x", headers=headers, request=request)
