"""Bytes that can be read a second time, from a mark on: in their file, or held in memory."""

from typing import Any

from crawler.archive.model import MIB, Exceeded

_HELD = 8 * MIB
"""Bytes held since the mark although their file could be moved about in: to move costs more than they do."""


class RewindableReader:
    """A stream to go back in, as far as its mark. ``limit``: bytes held at most when it is no file of its own."""

    def __init__(self, stream: Any, chunk: int, limit: int, *, seekable: bool) -> None:
        self._stream, self._chunk, self._seekable = stream, chunk, seekable
        self._read = getattr(stream, "read1", stream.read)  # plain reads lose what came before an error
        self._limit = _HELD if seekable else limit
        self._at = stream.tell() if seekable else 0
        self._ahead: list[bytes] = []
        self._again = 0
        self.last = b""
        """The last bytes that were read."""
        self.mark()

    @property
    def gave_up(self) -> bool:
        """Whether more was read again than data of this size, damaged by chance, would ask for."""
        return self._again > 64 * MIB + 8 * self._at

    @property
    def kept(self) -> bytes:
        """What was read since the mark, b"" when it was too much."""
        return b"".join(self._kept or ())

    def mark(self) -> None:
        """Go back to here from now on."""
        self._start = self._at - sum(map(len, self._ahead))
        self._kept: list[bytes] | None = []
        self._size = 0

    def read(self) -> bytes:
        """Read the next bytes; b"" at the end. Raises Exceeded when more would have to be held than is allowed."""
        if self._ahead:
            data = self._ahead.pop()
        else:
            data = self._read(self._chunk)
            self._at += len(data)
        self._size += len(data)
        if self._kept is not None:
            self._kept.append(data)
            if self._size > self._limit:
                self._kept = None
                if not self._seekable:
                    raise Exceeded(f"larger than {self._limit // MIB} MiB")
        self.last = (self.last + data)[-8:] if len(data) < 8 else data[-8:]
        return data

    def put_back(self, data: bytes) -> None:
        """Put back the last bytes that were read: they come next."""
        if data:
            self._ahead.append(data)

    def back(self, skip: int = 0) -> None:
        """Go back to the mark, or so many bytes behind it; there is no mark afterwards."""
        self._again += self._size
        kept, self._kept, self._size = self._kept, None, 0
        if kept is None:
            self._at = self._start + skip
            self._stream.seek(self._at)
            self._ahead.clear()
            return
        for data in reversed(kept):
            self.put_back(data)
        while skip and self._ahead:
            data = self._ahead.pop()
            self.put_back(data[skip:])
            skip -= min(skip, len(data))
