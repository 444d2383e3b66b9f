"""What opening saved files gives: pages, and a reason for everything else; and how much of it is looked at."""

import os
import re
from dataclasses import dataclass
from typing import TypeAlias

from crawler.items import Page
from crawler.printable import printable as spelled_out

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input file may cost; beyond it the file, or its member, is reported instead of read."""

    member_bytes: int = 32 * MIB
    """Of one page."""
    container_bytes: int = 128 * MIB
    """Of an archive inside another that must be held in memory to be read (zip, HAR, MHTML)."""
    total_bytes: int = 64 << 30
    """Of everything that comes out of one input file."""
    ratio: int = 100
    """How many times its own size an input file may expand to (beyond the first 64 MiB)."""
    nesting: int = 8
    """Containers and compressions inside each other; ``x.tar.gz`` counts two."""
    members: int = 2_000_000
    """In one container."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or member that gives no page."""

    source: str
    """The file (and member), safe to print."""
    reason: str
    failed: bool = False
    """Whether there may have been a page in it that is lost: damaged, cut off, too large, not permitted ..."""
    url: str = ""
    """Its address: an article that should stand there is lost, unless something else tells of it."""
    gone: bool = False
    """Whether the site said that nothing is there any more."""


ReadResult: TypeAlias = Page | Skipped


class Exceeded(Exception):
    """One member is larger than the limits allow; the rest of its container can still be read."""


class Exhausted(Exception):
    """An input file expands beyond the limits: nothing more is read from it."""


class Undecodable(ValueError):
    """A payload is not what its headers say, or is cut off."""


class Gap(ValueError):
    """A part of a stream is damaged and left out; who goes on reading gets what stands behind it."""


class TrailingGarbage(ValueError):
    """A compressed file came to its proper end, and something else follows."""


def printable(name: str) -> str:
    """Spell a file name so that it can be printed: bytes that are no UTF-8 are read as GBK, controls are escaped."""
    try:
        raw = os.fsencode(name)
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogatepass")
    for codec in ("utf-8", "gb18030"):
        try:
            name = raw.decode(codec)
            break
        except UnicodeDecodeError:
            continue
    return spelled_out(name)


def reason_of(error: BaseException) -> str:
    """Say in a few words what an exception means for the file."""
    text = printable(" ".join(str(error).split()))[:160]
    if isinstance(error, Exceeded | Exhausted | Undecodable):
        return text
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, EOFError) or re.search("unexpected end|truncated|incomplete", text, re.IGNORECASE):
        return f"truncated: {text}"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"damaged: {text or type(error).__name__}"
