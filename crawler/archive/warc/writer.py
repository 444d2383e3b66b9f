"""Writes WARC files that survive a kill: one gzip member per record, cut back to whole members at the start."""

import contextlib
import io
import os
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as RecordWriter

from crawler.archive.compression.decoders import Inflate
from crawler.patterns import compiled
from crawler.urls import urlsplit

Headers = Iterable[tuple[str, str]]

_CHUNK = 1 << 20
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_NAME = compiled(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SAFE = "%/:?&=+$,;~@!*'()[]#"
_SERIAL = compiled(r"-(\d{5,})\.warc\.gz\Z")


class WarcWriter:
    """Files ``<prefix>-<time>-<serial>.warc.gz`` in a folder, a new one when the last has ``max_bytes``.

    Every exchange goes to the system in one write, so a killed process loses at most the one it was writing; the disk
    is asked to keep them every ``sync_every`` exchanges, and when a file is finished.
    """

    def __init__(self, folder: Path, prefix: str = "finews", max_bytes: int = 1 << 30, *, sync_every: int = 32) -> None:
        self._folder, self._prefix, self._max_bytes, self._sync_every = folder, prefix, max_bytes, sync_every
        self._file: io.FileIO | None = None
        self._unsynced = 0
        folder.mkdir(parents=True, exist_ok=True)
        files = sorted(folder.glob(f"{prefix}-*.warc.gz"))
        self._serial = max((int(m[1]) for f in files if (m := _SERIAL.search(f.name))), default=0)
        for last in files[-1:]:
            drop_incomplete(last)
            if not last.stat().st_size:
                last.unlink()

    def write(self, url: str, body: bytes, *, status: int = 200, headers: Headers = (), method: str = "GET") -> None:
        """Keep one exchange; ``body`` has its transfer and content encodings undone, as the crawler saw it."""
        url = quote(url, safe=_SAFE)
        date = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        writer = RecordWriter(buffer := io.BytesIO(), gzip=True)

        def record(kind: str, http: StatusAndHeaders, data: bytes) -> Any:
            parts = {"payload": io.BytesIO(data), "length": len(data), "http_headers": http}
            return writer.create_warc_record(url, kind, **parts, warc_headers_dict={"WARC-Date": date})

        reply = StatusAndHeaders(f"{status} {_phrase(status)}", _kept(headers, len(body)), protocol="HTTP/1.1")
        response = record("response", reply, body)
        target = urlsplit(url)
        line = f"{method} {target.path or '/'}{'?' + target.query if target.query else ''} HTTP/1.1"
        asked = StatusAndHeaders(line, [("Host", target.netloc)], is_http_request=True)
        request = record("request", asked, b"")
        request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        for made in (response, request):
            writer.write_record(made)
            made.raw_stream.close()  # warcio leaves its temporary file open
        self._append(buffer.getvalue())

    def close(self) -> None:
        """Finish the file, durably."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _append(self, data: bytes) -> None:
        if self._file is not None and self._file.tell() + len(data) > self._max_bytes:
            self.close()
        if self._file is None:
            self._file = self._new_file()
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self._unsynced += 1
        if self._unsynced >= self._sync_every:
            os.fsync(self._file.fileno())
            self._unsynced = 0

    def _new_file(self) -> io.FileIO:
        self._serial += 1
        name = f"{self._prefix}-{datetime.now(UTC):%Y%m%d%H%M%S}-{self._serial:05d}.warc.gz"
        file = (self._folder / name).open("xb", buffering=0)
        writer = RecordWriter(buffer := io.BytesIO(), gzip=True)
        writer.write_record(
            writer.create_warcinfo_record(name, {"software": "finews-crawler", "format": "WARC File Format 1.0"})
        )
        file.write(buffer.getvalue())
        return file


def drop_incomplete(path: Path) -> int:
    """Cut a file that a killed run left behind back to its last whole gzip member; give how many bytes that took."""
    with path.open("r+b") as file:
        whole, decoder, data = 0, Inflate(), b""
        with contextlib.suppress(zlib.error):
            while data := data or file.read(_CHUNK):
                decoder.decompress(data, _CHUNK)
                while not decoder.needs_input and not decoder.eof:
                    decoder.decompress(b"", _CHUNK)
                data = decoder.unused_data
                if decoder.eof:
                    whole, decoder = file.tell() - len(data), Inflate()
        lost = file.seek(0, os.SEEK_END) - whole
        if lost:
            file.truncate(whole)
            os.fsync(file.fileno())
        return lost


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _clean(headers: Headers) -> list[tuple[str, str]]:
    """Give the headers that can be written; a name that is none is left out, as every reader of HTTP would."""
    return [(name, " ".join(value.split())) for name, value in headers if _NAME.fullmatch(name)]


def _kept(headers: Headers, length: int) -> list[tuple[str, str]]:
    """Give the headers of a reply, those that no longer describe its body under another name."""
    kept = [(f"X-Archive-Orig-{n}" if n.lower() in _UNDONE else n, v) for n, v in _clean(headers)]
    return [*kept, ("Content-Length", str(length))]
