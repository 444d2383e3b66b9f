"""What stands in a JSON collection: replies, and the records that crawlers make of an address and its page."""

import json
import re

from crawler import pages, sites
from crawler.archive import detect
from crawler.archive.http import replies
from crawler.archive.model import ReadResult
from crawler.archive.saved_url import host_of, original
from crawler.items import Page
from crawler.pages.encoding import decode
from crawler.pages.record_fields import ADDRESSES, fields_of
from crawler.patterns import compiled

_RECORDINGS = ("html", "body", "response")
_PAGES = (*_RECORDINGS, "content", "text")
"""Where the page is: what is called as the last two may be what somebody read off the page, too."""
_MAY_HOLD = compiled(
    rb'"(?:%s)"\s*:\s*"(?:\s|\\[nrt]|\\ufeff|\xef\xbb\xbf)*(?:<|\\u003c|[\w$.]{1,80}\(|[{\[/])'
    % "|".join(_PAGES).encode(),
    re.IGNORECASE,
)


def page(value: object, spelled: bytes, source: str, url: str = "") -> ReadResult:
    """Give the page in an element of a collection, or the element itself: a reply that tells its article, if it does.

    :param spelled: the element as the collection has it.
    :param url: what its place tells of its address.
    """
    if held := recorded(value, source):
        return held
    texts = _texts(value)
    recordings = [texts[key] for key in _RECORDINGS if key in texts]
    if recordings and not any(map(str.strip, recordings)) and (empty := _address(texts)):
        return replies.skipped(empty, source, "no content recorded")
    return Page(url=url, body=spelled, source=source)


def recorded(value: object, source: str) -> Page | None:
    """Give the page in a record: a text that begins as a page or a reply, beside its address; None for all else."""
    if not (url := _address(texts := _texts(value))):
        return None
    of_site = host_of(url) == sites.SITE_HOST
    body = next((text for key in _PAGES if (text := texts.get(key)) and _is_page(text, of_site)), None)
    if body is None:
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
    """Tell whether an element is a reply of a kind that we know, or the record of such a page or of one of our own.

    :param text: the element as it is spelled.
    """
    held = recorded(value, "")
    url, text = (held.url, decode(held.body, held.encoding)) if held else ("", text)
    return sites.is_promised(url) or any(pages.kinds_of(url, text))


def _texts(value: object) -> dict[str, str]:
    """Give the fields that may be texts, their names in lower case."""
    return {key: text or "" for key, text in fields_of(value).items() if isinstance(text, str | None)}


def _address(texts: dict[str, str]) -> str:
    return next((url for key in ADDRESSES if host_of(url := texts.get(key, "").strip())), "")


def _is_page(text: str, of_site: bool) -> bool:
    """Tell whether a text is a page or a reply; of the site's own pages a piece will do, which has what is read."""
    if of_site and text.lstrip().startswith("<"):
        return True
    head = text[:1024].encode("utf-8", "replace")
    return detect.begins_as_html(head) or detect.is_reply(head)
