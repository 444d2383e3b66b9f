"""finews.withounder.com: home, posts, list pages and feed, with ETag and Last-Modified."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from crawler.demo import pages
from crawler.demo.messages import Request, Response, html_response, redirect
from crawler.demo.site import Site
from crawler.patterns import compiled
from crawler.sites import EMNEWS
from crawler.times import BEIJING

_LIST = compiled(r"/category/(.*)\.html", re.DOTALL)
STYLE = b"body{font:16px/1.6 sans-serif}section{max-width:48em}\n"


EMNEWS_SHOWN = 100
"""The rolling list shows so many, and links to the whole one (domain-facts 12)."""


def _listing(site: Site, path: str, slug: str) -> Response | None:
    title = site.list_titles.get(slug)
    return None if title is None else html_response(pages.listing(path, site.in_category(slug), title))


def _rolling(site: Site) -> Response | None:
    return html_response(pages.rolling(site, EMNEWS_SHOWN)) if EMNEWS in site.list_titles else None


_FIXED: dict[str, Callable[[Site], Response | None]] = {
    "/": lambda site: html_response(pages.home(site)),
    "/index.html": lambda site: html_response(pages.home(site)),
    "/emnews": lambda _: redirect("/emnews/", 301),
    "/emnews/": _rolling,
    "/emnews/index.html": _rolling,
    "/achieves/emnews/": lambda site: _listing(site, "/achieves/emnews/", EMNEWS),
    "/feed.xml": lambda site: Response(200, pages.feed(site).encode(), "application/xml"),
    "/assets/css/style.css": lambda _: Response(200, STYLE, "text/css; charset=utf-8"),
}


def _page(site: Site, path: str) -> Response | None:
    if path in _FIXED:
        return _FIXED[path](site)
    listed = _LIST.fullmatch(path)
    if listed and (found := _listing(site, path, listed[1])):
        return found
    article = site.at_path(path)
    return None if article is None else html_response(pages.post(article))


def _unchanged(request: Request, etag: str, modified: datetime) -> bool:
    """RFC 9110 13.2.2: If-None-Match, when there, alone decides."""
    asked = request.headers.get("if-none-match")
    if asked is not None:
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return asked.strip() == "*" or etag in tags
    since = request.headers.get("if-modified-since")
    try:
        return since is not None and parsedate_to_datetime(since) >= modified
    except (TypeError, ValueError):
        return False


def _with_validators(response: Response, request: Request, built: datetime) -> Response:
    etag = f'"{hashlib.blake2b(response.body, digest_size=8).hexdigest()}"'
    modified = built.replace(tzinfo=BEIJING).astimezone(UTC)
    response = response.with_headers(
        ("ETag", etag),
        ("Last-Modified", format_datetime(modified, usegmt=True)),
        ("Cache-Control", "max-age=600"),
    )
    return replace(response, status=304, body=b"") if _unchanged(request, etag, modified) else response


def finews(site: Site, request: Request) -> Response:
    """Answer for the finews site: 304 when the client's validators still hold, Jekyll's 404 page for unknown paths."""
    built = site.built
    response = _page(site, request.path)
    if response is None:
        return html_response(pages.not_found(request.path), 404)
    return _with_validators(response, request, built) if response.status == 200 else response
