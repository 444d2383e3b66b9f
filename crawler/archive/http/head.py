"""The head of an HTTP reply as it was recorded, and of what is written like one."""

import re
from dataclasses import dataclass

from crawler.patterns import compiled

_FIELD = compiled(rb"^([^\s:]++)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_BLANK_LINE = compiled(rb"\r?\n\r?\n")


@dataclass(slots=True)
class Reply:
    """The HTTP reply in a block."""

    status: str
    headers: dict[str, str]
    head: bytes
    payload: bytes


def reply(block: bytes) -> Reply | None:
    """Read the reply that a block is; None when it begins with no head of one."""
    blank = _BLANK_LINE.search(block, 0, 1 << 20) if block.startswith(b"HTTP/") else None
    if blank is None:
        return None
    head = block[: blank.end()]
    line, _, lines = head.partition(b"\n")
    return Reply(line.split()[1].decode("latin-1") if b" " in line else "", fields(lines), head, block[blank.end() :])


def fields(lines: bytes) -> dict[str, str]:
    """Read the fields of a head: of two with one name, the first."""
    found: dict[str, str] = {}
    for match in _FIELD.finditer(lines):
        try:
            value = match[2].decode()
        except UnicodeDecodeError:
            value = match[2].decode("latin-1")
        found.setdefault(match[1].decode("latin-1").lower(), " ".join(map(str.strip, value.split("\n"))))
    return found
