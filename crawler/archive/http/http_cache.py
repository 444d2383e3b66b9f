"""Reads Scrapy's HTTP cache: one folder per reply (FilesystemCacheStorage)."""

import ast
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from crawler.archive.http import replies
from crawler.archive.http.head import fields
from crawler.archive.http.payload import undo
from crawler.archive.model import Limits, ReadResult, Skipped, printable, reason_of

Folder: TypeAlias = Path | zipfile.Path
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


def read(folder: Folder, limits: Limits, place: str) -> Iterator[ReadResult]:
    """Read the reply of one folder, on disk or in a zip; ``place`` is how sources spell it, the sign behind it too.

    The files beside its body are parts of it (the pickled ones are never loaded).
    """
    for name in sorted(file.name for file in folder.iterdir()):
        if name != "response_body":
            yield Skipped(place + printable(name), PART)
    source = place + "response_body"
    try:
        yield _page(folder, limits, source)
    except Exception as error:  # noqa: BLE001 - one reply in a batch; whatever is wrong with it is its reason
        yield Skipped(source, reason_of(error), failed=True)


def _page(folder: Folder, limits: Limits, source: str) -> ReadResult:
    meta: Any = ast.literal_eval(_bytes(folder, "meta", _META_BYTES).decode())
    headers = fields(_bytes(folder, "response_headers", _META_BYTES))
    kind = headers.get("content-type", "")
    url = str(meta.get("response_url") or meta["url"])
    if skipped := replies.no_page(url, source, int(meta["status"]), kind):
        return skipped
    body = undo(
        _bytes(folder, "response_body", limits.member_bytes), headers.get("content-encoding", ""), limits.member_bytes
    )
    fetched = datetime.fromtimestamp(float(meta["timestamp"]), UTC) if "timestamp" in meta else None
    return replies.page(url, source, body, kind, fetched)


def _bytes(folder: Folder, name: str, limit: int) -> bytes:
    """Read a file of the cache, compressed (HTTPCACHE_GZIP) or not."""
    with (folder / name).open("rb") as file:
        data: bytes = file.read(limit + 1)
    return undo(data, "", limit)
