"""Addresses taken apart and joined: the one place where foreign ones are read, and none of them is ever an error."""

from urllib.parse import SplitResult
from urllib.parse import urljoin as _join
from urllib.parse import urlsplit as _split

_NONE = SplitResult("", "", "", "", "")


def urlsplit(url: str) -> SplitResult:
    """The parts of an address; all empty for what the standard library refuses (``http://[/``, ``http://a？b``)."""
    try:
        parts = _split(url)
        _ = parts.port  # it is read, and refused, when it is asked for
    except ValueError:
        return _NONE
    return parts


def urljoin(base: str, url: str) -> str:
    """The address as a page at ``base`` means it; "" for what is none."""
    try:
        return _join(base, url)
    except ValueError:
        return ""
