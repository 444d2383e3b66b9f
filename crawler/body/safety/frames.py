"""Pages that a frame holds in itself: their markup takes the frame's place."""

import base64
import binascii
import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from crawler.body.bare_signs import bare_signs, escaped
from crawler.body.document import Document
from crawler.body.policy import decode_attribute
from crawler.body.safety.balance import balance
from crawler.body.safety.elements import odd_comments
from crawler.body.safety.swallowing import swallowing
from crawler.body.shows import shows
from crawler.markup import apply
from crawler.patterns import compiled

_DATA = compiled(r"\s*+data:text/html(?P<parameters>[^,]*+),", re.IGNORECASE)


def framed(held: Mapping[str, str]) -> str | None:
    """The markup of the page in a frame with these raw attributes, closed in itself; None when it shows nothing."""
    page = decode_attribute(held.get("srcdoc", "")) or _in_address(decode_attribute(held.get("src", "")))
    if not page or not shows(page):
        return None
    page = escaped(page, bare_signs(page))
    for edits in (swallowing, odd_comments, balance):
        page = apply(page, edits(Document(page)))
    return page


def _in_address(address: str) -> str:
    """The page that a ``data:`` address holds, "" when it is none or cannot be read."""
    found = _DATA.match(address)
    if found is None:
        return ""
    data = unquote_to_bytes(address[found.end() :])
    if "base64" in found["parameters"].lower():
        try:
            data = base64.b64decode(data)
        except binascii.Error:
            return ""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
