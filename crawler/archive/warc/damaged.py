"""Gives the records of a WARC file, and tells of each whether it is whole; behind a damaged one it goes on."""

import re
from collections.abc import Iterator
from typing import Any

from warcio.recordloader import ArcWarcRecordLoader

from crawler.archive.model import MIB, Exceeded, Exhausted, Gap
from crawler.archive.warc.heads import Heads, TooLong, WrongLength

ARC = b"filedesc://"
"""What archives of the format before WARC begin with."""

_MARK = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_ARC_MARK = re.compile(rb"(?:filedesc|https?)://\S{1,3000} [\d.:a-fA-F]{1,40} \d{14} \S{1,100} \d{1,12}\r?\n")
_NO_END = "the archive's own end is not there"


class Records:
    """The records of one file; whoever has looked at one asks for its ``fault`` before believing it."""

    def __init__(self, stream: Any, *, arc: bool) -> None:
        self._mark = _ARC_MARK if arc else _MARK
        self._ends = (b"\n",) if arc else (b"\r\n\r\n", b"\n\n")
        self._heads = Heads(stream, self._mark)
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
        self._record: Any = None
        self._line = b""
        self._error: Exception | None = None
        self._lost = False
        self.head = b""
        """What stands before the payload in the block of the record."""
        self.damage: Exception | None = None
        """The first damage that no line of a record tells of."""

    def __iter__(self) -> Iterator[Any]:
        """Give every record; raises EOFError for a file that is cut off."""
        while line := self._first_line():
            self._heads.begin()
            try:
                self._record = self._loader.parse_record_stream(self._heads, line)
            except (Exhausted, OSError):
                raise
            except Gap as gap:
                self.note(gap)
            except Exception as error:  # noqa: BLE001 - warcio raises anything for a head that is none
                self._go_back(_NO_END)
                self.note(error)
            else:
                kept = self._heads.kept
                if self._mark.search(kept):
                    self._go_back("")
                    self.note(ValueError("another record begins inside the head of one"))
                    continue
                self.head = kept[len(kept) - self._record.raw_stream.tell() :]
                yield self._record
                if self._record and (fault := self.fault()):
                    self.note(ValueError(fault))
        if not self.damage and not self._heads.last.endswith(self._ends):
            raise EOFError(_NO_END)

    def note(self, damage: Exception) -> None:
        """Remember damage, unless there was some before."""
        self.damage = self.damage or damage

    def payload(self, limit: int) -> bytes:
        """Read the payload of the record, or what there is of it: its ``fault`` tells. Raises Exceeded."""
        stream, pieces, size = self._record.raw_stream, [], 0
        try:
            while self._record.length is not None and size <= limit and (piece := stream.read(limit + 1 - size)):
                pieces.append(piece)
                size += len(piece)
        except (Gap, WrongLength, EOFError) as error:
            self._error = error
        if size > limit:
            raise Exceeded(f"larger than {limit // MIB} MiB")
        return b"".join(pieces)

    def fault(self) -> str:
        """Move behind the record and say what is wrong with it; "" for nothing. Raises EOFError for one cut off."""
        record, self._record = self._record, None
        error, self._error = self._error, None
        try:
            if error:
                raise error
            if record.length is None:
                self._go_back(_NO_END)
                return "its length is not told"
            while record.raw_stream.read():
                pass
        except Gap as gap:
            self._lost = True
            return str(gap)
        except WrongLength as wrong:
            self._go_back(_NO_END)
            return str(wrong)
        if record.raw_stream.limit > 0:
            self._go_back("the record is shorter than its header says")
            return "its length is wrong: another record begins inside it"
        return self._what_follows(record)

    def _what_follows(self, record: Any) -> str:
        """Look at the line behind a record, and at the head behind that: they tell whether its length was right."""
        self._heads.allow()
        try:
            line = self._heads.readline()
            self._line = line if line.strip() else self._next_line()
        except Exception as error:  # noqa: BLE001 - it comes behind the record, which is whole
            self._error = error
            return ""
        if not self._line or self._mark.match(self._line) or (not line.strip() and not _is_short(record)):
            return ""
        self._line = b""
        self._go_back("")
        return "its length is wrong: no other follows it"

    def _first_line(self) -> bytes:
        """Move to the next record and give its first line; b"" at the end."""
        while True:
            error, self._error = self._error, None
            try:
                if error:
                    raise error
                if self._lost and not self._heads.find():
                    return b""
                line, self._line = self._line or self._next_line(), b""
            except (Gap, TooLong) as error:
                self.note(error)
                self._lost = True
                continue
            if not line or self._mark.match(line):
                self._lost = False
                return line
            if not line.endswith(b"\n") and self._heads.ended:
                raise EOFError(_NO_END)
            self.note(ValueError("what stands between its records is no record"))
            self._lost = True

    def _next_line(self) -> bytes:
        """Read on to a line that is not blank; b"" at the end."""
        self._heads.allow()
        while (line := self._heads.readline()) and not line.strip():
            pass
        return line

    def _go_back(self, cut: str) -> None:
        """Go back to where the next record is; raises EOFError, saying ``cut``, for a file that ends before one."""
        self._lost = True
        if not self._heads.go_back() and cut and self._heads.ended:
            raise EOFError(cut)


def _is_short(record: Any) -> bool:
    """Tell whether a reply says itself that its page is longer."""
    headers = record.http_headers
    if not headers or headers.get_header("Content-Encoding") or headers.get_header("Transfer-Encoding"):
        return False
    told = headers.get_header("Content-Length") or ""
    return told.isdigit() and len(told) < 10 and int(told) > record.payload_length
