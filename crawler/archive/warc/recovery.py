"""Reads what FastWARC refuses, damaged files and ARC: a record proves that it is whole, and reading goes on behind."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.archive.entry import Entry
from crawler.archive.http.head import fields, reply
from crawler.archive.model import MIB
from crawler.archive.window import Window
from crawler.patterns import compiled

ARC = b"filedesc://"
"""What archives of the format before WARC begin with."""
LONGEST_HEAD = 1 << 20
"""Bytes of one record's head: real ones have some KiB, a long ``data:`` address more."""
NO_END = "the archive's own end is not there"
_MARK = compiled(rb"WARC/\d\.\d+[ \t]*\r?\n")
_ARC_MARK = compiled(rb"(?:filedesc|https?)://\S{1,3000} [\d.:a-fA-F]{1,40} \d{14} \S{1,100} \d{1,12}\r?\n")
_HEAD_END = compiled(rb"(\n\r?\n)|" + _MARK.pattern)
"""What ends a head: a blank line, or what cannot stand in one."""
_BLANKS = compiled(rb"[\r\n\t ]*")
_LARGE = 2 * MIB
"""From so many bytes on a record with the first line of another in it is taken for one whose length is wrong."""
_INSIDE = "its length is wrong: another record begins inside it"


@dataclass(slots=True)
class Record:
    """A record; ``headers`` have their names in lower case."""

    headers: dict[str, str]
    block: bytes = b""
    fault: str = ""
    """Why its block is not to be believed."""

    @property
    def kind(self) -> str:
        """What it is: ``response``, ``request`` ..."""
        return self.headers.get("warc-type", "")

    @property
    def url(self) -> str:
        """The address that it tells of, as it may be written."""
        return self.headers.get("warc-target-uri", "").strip("<>").replace(" ", "%20")


class Recovery:
    """The records of what is left in the window of an entry; what is damaged and no record tells of, is noted."""

    def __init__(self, entry: Entry, window: Window) -> None:
        self._entry, self._window = entry, window
        self._limit = entry.budget.limits.container_bytes
        self._arc = entry.head.startswith(ARC)
        self._mark = _ARC_MARK if self._arc else _MARK

    def records(self) -> Iterator[Record]:
        """Give every record; raises EOFError for a file that is cut off, and what ended its stream."""
        window = self._window
        while self._go_to_next():
            size, headers = self._head()
            if size:
                yield self._record(size, headers)
        if window.error:
            raise window.error
        if not self._entry.damage and not window.last.endswith((b"\n",) if self._arc else (b"\r\n\r\n", b"\n\n")):
            raise EOFError(NO_END)

    def _go_to_next(self) -> bool:
        """Move to the first line of a record, over blanks and what is none; tell whether there is one."""
        window = self._window
        while window.fill(1):
            blanks = _BLANKS.match(window.held, window.at)
            if blanks and blanks.end() > window.at:
                window.move(blanks.end() - window.at)
                continue
            window.fill(4096)
            if self._mark.match(window.held, window.at):
                return True
            if window.ended and window.held.find(b"\n", window.at) < 0:
                raise window.error or EOFError(NO_END)
            self._entry.note(window.gap or ValueError("what stands between its records is no record"))
            return window.find(self._mark)
        if window.gap:
            self._entry.note(window.gap)
            return window.find(self._mark)
        return False

    def _head(self) -> tuple[int, dict[str, str]]:
        """Give the size of the head and what is in it; 0 for none, and the window is where the next may be."""
        window = self._window
        line = window.held.index(b"\n", window.at) + 1 - window.at
        if self._arc:
            url, _, date, kind, length = bytes(window.held[window.at : window.at + line]).decode("latin-1").split()
            told = {"warc-target-uri": url, "warc-date": _iso(date), "content-type": kind, "content-length": length}
            return line, {**told, "warc-type": "arc_header" if url.startswith("filedesc") else "response"}
        more = window.fill(LONGEST_HEAD)
        end = _HEAD_END.search(window.held, window.at + line - 1, window.at + LONGEST_HEAD)
        if end and end[1]:
            return end.end() - window.at, fields(bytes(window.held[window.at + line : end.end()]))
        if end:
            self._entry.note(ValueError("another record begins inside the head of one"))
        elif window.ended and not more:
            raise window.error or EOFError(NO_END)
        else:
            too_long = f"the head of a record does not end within {LONGEST_HEAD >> 10} KiB"
            self._entry.note(window.gap or ValueError(too_long))
        window.find(self._mark, line)
        return 0, {}

    def _record(self, size: int, headers: dict[str, str]) -> Record:
        """Give the record behind a head of so many bytes, and move behind it; raises EOFError for one cut off."""
        window, told = self._window, headers.get("content-length", "")
        if not told.isascii() or not told.isdigit() or len(told) > 15:
            return self._not_whole(Record(headers), size, "its length is wrong" if told else "its length is not told")
        length = int(told)
        if not window.fill(size + min(length, self._limit + 1)):
            gap = window.gap
            if not gap and not self._mark.search(window.held, window.at + size):
                raise window.error or EOFError("the record is shorter than its header says")
            return self._not_whole(Record(headers), size, str(gap) if gap else _INSIDE)
        if length > _LARGE and self._mark.search(window.held, window.at + size, window.at + size + length):
            return self._not_whole(Record(headers), size, _INSIDE)
        if length > self._limit:
            return self._not_whole(Record(headers), size, f"larger than {self._limit // MIB} MiB")
        record = Record(headers, bytes(window.held[window.at + size : window.at + size + length]))
        if not self._is_followed(size + length, record):
            return self._not_whole(record, size, "its length is wrong: no other follows it")
        window.move(size + length)
        return record

    def _not_whole(self, record: Record, size: int, fault: str) -> Record:
        self._window.find(self._mark, size)
        record.fault = fault
        return record

    def _is_followed(self, size: int, record: Record) -> bool:
        """Look at the line behind a record and at the head behind that: they tell whether its length was right."""
        window, seen = self._window, size + 4096
        window.fill(seen)
        start = window.at + size
        blanks = _BLANKS.match(window.held, start)
        end = blanks.end() if blanks else start
        if end == len(window.held) or self._mark.match(window.held, end):
            return True
        return b"\n" in window.held[start:end] and not _is_short(record)


def _iso(date: str) -> str:
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:14]}Z"


def _is_short(record: Record) -> bool:
    """Tell whether a reply says itself that its page is longer."""
    found = reply(record.block)
    if not found or "content-encoding" in found.headers or "transfer-encoding" in found.headers:
        return False
    told = found.headers.get("content-length", "")
    return told.isdigit() and len(told) < 10 and int(told) > len(found.payload)
