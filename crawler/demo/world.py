"""The world itself: a site behind a proxy, and which handler answers for which host."""

import socket
import ssl
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme

from crawler.columns import COLUMNS
from crawler.demo.eastmoney_hosts import article_api, wap
from crawler.demo.eastmoney_lists import lists, pages, rolling, rolling_script
from crawler.demo.finews_host import finews
from crawler.demo.klines import kline_api
from crawler.demo.messages import Request, Response, text_response
from crawler.demo.pictures import picture
from crawler.demo.proxy import LOOPBACK, Proxy, send
from crawler.demo.share_host import share
from crawler.demo.site import Site
from crawler.sites import SHARE_HOSTS, SITE_HOST

Handler = Callable[[Site, Request], Response]

HOSTS: dict[str, Handler] = {
    SITE_HOST: finews,
    **dict.fromkeys(SHARE_HOSTS, share),
    "newsinfo.eastmoney.com": article_api,
    "np-listapi.eastmoney.com": lists,
    "np-weblist.eastmoney.com": rolling,
    "newsapi.eastmoney.com": rolling_script,
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


class World:
    """`with World(site) as world:` serves until the block ends. It never connects to anything itself.

    `port` 0 takes a free one. Without `ca_file` the certificate goes to a folder that lives as long as the world.
    """

    def __init__(self, site: Site, *, port: int = 0, ca_file: Path | str | None = None) -> None:
        self.site = site
        self.hosts: dict[str, Handler] = dict(HOSTS)
        self.port = port
        self._given_ca_file = None if ca_file is None else Path(ca_file)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._proxy: Proxy | None = None

    @property
    def proxy_url(self) -> str:
        """The proxy's address, for http_proxy and https_proxy alike."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def ca_file(self) -> Path:
        """The certificate authority's PEM, which clients must trust."""
        if self._given_ca_file is not None:
            return self._given_ca_file
        if self._folder is None:
            raise RuntimeError("the world is not running")
        return Path(self._folder.name) / "ca.pem"

    def env(self) -> dict[str, str]:
        """Return the variables that lead a client into this world, to be laid over the caller's own environment."""
        proxies = {"http_proxy": self.proxy_url, "https_proxy": self.proxy_url, "no_proxy": ""}
        return proxies | {"SSL_CERT_FILE": str(self.ca_file), "FINEWS_STAND_IN": "1"}

    def answer(self, request: Request) -> Response:
        """Say what the world says to a request."""
        return answer(self.site, request, self.hosts)

    def respond(self, connection: socket.socket, request: Request) -> bool:
        """Answer a request on its connection; False when the connection is to be closed."""
        return send(connection, request, self.answer(request))

    def start(self) -> Self:
        """Start serving; OSError for a port in use."""
        if self._given_ca_file is None:
            self._folder = tempfile.TemporaryDirectory(prefix="demo-world-")
        try:
            self._proxy = Proxy(self.port, self._certificate(), self.hosts, self.respond)
        except BaseException:
            self.stop()
            raise
        self._proxy.start()
        self.port = self._proxy.server_port
        return self

    def stop(self) -> None:
        """Stop serving, cutting open connections."""
        if self._proxy is not None:
            self._proxy.stop()
        if self._folder is not None:
            self._folder.cleanup()
        self._proxy = self._folder = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _certificate(self) -> ssl.SSLContext:
        """Make a throw-away authority and its certificate for all the hosts."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.ca_file))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(*self.hosts).configure_cert(context)
        context.set_alpn_protocols(["http/1.1"])
        return context
