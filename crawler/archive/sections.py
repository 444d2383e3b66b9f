"""Large containers in sections, each of which can be read by itself, in any process: what a walk hands out unopened."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

from crawler.archive.budget import Budget
from crawler.archive.entry import Entry, reporting_errors
from crawler.archive.formats import format_of
from crawler.archive.formats import read as read_any
from crawler.archive.model import Limits, ReadResult, printable
from crawler.archive.walk import InputFile

_NOT_KNOWN: Final = -1
"""In place of a section's end that could not be found."""


class NotByItself(Exception):
    """There is something about a section that only a reading of the whole file can tell: damage, or an end."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a container. All sections, read one behind the other, give what the file gives: each proves it.

    ``start`` and ``end`` are what the format counts: bytes of the file, or members in its directory.
    """

    file: InputFile
    start: int
    end: int

    def open(self, budget: Budget) -> Iterator[ReadResult]:
        """Give what is in it; raises NotByItself, and what came before is not to be used."""
        try:
            with Path(self.file.path).open("rb") as stream:
                entry = _entry(self.file, stream, budget)
                cut = format_of(entry).cut
                if not cut or self.end == _NOT_KNOWN:
                    raise NotByItself
                for result in reporting_errors(entry, partial(cut.read, start=self.start, end=self.end)):
                    if result.source == entry.source:  # it is told of the file, not of a member
                        raise NotByItself
                    yield result
        except (OSError, ValueError):  # whoever reads the file as one tells why
            raise NotByItself from None


def sections(file: InputFile, size: int) -> Iterator[Section]:
    """Cut a container into sections of about so many bytes; none for what cannot be cut, or is less than two."""
    if file.owner or not file.name or file.size <= size:  # nor is a pipe opened, which has no size
        return
    start = 0
    try:
        with Path(file.path).open("rb") as stream:
            entry = _entry(file, stream, Budget(Limits(), file.size))
            cut = format_of(entry).cut
            for end in cut.ends(stream, size) if entry.head and cut else ():
                yield Section(file, start, end)
                start = end
    except Exception:  # noqa: BLE001 - whoever reads the file as one tells why, as of any file
        if start:
            yield Section(file, start, _NOT_KNOWN)


def _entry(file: InputFile, stream: "BufferedReader[Any]", budget: Budget) -> Entry:
    entry = Entry(printable(file.path), file.name, stream, budget, read_any, seekable=True)
    entry.look()
    return entry
