"""Addresses taken apart and joined: the one place where foreign ones are read, and none of them is ever an error."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote
from urllib.parse import urljoin as _join
from urllib.parse import urlsplit as _split

_NONE = SplitResult("", "", "", "", "")


@lru_cache(maxsize=1024)
def urlsplit(url: str) -> SplitResult:
    """The parts of an address; all empty for what the standard library refuses (``http://[/``, ``http://a？b``)."""
    try:
        parts = _split(url)
        _ = ":" in parts.netloc and parts.port  # it is read, and refused, when it is asked for
    except ValueError:
        return _NONE
    return parts


@lru_cache(maxsize=1024)
def hostname(url: str) -> str:
    """The host of an address, in lower case; "" when it has none."""
    return urlsplit(url).hostname or ""


def urljoin(base: str, url: str) -> str:
    """The address as a page at ``base`` means it; "" for what is none."""
    try:
        return _join(base, url)
    except ValueError:
        return ""


def post_path(category: str, day: str, stem: str) -> str:
    """Where Jekyll puts the page of a post, percent-encoded, without the slash at its beginning; ``day``: YYYY-MM-DD.

    Jekyll splits the category at ASCII white space, makes it lower case, drops doubles, and cleans the address as here
    (measured with Jekyll 4.3).
    """
    words = dict.fromkeys(word.lower() for word in re.split(r"[\t\n\v\f\r\0 ]+", category) if word)
    path = "/".join(["", *words, day.replace("-", "/"), f"{stem}.html"]).replace("..", "/").replace("./", "")
    return quote(re.sub("/+", "/", path).lstrip("/"), safe=PATH_SIGNS)


PATH_SIGNS = "/~!$&'()*+,;=@:"
"""What stands bare in a path."""
