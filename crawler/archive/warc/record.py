"""A record of a WARC file, and of the archives before WARC: its head and its block."""

import re
from dataclasses import dataclass

_FIELD = re.compile(rb"^([^\s:]++)[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


@dataclass(slots=True)
class Record:
    """A record; ``headers`` have their names in lower case."""

    headers: dict[str, str]
    block: bytes = b""
    fault: str = ""
    """Why its block is not to be believed."""

    @property
    def kind(self) -> str:
        """What it is: ``response``, ``request`` ..."""
        return self.headers.get("warc-type", "")

    @property
    def url(self) -> str:
        """The address that it tells of, as it may be written."""
        return self.headers.get("warc-target-uri", "").strip("<>").replace(" ", "%20")


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
        found.setdefault(match[1].decode("latin-1").lower(), " ".join(value.split("\n")).strip())
    return found
