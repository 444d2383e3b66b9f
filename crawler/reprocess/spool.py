"""Articles between reading and merging: on disk, where every process finds them."""

import marshal
import os
from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from crawler.items import Article
from crawler.store.atomic import make_folder, write_atomic

_NAMES = [field.name for field in fields(Article)]
_values = attrgetter(*_NAMES)
_LENGTH = 4
PLACE = 48
"""Bits of an address that say where in the file; those above are the batch's number."""
_OPEN = 64
"""Files that one process holds open."""


class Spool:
    """One process's access to a folder of articles: a file holds all that one batch of inputs says, by its number."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """``durable``: files are whole or not there, whatever happens, so that later runs may use them, too."""
        self._folder, self._durable = folder, durable
        self._read: dict[int, int] = {}

    def begin(self) -> None:
        """At the beginning of a run: nobody knows whether what a killed one left is whole."""
        if not self._durable:
            self.clear()

    def end(self, used: Iterable[int] | None = None) -> None:
        """At its end: what is of this run alone goes, and of the rest what is not ``used`` (None: nobody knows)."""
        self.close()
        if not self._durable or used is not None:
            self.clear(used or () if self._durable else ())

    def clear(self, but: Iterable[int] = ()) -> None:
        """Remove what was kept, but for files of these numbers."""
        self.close()
        stay = {self._file(number) for number in but}
        for path in self._folder.glob("spool*"):
            if path not in stay:
                path.unlink()

    def close(self) -> None:
        """Let the files go."""
        for handle in self._read.values():
            os.close(handle)
        self._read.clear()

    def add(self, batch: int, articles: Sequence[Article]) -> list[int]:
        """Keep what the batch of inputs says; addresses under which any process finds it. Raises OSError."""
        start, addresses, pieces = 0, [], []
        for article in articles:
            addresses.append(batch << PLACE | start)
            data = marshal.dumps(_values(article))
            pieces += [len(data).to_bytes(_LENGTH), data]
            start += _LENGTH + len(data)
        if pieces and self._durable:
            make_folder(self._folder)
            write_atomic(self._file(batch), b"".join(pieces))
        elif pieces:
            self._file(batch).write_bytes(b"".join(pieces))
        return addresses

    def get(self, address: int) -> Article:
        """Give an article back. Raises OSError."""
        number, place = address >> PLACE, address & (1 << PLACE) - 1
        if number not in self._read:
            if len(self._read) == _OPEN:
                os.close(self._read.pop(next(iter(self._read))))
            self._read[number] = os.open(self._file(number), os.O_RDONLY)
        size = int.from_bytes(os.pread(self._read[number], _LENGTH, place))
        data = os.pread(self._read[number], size, place + _LENGTH)
        return Article(**dict(zip(_NAMES, marshal.loads(data), strict=True)))  # noqa: S302 - values, written by a run

    def has(self, batch: int) -> bool:
        """Whether what the batch says was kept by an earlier run."""
        return self._durable and self._file(batch).is_file()

    def _file(self, number: int) -> Path:
        return self._folder / f"spool-{number}"
