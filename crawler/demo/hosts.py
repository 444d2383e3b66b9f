"""The hosts of the invented world: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crawler.demo.articles import SITE_HOST
from crawler.demo.finews_host import finews
from crawler.demo.klines import kline_api
from crawler.demo.messages import Request, Response, html_response, text_response
from crawler.demo.pictures import picture
from crawler.demo.share_host import share
from crawler.demo.site import Site

Handler = Callable[[Site, Request], Response]

HOSTS: dict[str, Handler] = {
    SITE_HOST: finews,
    "finews.zning.xyz": share,
    "choicewzp1.eastmoney.com": share,
    "webquoteklinepic.eastmoney.com": picture,
    "push2his.eastmoney.com": kline_api,
}

CAPTCHA = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>安全验证</title></head>
<body><div id="captcha" class="slider-captcha"><p>请完成安全验证：拖动滑块完成拼图</p>
<form action="/verify" method="post"><input type="hidden" name="token" value="0"></form></div>
<script src="/verify/slider.js"></script></body></html>
"""


def answer(site: Site, request: Request, robots: Mapping[str, str], hosts: Mapping[str, Handler] = HOSTS) -> Response:
    """Say what the world says to a request. `robots` maps host names to the text of their robots.txt (absent: 404)."""
    handler = hosts.get(request.host)
    if handler is None:
        known = ", ".join(hosts)
        return text_response(f"{request.host}: no such host in this stand-in world. Hosts: {known}\n", 502)
    if request.method not in ("GET", "HEAD"):
        return text_response("Method Not Allowed\n", 405).with_headers(("Allow", "GET, HEAD"))
    if request.path == "/robots.txt" and request.host in robots:
        return text_response(robots[request.host])
    if request.path == "/verify":
        return html_response(CAPTCHA)
    return handler(site, request)
