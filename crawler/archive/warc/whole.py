"""Reads WARC files that are whole with FastWARC, up to the first record that does not prove so."""

from collections.abc import Iterator

from fastwarc import ArchiveIterator

from crawler.archive.warc.record import Record
from crawler.archive.warc.recovery import LONGEST_HEAD
from crawler.archive.window import Window

_END = b"\r\n\r\n"


class _Feed:
    """What FastWARC reads: the window, without moving it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._moved = self._read = 0

    def read(self, size: int = -1) -> bytes:
        """Give some bytes; b"" at the end, and where something is lost."""
        data = self._window.piece(self._read - self._moved)
        self._read += len(data)
        return data

    def tell(self) -> int:
        """Tell how many bytes were given."""
        return self._read

    def take(self, end: int, length: int) -> bytes | None:
        """Move behind a record that ends there, and give its block of such a length; None when it is not so."""
        window, size = self._window, end - self._moved
        raw = bytes(window.held[window.at : window.at + size])
        start = raw.find(_END) + len(_END)
        if start + length + len(_END) != size or not raw.endswith(_END) or b"\nWARC/" in raw[:start]:
            return None
        window.move(size)
        self._moved = end
        return raw[start : start + length]

    def end(self) -> int:
        """Tell where the file ends; -1 when it does not properly."""
        window = self._window
        more = window.fill(len(window.held) - window.at + 1)
        return -1 if more or window.gap or window.error else self._moved + len(window.held) - window.at


def whole_records(window: Window) -> Iterator[Record]:
    """Give the records that lie one behind the other as the standard has it; the window then stands behind them.

    A record is believed when the next begins where its length says, and the last when the file ends there.
    """
    feed = _Feed(window)
    pending: tuple[dict[str, str], int] | None = None
    try:
        for record in ArchiveIterator(feed, parse_http=False, stream_detect=False, max_header_len=LONGEST_HEAD):  # type: ignore[arg-type]
            if pending:
                block = feed.take(record.stream_pos, pending[1])
                if block is None:
                    return
                yield Record(pending[0], block)
            pending = {name.lower(): value for name, value in record.headers.to_tuples()}, record.content_length
    except (OSError, ValueError):  # whoever goes on from here tells what is wrong
        return
    if pending and (block := feed.take(feed.end(), pending[1])) is not None:
        yield Record(pending[0], block)
