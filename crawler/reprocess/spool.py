"""Articles between reading and merging: on disk, where every process finds them; the order of the work is in memory."""

import marshal
import os
from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from crawler import sites
from crawler.items import Article

_NAMES = [field.name for field in fields(Article)]
_values = attrgetter(*_NAMES)
_LENGTH = 4
_PLACE = 48
"""Bits of an address that say where in the file; those above are the number of the process that wrote it."""


class Spool:
    """One process's access to a folder of articles: it writes a file of its own, and reads everybody's.

    The files hold values of this run alone: they are removed at its end and at the next start.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: BinaryIO | None = None
        self._read: dict[int, int] = {}

    def clear(self) -> None:
        """Remove what was kept, by this run or by a killed one."""
        self.close()
        for path in self._folder.glob("spool*"):
            path.unlink()

    def close(self) -> None:
        """Let the files go."""
        for handle in self._read.values():
            os.close(handle)
        self._read.clear()
        if self._own:
            self._own.close()
            self._own = None

    def add(self, articles: Sequence[Article]) -> list[int]:
        """Keep what a page says; addresses under which any process finds it. Raises OSError when the disk refuses."""
        if not articles:
            return []
        if self._own is None:
            self._own = self._file(os.getpid()).open("wb", buffering=0)
        start = self._own.tell()
        addresses, pieces = [], []
        for article in articles:
            addresses.append(os.getpid() << _PLACE | start)
            data = marshal.dumps(_values(article))
            pieces += [len(data).to_bytes(_LENGTH), data]
            start += _LENGTH + len(data)
        rest = memoryview(b"".join(pieces))
        while rest:
            rest = rest[self._own.write(rest) :]
        return addresses

    def get(self, address: int) -> Article:
        """Give an article back. Raises OSError."""
        process, place = address >> _PLACE, address & (1 << _PLACE) - 1
        if process not in self._read:
            self._read[process] = os.open(self._file(process), os.O_RDONLY)
        size = int.from_bytes(os.pread(self._read[process], _LENGTH, place))
        data = os.pread(self._read[process], size, place + _LENGTH)
        return Article(**dict(zip(_NAMES, marshal.loads(data), strict=True)))  # noqa: S302 - values, written by this run

    def _file(self, process: int) -> Path:
        return self._folder / f"spool-{process}"


class ArticleIndex:
    """Which addresses speak of which article."""

    def __init__(self) -> None:
        self._known: dict[str, list[int]] = {}

    def add(self, code: str, address: int) -> None:
        """Note that what lies there speaks of the article."""
        self._known.setdefault(sites.digits(code), []).append(address)

    def __iter__(self) -> Iterator[tuple[str, list[int]]]:
        """Give the digits and all addresses of one article, article by article, in the order of their codes."""
        for key in sorted(self._known):
            yield key, self._known[key]

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._known)
