"""What a spider makes of answers, without a socket."""

import asyncio
from collections.abc import Callable, Iterable

from crawling import START
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.demo import Site, messages
from crawler.demo.world import answer
from crawler.items import Candidate
from crawler.spiders.finews import FinewsSpider
from crawler.store.frontier import Validators

SEED = "NW202201142248170578"


CATEGORY = f"{START}category/renminyoudianbao.html"


ETAGS = {"ETag": '"x"', "Last-Modified": "Fri, 14 Jan 2022 14:48:00 GMT"}


def first_requests(spider: FinewsSpider) -> list[Request]:
    async def take() -> list[Request]:
        return [request async for request in spider.start()]

    return asyncio.run(take())


def served(site: Site, request: Request, **headers: str) -> HtmlResponse:
    """What the sample site answers, without a socket."""
    scheme, _, rest = request.url.partition("://")
    host, _, target = rest.partition("/")
    told = answer(site, messages.Request("GET", scheme, host, f"/{target}"))
    return HtmlResponse(request.url, status=told.status, body=told.body, headers=headers, request=request)


def failed(request: Request, error: Exception) -> Failure:
    failure = Failure(error)
    failure.request = request
    return failure


def follow(request: Request, response: Response | Failure) -> list[Request | Candidate]:
    """What the spider makes of an answer, or of a failure."""
    if isinstance(response, Failure):
        assert request.errback
        return list(request.errback(response))
    assert request.callback
    return list(request.callback(response, **request.cb_kwargs))


def lost(request: Request) -> list[Request | Candidate]:
    """What comes in the end of a request that is answered with 404 again and again."""
    error = HttpError(HtmlResponse(request.url, status=404, body=b"gone", request=request))
    (again,) = follow(request, failed(request, error))
    assert isinstance(again, Request)
    return follow(again, failed(again, error))


def last(request: Request, answer: Callable[[Request], Response]) -> list[Request | Candidate]:
    """What comes in the end of a request that is answered so again and again; it is tried again at least once."""
    asked = request
    while isinstance((further := follow(asked, answer(asked)) or [None])[0], Request) and further[0].url == asked.url:
        asked = further[0]
    assert asked is not request
    return [one for one in further if one]


def urls(requests: Iterable[Request | Candidate]) -> list[str]:
    return [request.url for request in requests if isinstance(request, Request)]


def list_of(spider: FinewsSpider, url: str = CATEGORY, known: Validators | None = None) -> Request:
    if known:
        spider._known_lists = {url: known}
    return next(spider._list(url))
