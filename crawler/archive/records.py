"""What stands in a JSON collection: replies, and the records that crawlers make of an address and its page."""

import json
import re

from crawler import pages
from crawler.archive import looks
from crawler.archive.address import host_of, original
from crawler.items import Page
from crawler.pages.encoding import decode

BROKEN = "not JSON: damaged or cut off"
_ADDRESSES = ("url", "request_url", "response_url", "page_url", "link")
_PAGES = ("html", "body", "response", "content", "text")
_MAY_HOLD = re.compile(
    rb'"(?:%s)"\s*:\s*"(?:\s|\\[nrt]|\\ufeff|\xef\xbb\xbf)*(?:<|\\u003c|[\w$.]{1,80}\(|[{\[/])'
    % "|".join(_PAGES).encode(),
    re.IGNORECASE,
)


def page(value: object, spelled: bytes, source: str, url: str = "") -> Page:
    """Give the page in an element of a collection, or the element itself: a reply that tells its article, if it does.

    :param spelled: the element as the collection has it.
    :param url: what its place tells of its address.
    """
    return recorded(value, source) or Page(url=url, body=spelled, source=source)


def recorded(value: object, source: str) -> Page | None:
    """Give the page in a record: a text that begins as a page or a reply, beside its address; None for all else."""
    if not isinstance(value, dict):
        return None
    texts = {key.lower(): text for key, text in value.items() if isinstance(text, str)}
    url = next((url for key in _ADDRESSES if host_of(url := texts.get(key, "").strip())), "")
    body = next((text for key in _PAGES if _is_page(text := texts.get(key, ""))), None)
    if not url or body is None:
        return None
    return Page(url=original(url), body=body.encode("utf-8", "replace"), encoding="utf-8", source=source)


def found_in(data: bytes, source: str) -> Page | None:
    """Give the page in a file that is one record; looks at the data before it reads it."""
    if not _MAY_HOLD.search(data):
        return None
    try:
        return recorded(json.loads(decode(data), strict=False), source)
    except (ValueError, RecursionError):
        return None


def is_ours(value: object, text: str) -> bool:
    """Tell whether an element is a record, or a reply of a kind that we know."""
    return recorded(value, "") is not None or any(kind.matches("", text) for kind in pages.KINDS)


def _is_page(text: str) -> bool:
    head = text[:1024].encode("utf-8", "replace")
    return looks.begins_as_html(head) or looks.is_reply(head)
