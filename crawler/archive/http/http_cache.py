"""Reads Scrapy's HTTP cache: one folder per reply (FilesystemCacheStorage)."""

import ast
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from crawler.archive.budget import Budget
from crawler.archive.http import replies
from crawler.archive.http.head import fields
from crawler.archive.http.payload import undo
from crawler.archive.model import MIB, Exceeded, Exhausted, ReadResult, Skipped, printable, reason_of

_PARTS = frozenset({"meta", "response_body", "response_headers"})
_FILES = _PARTS | {"pickled_meta", "request_body", "request_headers"}
PART = "asset: part of an HTTP cache entry"
"""Why the files beside the body give no page."""
_META_BYTES = 1 << 20


def is_entry(names: set[str]) -> bool:
    """Tell whether a folder with these names in it is one reply of the cache."""
    return names >= _PARTS


def is_part(name: str) -> bool:
    """Tell whether a file is called as those of such a folder are."""
    return name.rpartition("/")[2] in _FILES


def read(names: Iterable[str], opened: Callable[[str], Any], budget: Budget, place: str) -> Iterator[ReadResult]:
    """Read the reply of one folder; the files beside its body are parts of it (the pickled ones are never loaded).

    :param opened: opens the file with one of the names.
    :param place: how sources spell the folder, the sign behind it too.
    """
    for name in sorted(names):
        if name != "response_body":
            yield Skipped(place + printable(name), PART)
    source = place + "response_body"
    try:
        yield _page(partial(_bytes, opened, budget), budget, source)
    except Exhausted:
        raise
    except Exception as error:  # noqa: BLE001 - one reply in a batch; whatever is wrong with it is its reason
        yield Skipped(source, reason_of(error), failed=True)


def _page(read_file: Callable[[str, int], bytes], budget: Budget, source: str) -> ReadResult:
    meta: Any = ast.literal_eval(read_file("meta", _META_BYTES).decode())
    headers = fields(read_file("response_headers", _META_BYTES))
    content_type = headers.get("content-type", "")
    url = str(meta.get("response_url") or meta["url"])
    if skipped := replies.no_page(url, source, int(meta["status"]), content_type):
        return skipped
    body = undo(budget, read_file("response_body", budget.limits.member_bytes), headers.get("content-encoding", ""))
    fetched = datetime.fromtimestamp(float(meta["timestamp"]), UTC) if "timestamp" in meta else None
    return replies.page(url, source, body, content_type, fetched)


def _bytes(opened: Callable[[str], Any], budget: Budget, name: str, limit: int) -> bytes:
    """Read a file of the cache, compressed (HTTPCACHE_GZIP) or not."""
    with opened(name) as file:
        data = undo(budget, file.read(limit + 1), "")
    if len(data) > limit:
        raise Exceeded(f"larger than {limit // MIB} MiB")
    return data
