"""Reads JSON Lines: many replies or records in one file, each on a line of its own."""

import contextlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from crawler import sites
from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.json import page_records
from crawler.archive.model import MIB, Exhausted, ReadResult, Skipped, TrailingGarbage
from crawler.archive.saved_url import saved_url
from crawler.pages.encoding import decode

SUFFIXES = frozenset({"jsonl", "ndjson", "jsonlines", "jl"})
Line: TypeAlias = bytes | None
"""A line with its end; None for one that is too long to be held."""
_CHUNK = 1 << 16
_BLANK = b" \t\r\n;\0\x1a\xef\xbb\xbf"
"""What stands around texts, and is none: blanks, a mark, what ends a script, a file of DOS or a block."""
_OURS = re.compile(rb"eastmoney\.com|Art_Content|(?<!\d)(?=20\d\d[01]\d[0-3])%s(?!\d)" % sites.NEWS_ID.encode())
"""What makes a line that cannot be read a loss, in a file of which nothing else is known to be ours."""


def split(stream: Any, limit: int) -> Iterator[Line]:
    """Give the lines of a stream; garbage behind a compressed one is left."""
    held: list[bytes] = []
    size = 0
    with contextlib.suppress(TrailingGarbage):
        while chunk := stream.read1(_CHUNK):
            for piece in io.BytesIO(chunk):
                size += len(piece)
                if size <= limit:
                    held.append(piece)
                else:
                    held.clear()
                if piece.endswith(b"\n"):
                    yield b"".join(held) if size <= limit else None
                    held, size = [], 0
    if size:
        yield b"".join(held) if size <= limit else None


def is_blank(line: Line) -> bool:
    """Tell whether nothing is on a line."""
    return line is not None and not line.strip(_BLANK)


def are_lines(begin: Sequence[Line], path: str) -> bool:
    """Tell by the first three lines that are not blank, or as many as there are, whether each stands for itself.

    In a text that goes on over several lines nothing follows the first that is complete, and no two others that are
    stand one behind the other without a comma.
    """
    whole = [isinstance(_value(line), dict | list) for line in begin]
    if len(begin) > 1 and (whole[0] or all(whole[1:])):
        return True
    return detect.suffix(path) in SUFFIXES and _text(begin[0]) not in ("{", "[")


def read(entry: Entry, begin: Sequence[Line], lines: Iterable[Line]) -> Iterator[ReadResult]:
    """Give what is on each of the lines, numbered as in the file; ``begin`` are the first that are not blank.

    One that cannot be read is a loss when something in the file is ours: the logs of others end as they like. The name
    of a file may tell the address of one line, but not of several.
    """
    if entry.check:
        entry.check()  # lines are given before the end is seen
    ours = any(is_ours(line) for line in begin)
    for number, line in enumerate(lines, 1):
        if number > entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        if is_blank(line):
            continue
        ours = ours or is_ours(line)
        source, value = f"{entry.source}!{number}", _value(line)
        if line is None:
            yield Skipped(source, f"larger than {entry.budget.limits.member_bytes // MIB} MiB", failed=True)
        elif value is None:
            yield Skipped(source, page_records.BROKEN, failed=ours or _OURS.search(line) is not None)
        else:
            yield page_records.page(value, line, source, saved_url(entry.path, line) if len(begin) == 1 else "")


def is_ours(line: Line) -> bool:
    """Tell whether what is on a line is a reply or a record that we know."""
    value = _value(line)
    return value is not None and page_records.is_ours(value, _text(line))


def _value(line: Line) -> Any:
    """Give what is on a line, None when it is no JSON."""
    try:
        return json.loads(_text(line), strict=False)
    except (ValueError, RecursionError):
        return None


def _text(line: Line) -> str:
    return decode(line or b"").strip("\ufeff \t\r\n")
