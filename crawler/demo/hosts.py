"""The hosts of the invented world."""

from collections.abc import Callable, Mapping

from crawler.columns import COLUMNS
from crawler.demo.articles import SITE_HOST
from crawler.demo.eastmoney_hosts import article_api, wap
from crawler.demo.eastmoney_lists import flashes, lists, pages, rolling
from crawler.demo.finews_host import finews
from crawler.demo.klines import kline_api
from crawler.demo.messages import Request, Response, text_response
from crawler.demo.pictures import picture
from crawler.demo.share_host import share
from crawler.demo.site import Site
from crawler.sites import SHARE_HOSTS

Handler = Callable[[Site, Request], Response]

HOSTS: dict[str, Handler] = {
    SITE_HOST: finews,
    **dict.fromkeys(SHARE_HOSTS, share),
    "newsinfo.eastmoney.com": article_api,
    "np-listapi.eastmoney.com": lists,
    "np-weblist.eastmoney.com": rolling,
    "newsapi.eastmoney.com": flashes,
    **{column.host: pages for column in COLUMNS},
    "wap.eastmoney.com": wap,
    "webquoteklinepic.eastmoney.com": picture,
    "push2his.eastmoney.com": kline_api,
}


def answer(site: Site, request: Request, hosts: Mapping[str, Handler] = HOSTS) -> Response:
    """Say what the world says to a request."""
    handler = hosts.get(request.host)
    if handler is None:
        known = ", ".join(hosts)
        return text_response(f"{request.host}: no such host in this stand-in world. Hosts: {known}\n", 502)
    if request.method not in ("GET", "HEAD"):
        return text_response("Method Not Allowed\n", 405).with_headers(("Allow", "GET, HEAD"))
    return handler(site, request)
