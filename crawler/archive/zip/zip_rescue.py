"""Reads the members of a zip whose directory is lost or wrong, by the headers before each of them."""

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from crawler.archive.compression import decoders
from crawler.archive.compression.decoders import DAMAGE, Decoder
from crawler.archive.entry import Entry
from crawler.archive.model import MIB, Exhausted, ReadResult, Skipped
from crawler.archive.zip import local_header
from crawler.archive.zip.local_header import Header
from crawler.archive.zstd import ZstdDecompressor

_CHUNK = 1 << 16
_NO_END = "truncated: its end is not there"


class Rescue:
    """The search for members in one file; ``known`` are those that need none: where each begins, and where it ends."""

    def __init__(self, entry: Entry, file: BinaryIO, known: Mapping[int, int]) -> None:
        self._entry, self._file, self._known = entry, file, known
        self._limit = entry.budget.limits.member_bytes
        self._size = file.seek(0, io.SEEK_END)
        self._vain = 0
        self.told: set[str] = set()
        """The names of the members that were given or told."""

    def members(self) -> Iterator[ReadResult]:
        """Read every member that is whole; others are told, and the next header is looked for behind theirs."""
        at, count = self._find(0), 0
        while at >= 0:
            count += 1
            if count > self._entry.budget.limits.members:
                raise Exhausted(f"more than {self._entry.budget.limits.members} members")
            end, header = self._known.get(at, 0), None
            if not end and (header := local_header.read(self._file, at)):
                end, found = self._member(header)
                yield from found
            if self._vain > 256 * MIB + 8 * self._size:
                return
            at = self._find(end or at + 4)

    def _member(self, header: Header) -> tuple[int, Iterator[ReadResult]]:
        """Give where a member ends, 0 when that cannot be said, and what it holds."""
        source = f"{self._entry.source}!{header.name}"
        self.told.add(header.name)
        data, end, fault = self._data(header)
        if fault:
            self._vain += max(end - header.start, 0) + len(data or b"")
            return 0, iter((Skipped(source, fault, failed=True),))
        if data is None:
            return end, iter((Skipped(source, f"larger than {self._limit // MIB} MiB", failed=True),))
        if not data and header.name.endswith("/"):
            return end, iter(())
        member = self._entry.member(header.name, header.name.replace("\\", "/"), io.BytesIO(data))
        return end, self._entry.read(member)

    def _data(self, header: Header) -> tuple[bytes | None, int, str]:
        """Read a member: its data (None: too large), where it ends, and what is wrong with it."""
        if header.encrypted:
            return b"", 0, "encrypted"
        if not header.behind and header.packed > self._size - header.start:
            return b"", 0, _NO_END
        if header.method == 0:
            data, end, fault = self._stored(header)
        elif decoder := self._decoder(header):
            data, end, fault = self._decoded(header, decoder)
        else:
            return b"", 0, "damaged, or compressed in a way that is not known"
        if not fault and data is not None and not self._fits(header, data, end):
            fault = "damaged: its checksum is wrong"
        return data, end, fault

    def _decoder(self, header: Header) -> Decoder | None:
        match header.method:
            case 8:
                return decoders.inflate()
            case 12:
                return decoders.bunzip()
            case 14:
                self._file.seek(header.start)
                return decoders.unlzma(self._file.read(decoders.LZMA_HEAD))
            case 93:
                return ZstdDecompressor()
        return None

    def _stored(self, header: Header) -> tuple[bytes | None, int, str]:
        """Read a member that is not compressed."""
        start, size = header.start, header.packed
        if header.behind:
            size = self._size_behind(start)
            if size < 0:
                return b"", start, "damaged: its size is not told"
        if size > self._limit:
            return None, start + size, ""
        self._file.seek(start)
        return self._file.read(size), start + size, ""

    def _size_behind(self, start: int) -> int:
        """Find what stands behind a member that is not compressed, by the size that it tells; -1 for none."""
        at = start
        while (at := self._find(at, local_header.BEHIND)) >= 0:
            self._file.seek(at + 8)
            if self._file.read(4) == struct.pack("<L", at - start & 0xFFFFFFFF):
                return at - start
            at += 4
        self._vain += self._size - start
        return -1

    def _decoded(self, header: Header, decoder: Decoder) -> tuple[bytes | None, int, str]:
        """Read a compressed member; of LZMA the end may be known by the size alone."""
        at = header.start + (decoders.LZMA_HEAD if header.method == 14 else 0)
        self._file.seek(at)
        chunks, size = [], 0
        while not decoder.eof and not (header.method == 14 and not header.behind and size == header.size):
            data = self._file.read(_CHUNK) if decoder.needs_input else b""
            if decoder.needs_input and not data:
                return b"", self._size, _NO_END
            try:
                chunk = decoder.decompress(data, _CHUNK * 16)
            except DAMAGE:
                return b"", self._file.tell(), "damaged: it cannot be decompressed"
            size += len(chunk)
            if size <= self._limit:
                chunks.append(chunk)
            elif not header.behind:
                return None, header.start + header.packed, ""
            elif size > 4 * self._limit:
                return b"".join(chunks), self._file.tell(), f"larger than {self._limit // MIB} MiB"
        end = self._file.tell() - len(decoder.unused_data) if header.behind else header.start + header.packed
        return (b"".join(chunks) if size <= self._limit else None), end, ""

    def _fits(self, header: Header, data: bytes, end: int) -> bool:
        """Tell whether the checksum, before or behind a member, is that of its data."""
        told = local_header.behind(self._file, end)[:4] if header.behind else struct.pack("<L", header.checksum)
        return struct.pack("<L", zlib.crc32(data)) == told

    def _find(self, at: int, magic: bytes = local_header.MAGIC) -> int:
        """Find where such bytes stand from a position on; -1 for nowhere."""
        self._file.seek(at)
        seen = b""
        while data := self._file.read(_CHUNK):
            seen += data
            if (found := seen.find(magic)) >= 0:
                return at + found
            at += len(seen) - 3
            seen = seen[-3:]
        return -1
