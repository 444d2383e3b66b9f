"""Containers for tests, made in memory."""

import io
import tarfile
import zipfile

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

URL = "https://finance.eastmoney.com/a/202201142248170578.html"


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def put(writer: WARCWriter, *records) -> None:
    for record in records:
        writer.write_record(record)
        record.raw_stream.close()  # warcio leaves its temporary file open


def make_warc(replies: list[tuple[str, bytes, list[tuple[str, str]]]], *, gzipped: bool = True) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzipped)
    for url, body, headers in replies:
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        put(writer, writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http))
    return buffer.getvalue()


HTML_TYPE = ("Content-Type", "text/html; charset=utf-8")


class Unseekable(io.BytesIO):
    """A pipe: what is written to it has its sizes behind the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation
