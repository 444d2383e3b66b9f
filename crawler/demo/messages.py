"""Requests and responses as plain values: what handlers take and give."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

Headers = tuple[tuple[str, str], ...]

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the proxy read it. `target` is path and query as sent, `headers` has lower-case names."""

    method: str
    scheme: str
    host: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def path(self) -> str:
        """The path without the query, percent escapes decoded."""
        return unquote(self.target.partition("?")[0])

    @property
    def query(self) -> dict[str, str]:
        """Query parameters; names in lower case, because East Money's are case-insensitive in use."""
        pairs = parse_qsl(self.target.partition("?")[2], keep_blank_values=True)
        return {name.lower(): value for name, value in pairs}


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response. Content-Length is added when it is sent."""

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: Headers = ()

    def with_headers(self, *more: tuple[str, str]) -> Self:
        """Return the same response with more headers."""
        return replace(self, headers=self.headers + more)


def html_response(text: str, status: int = 200) -> Response:
    """Make a page."""
    return Response(status, text.encode())


def text_response(text: str, status: int = 200) -> Response:
    """Make a plain text."""
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def json_response(value: Any) -> Response:
    """Make a JSON reply, compact and with Chinese as it is."""
    return Response(200, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), JSON)


def redirect(location: str, status: int = 302) -> Response:
    """Make a redirect."""
    page = f'<html><body>Moved: <a href="{html.escape(location)}">here</a></body></html>\n'
    return replace(html_response(page, status), headers=(("Location", location),))
