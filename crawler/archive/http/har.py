"""Reads HAR: the requests and replies that a browser's developer tools recorded."""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.archive import detect
from crawler.archive.budget import Budget
from crawler.archive.entry import Entry
from crawler.archive.http import replies
from crawler.archive.http.payload import undo
from crawler.archive.model import Exceeded, ReadResult, Skipped, Undecodable, printable
from crawler.patterns import compiled

_HAR = compiled(rb"\s*(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{")


def matches(head: bytes, path: str) -> bool:
    """Tell whether data begins as a HAR does."""
    return _HAR.match(detect.in_utf8(head)) is not None


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every reply that has a text or a page's data."""
    data = entry.everything(entry.budget.limits.container_bytes)
    entries = _entries(detect.in_utf8(data).decode("utf-8-sig", "replace"))
    if not entries:
        yield Skipped(entry.source, "empty archive")
        return
    for number, exchange in enumerate(entries):
        known = exchange if isinstance(exchange, dict) else {}
        yield _page(known, f"{entry.source}!{number}", entry.budget)


def _entries(text: str) -> list[Any]:
    """Give what was recorded, of several logs in a list too; raises ValueError."""
    try:
        logs = json.loads(text, strict=False)
    except ValueError as error:
        raise ValueError(f"its JSON cannot be read: {error}") from error
    held: list[Any] = []
    for log in logs if isinstance(logs, list) else [logs]:
        entries = _part(log, "log").get("entries")
        if not isinstance(entries, list):
            raise ValueError("there are no entries of a HAR in it")  # noqa: TRY004 - the data is wrong, not a type
        held += entries
    return held


def _page(exchange: dict[str, Any], source: str, budget: Budget) -> ReadResult:
    request, response = _part(exchange, "request"), _part(exchange, "response")
    content = _part(response, "content")
    url, content_type = str(request.get("url") or ""), str(content.get("mimeType") or "")
    source = f"{source} {printable(url)[:300]}"
    status, text = response.get("status"), content.get("text")
    if skipped := replies.no_page(url, source, status, content_type):
        return skipped
    if not isinstance(text, str) or not text:
        return replies.skipped(url, source, "no content recorded")
    coded = content.get("encoding") == "base64"
    try:
        body = _from_base64(text) if coded else text.encode("utf-8", "replace")
        body = undo(budget, body, "")
    except (Exceeded, Undecodable) as error:
        return Skipped(source, str(error), failed=True)
    content_type = content_type if coded else f"{content_type.partition(';')[0]}; charset=utf-8"
    return replies.page(url, source, body, content_type, _time(exchange.get("startedDateTime")))


def _from_base64(text: str) -> bytes:
    """Decode base64, broken into lines or not; raises Undecodable for a text that is none, or is cut off."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise Undecodable("damaged: it is declared as base64, and is none") from error


def _part(holder: object, key: str) -> dict[str, Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def _time(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None
