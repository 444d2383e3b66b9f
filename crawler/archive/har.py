"""Reads HAR: the requests and replies that a browser's developer tools recorded."""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.archive import looks
from crawler.archive.address import original
from crawler.archive.entry import Entry
from crawler.archive.found import Found, Unread, shown
from crawler.items import Page


def read(entry: Entry) -> Iterator[Found]:
    """Read every reply that has a text or a page's data."""
    data = entry.everything(entry.budget.limits.container_bytes)
    log = json.loads(data.decode("utf-8-sig", "replace"), strict=False)
    entries = log["log"].get("entries")
    if not isinstance(entries, list) or not entries:
        yield Unread(entry.source, "empty archive")
        return
    for number, exchange in enumerate(entries):
        yield _page(exchange if isinstance(exchange, dict) else {}, f"{entry.source}!{number}")


def _page(exchange: dict[str, Any], source: str) -> Found:
    request, response = _part(exchange, "request"), _part(exchange, "response")
    content = _part(response, "content")
    url, kind = str(request.get("url") or ""), str(content.get("mimeType") or "")
    source = f"{source} {shown(url)[:300]}"
    status, text = response.get("status"), content.get("text")
    if status != 200:
        return Unread(source, f"HTTP {shown(str(status))[:20]}")
    if looks.declares_asset(kind):
        return Unread(source, f"asset: {shown(kind)[:80]}")
    if not isinstance(text, str) or not text:
        return Unread(source, "no content recorded")
    coded = content.get("encoding") == "base64"
    try:
        body = base64.b64decode(text) if coded else text.encode("utf-8", "replace")
    except (binascii.Error, ValueError):
        body = b""
    if reason := looks.why_no_page(body, shown(kind)):
        return Unread(source, reason)
    return Page(
        url=original(url),
        body=body,
        encoding=looks.charset(kind) if coded else "utf-8",
        fetched=_time(exchange.get("startedDateTime")),
        source=source,
    )


def _part(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _time(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None
