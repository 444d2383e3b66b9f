"""Whether markup shows a reader anything: a text or a picture."""

import html
import re
from functools import lru_cache

from crawler.patterns import compiled

_PICTURE = compiled(r"<img\b", re.IGNORECASE)
_UNSEEN = compiled(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|iframe|title)\b(?![^<>]*/>).*?(?:</\1\s*>|\Z)"
    r"|<(\w++)(?=[^<>]*\bdisplay\s*:\s*none)[^<>]*+>[^<]*+(?:<br\s*+/?>[^<]*+)*+(?:</\2\s*>|\Z)|</?[A-Za-z][^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)
_INVISIBLE = compiled(
    "[\\s\x00-\x1f\x7f-\xa0\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufeff]+"
)
_BEGINNING = 1500


_PLACEHOLDER = compiled(
    r"\A\s*(?:#.*|about:blank)?\Z|\Adata:|(?:\A|/)(?:blank|load|loading|spacer|transparent|trans|empty|clear|nopic|lazy(?:load\w*)?|placeholder|grey|none|pixel|1x1)(?![a-z])[\w\-]*+\.(?!mp|m3u|flv|swf|pdf|web?m)\w++(?:\?[^/]*+)?\Z",
    re.IGNORECASE,
)


_CANDIDATE = compiled(r"([^\s,]\S*+)(?:\s++(\d++(?:\.\d++)?)[wx])?+")


def largest_picture(candidates: str) -> str:
    """The address for the largest screen in a ``srcset``; "" without one."""
    found = [(float(size or 1), address.rstrip(",")) for address, size in _CANDIDATE.findall(candidates)]
    return max(found, key=lambda one: one[0])[1] if found else ""


def is_placeholder(address: str) -> bool:
    """Whether a picture of this address only keeps the place of another."""
    return _PLACEHOLDER.search(address) is not None


@lru_cache(maxsize=16)
def shows(markup: str) -> bool:
    """Whether anything is to be seen of it: blanks, comments, scripts, videos and what is not displayed are nothing."""
    if _PICTURE.search(markup):
        return True
    beginning = markup[: markup.rfind("<", 0, _BEGINNING)] if len(markup) > _BEGINNING else ""
    return _has_text(beginning) or _has_text(markup)


def _has_text(markup: str) -> bool:
    return _INVISIBLE.sub("", html.unescape(_UNSEEN.sub("", markup))) != ""
