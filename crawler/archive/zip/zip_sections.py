"""Zip archives in sections: some members each, by their numbers in the directory."""

import os
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from crawler.archive.entry import Cut, Entry
from crawler.archive.model import MIB, ReadResult
from crawler.archive.zip.zip_reader import Directory, tells_all

_LARGEST = 8 * MIB
"""Bytes of a member from which on the archive is not cut: in a larger one (the WARC of a WACZ) may be most pages."""


def _ends(file: BinaryIO, size: int) -> Iterator[int]:
    """Give the numbers behind the last member of each section."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir() or info.file_size]
            sizes = [info.compress_size for info in members]
            is_whole = tells_all(file, archive) and not any(info.file_size > _LARGEST for info in members)
    except (zipfile.BadZipFile, EOFError, NotImplementedError):  # whoever reads it tells
        return
    if not is_whole or sum(sizes) < 2 * size:
        return
    held = 0
    for number, one in enumerate(sizes, 1):
        held += one
        if held >= size or number == len(sizes):
            yield number
            held = 0


def _read(entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    """Read members; the directory is kept for the next sections that this process reads."""
    seen = os.fstat(entry.stream.fileno())
    which = seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns
    directory = _directory(os.getpid(), which, entry.stream.name, entry.budget.limits.members)
    yield from directory.read(entry, start, end)


@lru_cache(maxsize=1)
def _directory(_process: int, _which: tuple[int, ...], path: str, most: int) -> Directory:
    """Open an archive, in each process by itself: forked ones have one place in a file that is open."""
    return Directory.of(zipfile.ZipFile(path), most)


CUT = Cut(_ends, _read)
