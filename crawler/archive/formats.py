"""The kinds of saved files: how each is known, and its reader. Adding a kind is adding a line."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawler import sites
from crawler.archive import closed, detect, page_file
from crawler.archive.compression import codecs
from crawler.archive.entry import Entry, Reader
from crawler.archive.http import har
from crawler.archive.json import json_reader
from crawler.archive.mail import mail_reader
from crawler.archive.model import ReadResult, Skipped
from crawler.archive.reasons import reporting_errors
from crawler.archive.tar import tar_reader
from crawler.archive.tar.blocks import is_header
from crawler.archive.warc import warc_reader
from crawler.archive.zip import zip_reader

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
    return detect.suffix(path) == "tar" and (is_header(head[:512]) or not detect.begins_as_page(head))


def _is_zip(head: bytes, path: str) -> bool:
    """By how it begins, or by its name: then what is wrong with it is told."""
    return head.startswith(zip_reader.MAGIC) or (
        detect.suffix(path) in zip_reader.SUFFIXES and not detect.begins_as_page(head)
    )


def _is_warc(head: bytes, path: str) -> bool:
    """By its first record, by that of the format before it, or by its name: then what is wrong with it is told."""
    if head.lstrip(b"\r\n").startswith((b"WARC/", warc_reader.ARC)):
        return True
    return detect.suffix(path) in {"warc", "arc"} and not detect.begins_as_page(head)


def _is_har(head: bytes, path: str) -> bool:
    """By how it begins, or by its name: then what is wrong with it is told."""
    return _HAR.match(detect.in_utf8(head)) is not None or (
        detect.suffix(path) == "har" and not detect.begins_as_html(head) and not detect.by_magic(head)
    )


KINDS = (
    Kind("compressed", codecs.matches, codecs.read),
    Kind("zip", _is_zip, zip_reader.read),
    Kind("tar", _is_tar, tar_reader.read),
    Kind("warc", _is_warc, warc_reader.read),
    Kind("mhtml", mail_reader.matches, mail_reader.read),
    Kind("har", _is_har, har.read),
    Kind("closed", closed.matches, closed.read),
    Kind("asset", lambda head, path: detect.asset_type(head, path) is not None, page_file.asset),
    Kind("junk", lambda head, _: detect.is_binary(head), page_file.junk),
    Kind("json", json_reader.matches, json_reader.read),
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
    name, ending, kind = path.rpartition("/")[2], detect.suffix(path), _kind(b"", path).name
    if kind == "asset":
        return ending in _TEXTS and sites.CODE.search(name) is not None
    return kind != "page" or ending in detect.PAGE_SUFFIXES or not name.startswith(".")


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read a file or member of any kind; whatever is wrong with it is told once, after what could be read of it."""
    yield from reporting_errors(entry, _read)


def _read(entry: Entry) -> Iterator[ReadResult]:
    entry.look()
    if not entry.head:
        entry.verify(streamed=False)
        yield Skipped(entry.source, "empty file", failed=_promises_page(entry.path))
        return
    kind = _kind(entry.head, entry.path)
    if kind.name in _CONTAINERS and entry.depth >= entry.budget.limits.nesting:
        yield Skipped(entry.source, f"nested deeper than {entry.budget.limits.nesting} containers", failed=True)
        return
    entry.verify(streamed=kind.name in _STREAMED)
    yield from kind.read(entry)
