"""Tar archives in sections: between two members, of archives in which nothing is said of all that follow."""

import os
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from crawler.archive.entry import Cut, Entry, reporting_errors
from crawler.archive.model import ReadResult
from crawler.archive.stretch import stretch
from crawler.archive.tar import tar_reader

_END = bytes(1024)
"""What ends an archive."""


def _ends(file: "BufferedReader[Any]", size: int) -> Iterator[int]:
    """Give where sections end; raises where the archive is damaged, or where such is said."""
    damage: list[Exception] = []
    last = file.seek(0)
    for archive, info in tar_reader.headers(file, damage.append):
        if damage or archive.pax_headers:
            raise ValueError
        if info.offset - last >= size:
            yield info.offset
            last = info.offset
    if damage:
        raise damage[0]
    if last:
        yield os.fstat(file.fileno()).st_size


def _read(entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    is_last = end >= os.fstat(entry.stream.fileno()).st_size
    stream = stretch(entry.stream, start, end, b"" if is_last else _END)
    inside = Entry(entry.source, entry.path, stream, entry.budget, entry.read)
    yield from reporting_errors(inside, tar_reader.read)


CUT = Cut(_ends, _read)
