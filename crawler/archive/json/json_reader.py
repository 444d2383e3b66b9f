"""Reads files of JSON: a reply, a record of one, or a collection: a line each, in an array, or one behind the other."""

import contextlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

from crawler import sites
from crawler.archive import detect, page_file
from crawler.archive.entry import Entry
from crawler.archive.json import page_records
from crawler.archive.model import MIB, Exceeded, ReadResult, Skipped, TrailingGarbage
from crawler.archive.saved_url import article_at, saved_url
from crawler.pages.encoding import decode
from crawler.pages.json_text import VALUE
from crawler.patterns import compiled

Line: TypeAlias = bytes | None
"""A line with its end; None for one that is too long to be held."""

_LINE_SUFFIXES = frozenset({"jsonl", "ndjson", "jsonlines", "jl"})
_TEXT_SUFFIXES = frozenset({"md", "markdown"})
"""Of files that hold one text, behind a head in JSON or as a whole."""
_START = compiled(rb"(?:\xef\xbb\xbf|\s)*" + VALUE.encode())
_BROKEN = "not JSON: damaged or cut off"
_LOOK = 3
"""Lines that tell whether a file is made of such."""
_CHUNK = 1 << 16
_BLANK = b" \t\r\n;\0\x1a\xef\xbb\xbf"
"""What stands around texts, and is none: blanks, a mark, what ends a script, a file of DOS or a block."""
_OURS = compiled(rb"eastmoney\.com|Art_Content|(?<!\d)(?=20\d\d[01]\d[0-3])%s(?!\d)" % sites.NEWS_ID.encode())
"""What makes a line that cannot be read a loss, in a file of which nothing else is known to be ours."""
_ARRAY = compiled(r"[\ufeff\s]*(\[\s*)?(?=\{)")
_NEXT = compiled(r"\}\s*\{")
_BETWEEN = compiled(r"\s*,?\s*")
_JUDGED = 1000
"""Values that are looked at for one that is ours, before the whole is taken for another site's."""
_DECODER = json.JSONDecoder(strict=False)


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins as JSON does, or is called so: its first line may be a broken one."""
    if _START.match(detect.in_utf8(head)):
        return detect.suffix(path) not in _TEXT_SUFFIXES
    return detect.suffix(path) in _LINE_SUFFIXES | {"json"} and not detect.begins_as_html(head)


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the pages of a collection, or the one that the file is."""
    limit = entry.budget.limits.member_bytes
    plain = detect.in_utf8(entry.head) == entry.head
    lines = _lines(entry.stream if plain else io.BytesIO(detect.in_utf8(entry.everything())), limit)
    begin: list[Line] = []
    seen: list[Line] = []
    while len(seen) < _LOOK and (line := next(lines, b"")) != b"":
        begin.append(line)
        if not _is_blank(line):
            seen.append(line)
    if seen and _are_lines(seen, entry.path) and not _is_named(entry, seen):
        yield from _read_lines(entry, seen, chain(begin, lines))
    else:
        yield from _read_values(entry, _joined(chain(begin, lines), limit))


def _is_named(entry: Entry, seen: list[Line]) -> bool:
    """Tell whether the file is called as one reply is, and what is on its lines does not tell of itself."""
    if detect.suffix(entry.path) in _LINE_SUFFIXES or any(_is_ours(_value(line), line) for line in seen):
        return False
    return article_at(saved_url(entry.path, entry.head)) != ""


# --- a line each


def _lines(stream: Any, limit: int) -> Iterator[Line]:
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


def _is_blank(line: Line) -> bool:
    return line is not None and not line.strip(_BLANK)


def _are_lines(begin: Sequence[Line], path: str) -> bool:
    """Tell by the first lines that are not blank whether each stands for itself.

    In a text that goes on over several lines nothing follows the first that is complete, and no two others that are
    stand one behind the other without a comma.
    """
    whole = [isinstance(_value(line), dict | list) for line in begin]
    if len(begin) > 1 and (whole[0] or all(whole[1:])):
        return True
    return detect.suffix(path) in _LINE_SUFFIXES and _text(begin[0]) not in ("{", "[")


