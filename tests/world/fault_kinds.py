"""The kinds of fault, as a table: a kind rewrites the response, or sends it in a broken way."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from world import broken_sends
from world.fault_rule import Strike

from crawler.demo.messages import HTML, JSON, Response, html_response, json_response, redirect

Rewrite = Callable[[Strike], Response]

CAPTCHA = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>安全验证</title></head>
<body><div id="captcha" class="slider-captcha"><p>请完成安全验证：拖动滑块完成拼图</p>
<form action="/verify" method="post"><input type="hidden" name="token" value="0"></form></div>
<script src="/verify/slider.js"></script></body></html>
"""
BLOCKED = {"code": 403, "message": "访问过于频繁，请稍后再试", "data": None}
_GARBAGE = bytes(n * 167 % 256 for n in range(4096))
_UNAVAILABLE = "<!DOCTYPE html><html><body><p>服务暂不可用</p></body></html>\n"
# HTML of another kind altogether, as a parked domain or a provider's notice page has it.
_NOTICE = "<html><head><title>维护公告</title></head><body><div class=x>系统维护中<ul><li>1<li>2</ul></body></html>\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """`rewrite` comes first, then `send` puts the result on the broken_sends. A `silent` kind sends no status at all."""

    rewrite: Rewrite | None = None
    send: broken_sends.Send | None = None
    silent: bool = False


def _status(strike: Strike) -> Response:
    code, wait = strike.fault.status, strike.fault.retry_after
    if isinstance(wait, timedelta):  # as a date: in whole seconds
        wait = format_datetime((datetime.now(UTC) + wait).replace(microsecond=0), usegmt=True)
    refused = html_response(f"<html><body><h1>{code}</h1></body></html>\n", code)
    return refused if wait is None else refused.with_headers(("Retry-After", str(wait)))


def _recoded(declared: str, actual: str, in_page: str) -> Rewrite:
    """Encode the body as `actual`; the header says `declared`, the page's own meta element `in_page`."""

    def rewrite(strike: Strike) -> Response:
        text = re.sub(r'(<meta charset=")[^"]*', rf"\g<1>{in_page}", strike.response.body.decode())
        kind = strike.response.content_type.partition(";")[0]
        return replace(strike.response, body=text.encode(actual), content_type=f"{kind}; charset={declared}")

    return rewrite


def _to(location: str) -> Rewrite:
    return lambda _: redirect(location)


def _verify(strike: Strike) -> Response:
    """Send the client away to the captcha page, which itself is not redirected."""
    request = strike.request
    if request.path == "/verify":
        return html_response(CAPTCHA)
    return redirect(f"{request.scheme}://{request.host}/verify?from={request.path}")


def _always(answer: Response) -> Rewrite:
    return lambda _: answer


def _body(body: bytes) -> Rewrite:
    """Put another body under the response's own status and headers."""
    return lambda strike: replace(strike.response, body=body)


def _json_body(alter: Callable[[dict[str, Any]], dict[str, Any]]) -> Rewrite:
    """Alter the response's JSON object; a body that is no JSON object counts as an empty one."""

    def rewrite(strike: Strike) -> Response:
        try:
            value = json.loads(strike.response.body)
        except ValueError:
            value = {}
        return json_response(alter(value if isinstance(value, dict) else {}))

    return rewrite


def _bodies(value: str | None) -> Rewrite:
    return _json_body(lambda reply: reply | {"text": value, "content": value})


def _without_bodies(reply: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in reply.items() if key not in ("text", "content")}


def _cut(strike: Strike) -> Response:
    """Halve the body, with a Content-Length that agrees."""
    return replace(strike.response, body=strike.response.body[: len(strike.response.body) // 2])


def _wrong_type(strike: Strike) -> Response:
    kind = "image/png" if strike.response.content_type in (HTML, JSON) else HTML
    return replace(strike.response, content_type=kind)


def _empty_list(strike: Strike) -> Response:
    """Leave the page as it is, but for the items of its lists."""
    return replace(strike.response, body=re.sub(rb"<li>.*?</li>", b"", strike.response.body, flags=re.DOTALL))


KINDS: dict[str, Kind] = {
    "status": Kind(_status),
    "slow-headers": Kind(send=broken_sends.slow_headers),
    "slow-body": Kind(send=broken_sends.slow_body),
    "reset": Kind(send=broken_sends.reset, silent=True),
    "reset-in-body": Kind(send=broken_sends.reset_in_body),
    "close": Kind(send=broken_sends.close, silent=True),
    "truncated": Kind(send=broken_sends.truncated),
    "chunked-cut": Kind(send=broken_sends.chunked_cut),
    "huge": Kind(send=broken_sends.huge),
    "bad-status-line": Kind(send=broken_sends.bad_status_line, silent=True),
    "endless-headers": Kind(send=broken_sends.endless_headers),
    "utf8-declared-gb2312": Kind(_recoded("gb2312", "utf-8", "gb2312")),
    "gbk-declared-utf8": Kind(_recoded("utf-8", "gb18030", "UTF-8")),
    "gbk": Kind(_recoded("gbk", "gb18030", "gbk")),
    "redirect-loop": Kind(lambda strike: redirect(strike.request.url)),
    "redirect-verify": Kind(_verify),
    "redirect-other-host": Kind(lambda strike: redirect(strike.fault.location)),
    "redirect-loopback": Kind(_to("http://127.0.0.1/")),
    "redirect-file": Kind(_to("file:///etc/hostname")),
    "captcha": Kind(_always(html_response(CAPTCHA))),
    "blocked-json": Kind(_always(json_response(BLOCKED))),
    "empty-body": Kind(_body(b"")),
    "html-for-json": Kind(_always(html_response(_UNAVAILABLE))),
    "json-without-bodies": Kind(_json_body(_without_bodies)),
    "json-null-bodies": Kind(_bodies(None)),
    "json-empty-bodies": Kind(_bodies("")),
    "json-null-data": Kind(_json_body(lambda reply: reply | {"data": None})),
    "json-not-utf8": Kind(_always(Response(200, b'{"text":"\xff\xfe\x80","content":"\xff\xfe\x80"}', JSON))),
    "cut": Kind(_cut),
    "garbage": Kind(_body(_GARBAGE)),
    "bad-gzip": Kind(lambda strike: strike.response.with_headers(("Content-Encoding", "gzip"))),
    "wrong-type": Kind(_wrong_type),
    "empty-list": Kind(_empty_list),
    "garbage-list": Kind(_always(html_response(_NOTICE))),
}
