"""The kinds of saved files: how each is known, and its reader. Adding a kind is adding a line."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawler.archive import closed, compressed, har, looks, mhtml, page_file, tarred, warc, zipped
from crawler.archive.entry import Entry, Reader
from crawler.archive.found import Exhausted, Found, Unread
from crawler.archive.reasons import reason_of
from crawler.archive.tar_blocks import is_header

_HAR = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{")


class Kind(NamedTuple):
    """A kind of file: ``matches`` is asked with the first bytes and the path."""

    name: str
    matches: Callable[[bytes, str], bool]
    read: Reader


def _is_tar(head: bytes, path: str) -> bool:
    """By its first header, or by its name: then what is wrong with it is told."""
    if head[257:262] == b"ustar":
        return True
    return looks.suffix(path) == "tar" and (is_header(head[:512]) or not looks.begins_as_page(head))


def _is_zip(head: bytes, path: str) -> bool:
    """By how it begins, or by its name: then what is wrong with it is told."""
    return head.startswith(zipped.MAGIC) or (looks.suffix(path) in zipped.SUFFIXES and not looks.begins_as_page(head))


def _is_warc(head: bytes, path: str) -> bool:
    """By its first record, by that of the format before it, or by its name: then what is wrong with it is told."""
    if head.lstrip(b"\r\n").startswith((b"WARC/", warc.ARC)):
        return True
    return looks.suffix(path) in {"warc", "arc"} and not looks.begins_as_page(head)


def _is_har(head: bytes, path: str) -> bool:
    """By how it begins, or by its name: then what is wrong with it is told."""
    return _HAR.match(looks.in_utf8(head)) is not None or (
        looks.suffix(path) == "har" and not looks.begins_as_html(head) and not looks.by_magic(head)
    )


KINDS = (
    Kind("compressed", compressed.matches, compressed.read),
    Kind("zip", _is_zip, zipped.read),
    Kind("tar", _is_tar, tarred.read),
    Kind("warc", _is_warc, warc.read),
    Kind("mhtml", mhtml.matches, mhtml.read),
    Kind("har", _is_har, har.read),
    Kind("closed", closed.matches, closed.read),
    Kind("asset", lambda head, path: looks.asset_type(head, path) is not None, page_file.asset),
    Kind("junk", lambda head, _: looks.is_binary(head), page_file.junk),
    Kind("page", lambda _, __: True, page_file.read),
)
_CONTAINERS = frozenset({"compressed", "zip", "tar", "warc", "mhtml", "har"})
_STREAMED = frozenset({"tar", "warc"})
"""Those that give their pages before they are read to their end, and go on behind what is damaged."""


def read(entry: Entry) -> Iterator[Found]:
    """Read a file or member of any kind; whatever is wrong with it is told once, after what could be read of it."""
    try:
        entry.look()
        if not entry.head:
            entry.verify(streamed=False)
            yield Unread(entry.source, "empty file", failed=True)
            return
        kind = next(kind for kind in KINDS if kind.matches(entry.head, entry.path))
        if kind.name in _CONTAINERS and entry.depth >= entry.budget.limits.nesting:
            yield Unread(entry.source, f"nested deeper than {entry.budget.limits.nesting} containers", failed=True)
            return
        entry.verify(streamed=kind.name in _STREAMED)
        yield from kind.read(entry)
    except Exhausted as error:
        if entry.depth:
            raise
        yield Unread(entry.source, str(error), failed=True)
    except Exception as error:  # noqa: BLE001 - hostile containers raise anything; each is reported with its reason
        yield Unread(entry.source, reason_of(error), failed=True)