def _read_lines(entry: Entry, begin: Sequence[Line], lines: Iterable[Line]) -> Iterator[ReadResult]:
    """Give what is on each of the lines, numbered as in the file; ``begin`` are the first that are not blank.

    One that cannot be read is a loss when something in the file is ours: the logs of others end as they like. The name
    of a file may tell the address of one line, but not of several.
    """
    if entry.check:
        entry.check()  # lines are given before the end is seen
    ours = any(_is_ours(_value(line), line) for line in begin)
    for source, line in entry.numbered(lines):
        if _is_blank(line):
            continue
        value = _value(line)
        ours = ours or _is_ours(value, line)
        if line is None:
            yield Skipped(source, f"larger than {entry.budget.limits.member_bytes // MIB} MiB", failed=True)
        elif value is None:
            yield Skipped(source, _BROKEN, failed=ours or _OURS.search(line) is not None)
        else:
            yield page_records.page(value, line, source, saved_url(entry.path, line) if len(begin) == 1 else "")


def _is_ours(value: Any, line: Line) -> bool:
    return value is not None and page_records.is_ours(value, _text(line))


def _value(line: Line) -> Any:
    """Give what is on a line, None when it is no JSON."""
    try:
        return json.loads(_text(line), strict=False)
    except (ValueError, RecursionError):
        return None


def _text(line: Line) -> str:
    return decode(line or b"").strip("\ufeff \t\r\n")


# --- in an array, one behind the other, or alone


def _joined(lines: Iterator[Line], limit: int) -> bytes:
    """Put lines together again; raises Exceeded for more than ``limit`` bytes."""
    pieces, size = [], 0
    for line in lines:
        size += limit + 1 if line is None else len(line)
        if line is None or size > limit:
            raise Exceeded(f"larger than {limit // MIB} MiB")
        pieces.append(line)
    return b"".join(pieces)


def _read_values(entry: Entry, body: bytes) -> Iterator[ReadResult]:
    """Give every value when at least one is ours; what stands alone, in an array or not, is the file's own page."""
    text = decode(body).rstrip(" \t\r\n;\0\x1a\ufeff")
    start = _ARRAY.match(text)
    if not start or not (start[1] or _NEXT.search(text)):
        yield page_records.found_in(body, entry.source) or page_file.page(entry, body)
        return
    several, ours = _look(text)
    if ours is None:
        yield page_file.page(entry, body)
    elif not several:
        source = f"{entry.source}!1" if text.endswith("]") else entry.source
        yield page_records.recorded(ours[1], source) or page_file.page(entry, ours[0].encode())
    else:
        for source, (spelled, value) in entry.numbered(_elements(text)):
            if spelled:
                yield page_records.page(value, spelled.encode(), source)
            else:
                yield Skipped(source, f"{_BROKEN}, and what follows is not read", failed=True)


def _look(text: str) -> tuple[bool, tuple[str, Any] | None]:
    """Tell whether there are several values, and give the first that is ours."""
    number, ours = 0, None
    for number, (spelled, value) in enumerate(_elements(text), 1):
        if ours is None and spelled and page_records.is_ours(value, spelled):
            ours = spelled, value
        if number > 1 and (ours or number == _JUDGED):
            break
    return number > 1, ours


def _elements(text: str) -> Iterator[tuple[str, Any]]:
    """Give how each value is spelled, and the value, up to the end or to one that cannot be read: that has no text."""
    start = _ARRAY.match(text)
    at, listed = (start.end(), bool(start[1])) if start else (0, False)
    while not (text.startswith("]", at) if listed else at == len(text)):
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield "", None
            return
        yield text[at:end], value
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    if text[at + listed :]:
        yield "", None
