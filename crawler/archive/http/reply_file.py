"""Reads a file that is one HTTP reply, head and body, as it came: what ``curl -i`` and proxies save."""

from collections.abc import Iterator

from crawler.archive.entry import Entry
from crawler.archive.http import replies
from crawler.archive.http.head import reply
from crawler.archive.http.payload import dechunk, undo
from crawler.archive.model import ReadResult, Undecodable
from crawler.archive.saved_url import saved_url
from crawler.patterns import compiled

_STATUS = compiled(rb"HTTP/\d(?:\.\d)? \d{3}\b")


def matches(head: bytes, path: str) -> bool:
    """Tell whether data begins as a reply does."""
    return _STATUS.match(head) is not None


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the page of the reply; of several, as a redirect or a proxy gives them, that of the last."""
    data = entry.everything()
    while (found := reply(data)) and _STATUS.match(found.payload):
        data = found.payload
    if found is None:
        raise Undecodable("truncated: the head of the reply does not end")
    content_type, body = found.headers.get("content-type", ""), found.payload
    if found.headers.get("transfer-encoding", "").lower() == "chunked":
        body = dechunk(body)
    body = undo(entry.budget, body, found.headers.get("content-encoding", ""))
    url = saved_url(entry.path, body)
    skipped = replies.no_page(url, entry.source, found.status, content_type)
    yield skipped or replies.page(url, entry.source, body, content_type, None)
