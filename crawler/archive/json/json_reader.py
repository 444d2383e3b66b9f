"""Reads files of JSON: a reply, a record of one, or a collection of them."""

import io
import re
from collections.abc import Iterator
from itertools import chain

from crawler.archive import detect, page_file
from crawler.archive.entry import Entry
from crawler.archive.json import json_lines, json_values, page_records
from crawler.archive.json.json_lines import Line
from crawler.archive.model import MIB, Exceeded, ReadResult
from crawler.archive.saved_url import article_at, saved_url

_START = re.compile(rb"(?:\xef\xbb\xbf|\s)*[{\[]")
_NAMES = json_lines.SUFFIXES | {"json"}
_LOOK = 3
"""Lines that tell whether a file is made of such."""


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins as JSON does, or is called so: its first line may be a broken one."""
    if _START.match(detect.in_utf8(head)):
        return True
    return detect.suffix(path) in _NAMES and not detect.begins_as_html(head)


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the pages of a collection, or the one that the file is."""
    limit = entry.budget.limits.member_bytes
    plain = detect.in_utf8(entry.head) == entry.head
    lines = json_lines.split(entry.stream if plain else io.BytesIO(detect.in_utf8(entry.everything())), limit)
    begin: list[Line] = []
    seen: list[Line] = []
    while len(seen) < _LOOK and (line := next(lines, b"")) != b"":
        begin.append(line)
        if not json_lines.is_blank(line):
            seen.append(line)
    if seen and json_lines.are_lines(seen, entry.path) and not _is_named(entry, seen):
        yield from json_lines.read(entry, seen, chain(begin, lines))
        return
    body = _joined(chain(begin, lines), limit)
    if json_values.matches(body):
        yield from json_values.read(entry, body)
    else:
        yield page_records.found_in(body, entry.source) or page_file.page(entry, body)


def _is_named(entry: Entry, seen: list[Line]) -> bool:
    """Tell whether the file is called as one reply is, and what is on its lines does not tell of itself."""
    if detect.suffix(entry.path) in json_lines.SUFFIXES or any(map(json_lines.is_ours, seen)):
        return False
    return article_at(saved_url(entry.path, entry.head)) != ""


def _joined(lines: Iterator[Line], limit: int) -> bytes:
    """Put lines together again; raises Exceeded for more than ``limit`` bytes."""
    pieces, size = [], 0
    for line in lines:
        size += limit + 1 if line is None else len(line)
        if line is None or size > limit:
            raise Exceeded(f"larger than {limit // MIB} MiB")
        pieces.append(line)
    return b"".join(pieces)
