"""Containers for tests, made in memory."""

import base64
import io
import random
import sys
import tarfile
import zipfile

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

URL = "https://finance.eastmoney.com/a/202201142248170578.html"
HTML_TYPE = ("Content-Type", "text/html; charset=utf-8")
MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Subject: =?utf-8?Q?x?=
Date: Fri, 14 Jan 2022 05:02:46 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----B----"


------B----
Content-Type: text/html; charset=gb2312
Content-Transfer-Encoding: base64
Content-Location: {url}

{body}
------B----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://finance.eastmoney.com/x.png

iVBORw0KGgo=
------B------
"""


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)  # of no time: the same bytes in every process
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


def pages(html: bytes, count: int = 3) -> list[bytes]:
    """Different pages, each with some text that does not compress well."""
    dice = random.Random(1)
    return [html + "".join(chr(dice.randrange(0x4E00, 0x4F00)) for _ in range(150)).encode() for _ in range(count)]


def flipped(data: bytes, bit: int) -> bytes:
    """The data with one bit turned."""
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def zstd_of(data: bytes) -> bytes:
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


def tar_of(bodies: list[bytes]) -> bytes:
    return make_tar({f"{n}.html": body for n, body in enumerate(bodies)})


def warc_of(bodies: list[bytes], *, gzipped: bool) -> bytes:
    return make_warc([(f"{URL}?{n}", body, [HTML_TYPE]) for n, body in enumerate(bodies)], gzipped=gzipped)


def records(html: bytes, count: int = 5) -> list[bytes]:
    return [make_warc([(f"{URL}?{n}", body, [HTML_TYPE])], gzipped=False) for n, body in enumerate(pages(html, count))]


def one(kind: str, number: int, html: bytes) -> bytes:
    """A container with one page, to be joined with others."""
    name, page = f"{number}.html", html + b"<!-- %d -->" % number
    if kind in ("mht", "eml"):
        text = MHTML.format(url=f"{URL}?{number}", body=base64.encodebytes(page).decode())
        return text.replace("----B----", f"----{number if kind == 'mht' else 'B'}----").encode()
    return make_zip({name: page}) if kind == "zip" else make_tar({name: page}, "w:gz" if kind == "tar.gz" else "w")


class Unseekable(io.BytesIO):
    """A pipe: what is written to it has its sizes behind the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation
