"""WARC files in sections: between records, or between the compressed streams that begin with one."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from crawler.archive.compression.decoders import DAMAGE
from crawler.archive.compression.verified import Coding, Verified
from crawler.archive.entry import Cut, Entry, reporting_errors
from crawler.archive.model import ReadResult
from crawler.archive.stretch import ends, stretch
from crawler.archive.warc.recovery import Record
from crawler.archive.warc.warc_reader import read_records
from crawler.archive.warc.whole import whole_records
from crawler.archive.window import Window
from crawler.patterns import compiled

_MARK = compiled(rb"(?<=\r\n\r\n)WARC/\d\.\d\r\n")
_HEAD = 1 << 16


def _read(entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    stream = stretch(entry.stream, start, end)
    yield from reporting_errors(Entry(entry.source, entry.path, stream, entry.budget, entry.read), _whole)


def _whole(entry: Entry) -> Iterator[ReadResult]:
    yield from read_records(entry, _whole_records(entry))


def _whole_records(entry: Entry) -> Iterator[Record]:
    """Give the records of a section; raises where not every one proved whole: what follows then is another matter."""
    window = Window(entry.stream, entry.budget.limits.container_bytes)
    yield from whole_records(window)
    if window.fill(1) or window.gap or window.error:
        raise ValueError("a record does not prove whole")


PLAIN = Cut(lambda file, size: ends(file, _MARK, size), _read)


def compressed(coding: Coding) -> Cut:
    """Make what cuts the compressed ones: a stream of theirs begins with a record, as their standard has it."""
    return Cut(partial(_ends, coding), partial(_decoded, coding))


def _ends(coding: Coding, file: BinaryIO, size: int) -> Iterator[int]:
    file.seek(0)
    if _begins_as_warc(coding.new(), file.read(_HEAD)):
        yield from ends(file, coding.begins, size)


def _begins_as_warc(decoder: Any, data: bytes) -> bool:
    try:
        return bool(decoder.decompress(data, _HEAD).startswith(b"WARC/"))
    except DAMAGE:
        return False


def _decoded(coding: Coding, entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    budget, stream = entry.budget, stretch(entry.stream, start, end)
    verified = Verified(stream, coding, budget.limits, budget.check, seekable=True)
    yield from reporting_errors(entry.inside(entry.path, verified), _whole)
