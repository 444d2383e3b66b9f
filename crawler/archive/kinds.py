"""The kinds of saved files: how each is known, and its reader. Adding a kind is adding a line."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawler import sites
from crawler.archive import closed, compressed, har, json_file, looks, mhtml, page_file, tarred, warc, zipped
from crawler.archive.entry import Entry, Reader
from crawler.archive.found import Found, Unread
from crawler.archive.reasons import guarded
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
    Kind("json", json_file.matches, json_file.read),
    Kind("page", lambda _, __: True, page_file.read),
)
_CONTAINERS = frozenset({"compressed", "zip", "tar", "warc", "mhtml", "har"})
_STREAMED = frozenset({"tar", "warc"})
"""Those that give their pages before they are read to their end, and go on behind what is damaged."""
_TEXTS = frozenset({"txt", "log", "js", "mjs"})
"""Suffixes of companions, under which replies were saved, too."""


def _kind(head: bytes, path: str) -> Kind:
    return next(kind for kind in KINDS if kind.matches(head, path))


def _promises_page(path: str) -> bool:
    """Tell by its name whether an empty file has lost a page: companions and hidden files never held one."""
    name, ending, kind = path.rpartition("/")[2], looks.suffix(path), _kind(b"", path).name
    if kind == "asset":
        return ending in _TEXTS and sites.CODE.search(name) is not None
    return kind != "page" or ending in looks.PAGE_SUFFIXES or not name.startswith(".")


def read(entry: Entry) -> Iterator[Found]:
    """Read a file or member of any kind; whatever is wrong with it is told once, after what could be read of it."""
    yield from guarded(entry, _read)


def _read(entry: Entry) -> Iterator[Found]:
    entry.look()
    if not entry.head:
        entry.verify(streamed=False)
        yield Unread(entry.source, "empty file", failed=_promises_page(entry.path))
        return
    kind = _kind(entry.head, entry.path)
    if kind.name in _CONTAINERS and entry.depth >= entry.budget.limits.nesting:
        yield Unread(entry.source, f"nested deeper than {entry.budget.limits.nesting} containers", failed=True)
        return
    entry.verify(streamed=kind.name in _STREAMED)
    yield from kind.read(entry)
