r"""Text that a program spelled for programs: ``\u4e2d``, ``%u4E2D``, ``\xe4\xb8\xad``, halves of characters, base64."""

import html
import re
from functools import lru_cache

from crawler.pages.json_text import is_json
from crawler.patterns import compiled

HIGH_HALF = r"&#(?:0*+(?:5529[6-9]|55[3-9]\d\d|56[0-2]\d\d|563[01]\d)|[xX]0*+[dD][89abAB][0-9a-fA-F]{2});"
LOW_HALF = r"&#(?:0*+(?:563[2-9]\d|56[4-9]\d\d|57[0-2]\d\d|573[0-3]\d|5734[0-3])|[xX]0*+[dD][c-fC-F][0-9a-fA-F]{2});"
_HALVES = compiled(f"{HIGH_HALF}{LOW_HALF}")
"""A character beyond the first 65,536, written as the two numbers that UTF-16 has for it."""
_NUMBER = compiled(r"&#([xX]?[0-9a-fA-F]++);")
_REFERENCE = compiled(r"&(?:#(?:\d{3,7}|[xX][0-9a-fA-F]{2,6})|[A-Za-z]{2,8}[1-4]?);")
_HALF = "\ufffd"
"""What the number of half a character means alone."""
_ESCAPED = compiled(r"(?:\\u|%u)([0-9A-Fa-f]{4})")
_WIDER = compiled("[^\0-\xff]")
_FEW = 3
_BYTES = compiled(r"(?:\\x[89a-fA-F][0-9a-fA-F]){2,}+")
"""Those of wide characters, as Python prints them."""
SPELLED_LINE_END = r"(?<=[。！？”」）])(?:(?:\\r)?+\\n)++"
"""A pattern of a line end that is spelled, where no article has a backslash."""
_LINE_END = compiled(SPELLED_LINE_END)
_CODED = compiled(r"\s*+(?:[A-Za-z0-9+/]{60,}+={0,2}+|[A-Za-z0-9_-]{60,}+={0,2}+)\s*+")
"""A text in base64: one word, and longer than any."""


def unescaped(text: str) -> str:
    """Give the text as it was before a program spelled its wide characters so, if that is what most of them are."""
    if "\\x" in text and _BYTES.search(text):
        return _from_bytes(text)
    if not _has_escapes(text):
        return text
    escaped = _ESCAPED.findall(text)
    if len(escaped) < _FEW or len(escaped) < len(_WIDER.findall(text)):
        return text
    units = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text).encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace")


def whole(text: str) -> str:
    """Give the text with each character as one that two references name by its halves."""
    return _HALVES.sub(_character, text) if "&#" in text else text


def with_characters(page: str) -> str:
    """Give a page that a program wrote in ASCII alone with the characters that its references name; JSON as it is.

    Those of ASCII, the marks among them, stay as they are, and what is no letter to be seen.
    """
    return _REFERENCE.sub(_meant, page) if page.isascii() and "&#" in page and not is_json(page) else page


def with_line_ends(text: str) -> str:
    """Give the text with the line ends that are spelled in it."""
    return _LINE_END.sub("\n", text) if "\\n" in text else text


def is_escaped(text: str) -> bool:
    """Tell whether a text is spelled for programs."""
    return ("\\x" in text and _BYTES.search(text) is not None) or unescaped(text) is not text


def is_coded(text: str) -> bool:
    """Tell whether a text is base64, for nobody to read at all."""
    return " " not in text and _CODED.fullmatch(text) is not None


@lru_cache(maxsize=16)
def _has_escapes(text: str) -> bool:
    return ("\\" in text and "\\u" in text) or ("%" in text and "%u" in text)


def _from_bytes(text: str) -> str:
    """Read the bytes that are spelled in a text; as they were where they are no UTF-8."""
    try:
        read = _BYTES.sub(lambda spelled: bytes.fromhex(spelled[0].replace("\\x", "")).decode(), text)
    except UnicodeDecodeError:
        return text
    printed = read.strip()
    return printed[2:-1] if printed[:2] in ("b'", 'b"') and printed.endswith(printed[1]) else read


def _meant(reference: re.Match[str]) -> str:
    meant = html.unescape(reference[0])
    is_seen = len(meant) == 1 and not meant.isascii() and (meant.isprintable() or meant == "\u3000") and meant != _HALF
    return meant if is_seen else reference[0]


def _character(halves: re.Match[str]) -> str:
    numbers = [int(half.lstrip("xX"), 16 if half[0] in "xX" else 10) for half in _NUMBER.findall(halves[0])]
    return b"".join(number.to_bytes(2, "little") for number in numbers).decode("utf-16-le")
