"""Finds zip archives that were joined into one file: a zip is read from its end, which loses all but the last."""

import io
import zipfile
from typing import BinaryIO, cast

_MAGIC = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_REACH = 1 << 16
"""How far from the end of the file zipfile looks for the end of an archive."""


class Part(io.RawIOBase):
    """The first ``size`` bytes of a file, as a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size, self._at = file, size, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that one can move about in it."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position; raises OSError for one before the beginning, as files do."""
        at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if at < 0:
            raise OSError("a position before the beginning")
        self._at = at
        return at

    def readinto(self, buffer: object) -> int:
        """Fill the buffer, up to the end of the part."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        self._file.seek(self._at)
        data = self._file.read(max(0, min(len(view), self._size - self._at)))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def before(file: BinaryIO, archive: zipfile.ZipFile) -> BinaryIO | None:
    """Give what stands before an archive in its file when that is a zip, too, be it damaged; None when it is none.

    A zip is called damaged by its beginning; anything else, as a program that unpacks the archive, is no zip.
    """
    start = min((info.header_offset for info in archive.infolist()), default=archive.start_dir)
    if not 0 < start < file.seek(0, io.SEEK_END):
        return None
    part = cast("BinaryIO", io.BufferedReader(Part(file, start)))
    return part if part.read(len(_MAGIC)) == _MAGIC or zipfile.is_zipfile(part) else None


def counted(file: BinaryIO, archive: zipfile.ZipFile) -> bool:
    """Tell whether the directory of an archive has as many members as stands behind it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _REACH - _END_SIZE))
    tail = file.read()
    told = tail[(end := tail.rfind(_END)) + 10 : end + 12]
    return end < 0 or int.from_bytes(told, "little") in {len(archive.infolist()), 0xFFFF}  # more are not told


def follows(file: BinaryIO) -> bool:
    """Tell whether the beginning of another archive stands behind the last whole one."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _REACH - _END_SIZE))
    tail = file.read()
    end = tail.rfind(_END)
    comment = int.from_bytes(tail[end + _END_SIZE - 2 : end + _END_SIZE], "little")
    return end >= 0 and tail.startswith(_MAGIC, end + _END_SIZE + comment)
