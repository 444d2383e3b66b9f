"""Reads WARC files that are whole with FastWARC, up to the first record that does not prove so."""

from collections.abc import Iterator

from fastwarc import ArchiveIterator

from crawler.archive.warc.recovery import LONGEST_HEAD, Record
from crawler.archive.window import Window

_END = b"\r\n\r\n"


class _Feed:
    """What FastWARC reads: the window, which is moved behind a record when the next is asked for."""

    def __init__(self, window: Window) -> None:
        self._window, self._given, self.moved = window, 0, 0

    def read(self, size: int = -1) -> bytes:
        """Give some bytes; b"" at the end, and where something is lost."""
        data = self._window.piece(self._given - self.moved)
        self._given += len(data)
        return data

    def tell(self) -> int:
        """Tell how many bytes were given."""
        return self._given

    def move(self, size: int) -> None:
        """Move the window."""
        self._window.move(size)
        self.moved += size


def whole_records(window: Window) -> Iterator[Record]:
    """Give the records that lie one behind the other as the standard has it; the window then stands behind them."""
    feed, size = _Feed(window), 0
    try:
        for record in ArchiveIterator(feed, parse_http=False, stream_detect=False, max_header_len=LONGEST_HEAD):  # type: ignore[arg-type]
            feed.move(size)
            size = _size(window, record.content_length) if record.stream_pos == feed.moved else 0
            if not size:
                return
            end = window.at + size - len(_END)
            block = window.bytes_at(end - record.content_length, end)
            yield Record({name.lower(): value for name, value in record.headers.to_tuples()}, block)
    except (OSError, ValueError):  # whoever goes on from here tells what is wrong
        pass
    feed.move(size)


def _size(window: Window, length: int) -> int:
    """Give the size of a record with a block of such a length; 0 for one of which that is not so.

    It is so when the next record begins where the length says, and of the last when the file ends there.
    """
    start = window.held.find(_END, window.at)
    size = start - window.at + len(_END) + length + len(_END)
    window.fill(size + len(b"WARC/"))
    end, held = window.at + size, window.held
    is_last = len(held) == end and window.ended and not window.error
    if start < 0 or b"\nWARC/" in held[window.at : start] or not held.endswith(_END, 0, end):
        return 0
    return size if is_last or held.startswith(b"WARC/", end) else 0
