"""Large containers for tests of their sections, and what these give one behind the other."""

import gzip
import io
import random
from itertools import islice
from pathlib import Path

from archive import makers
from archive.conftest import HTML
from archive.makers import HTML_TYPE, URL
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Budget, InputFile, Limits, NotByItself, ReadResult, input_files, sections

LIMITS = Limits()
SECTION = 1200
BODIES = makers.pages(HTML, 8)


def recorded(*, gzipped: bool) -> bytes:
    """A WARC as recorders write it: notes, requests, pictures."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzipped)
    makers.put(writer, writer.create_warcinfo_record("x.warc", {"software": "x"}))
    for number, body in enumerate(BODIES):
        asked = StatusAndHeaders("GET / HTTP/1.0", [("Host", "x")], is_http_request=True)
        answered = StatusAndHeaders("200 OK", [HTML_TYPE], protocol="HTTP/1.1")
        picture = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
        noise = io.BytesIO(random.Random(number).randbytes(300))
        url = f"{URL}?{number}"
        makers.put(
            writer,
            writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=asked),
            writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=answered),
            writer.create_warc_record(f"{url}.png", "response", payload=noise, http_headers=picture),
        )
    return buffer.getvalue()


WHOLE = {
    "x.warc": recorded(gzipped=False),
    "x.warc.gz": recorded(gzipped=True),
    "in-itself.warc": makers.warc_of([makers.warc_of(BODIES[:2], gzipped=False), *BODIES], gzipped=False),
    "x.tar": makers.make_tar(
        {
            **{f"a/{number}.html": body for number, body in enumerate(BODIES)},
            f"{'long' * 30}.html": HTML,
            "in.tar": makers.make_tar({"1.html": HTML}),
            "in.tar.gz": makers.make_tar({"1.html": HTML}, "w:gz"),
        }
    ),
    "x.zip": makers.make_zip(
        {
            **{f"a/{number}.html": body for number, body in enumerate(BODIES)},
            "a/0_files/x.png": b"\x89PNG\r\n",
            "a/0_files/frame.html": BODIES[1],
            "in.zip": makers.make_zip({"1.html": HTML}),
            "b.html.gz": gzip.compress(HTML),
        }
    ),
}


def file_of(folder: Path, name: str, data: bytes) -> InputFile:
    path = folder / name
    path.write_bytes(data)
    (file,) = input_files(path)
    assert isinstance(file, InputFile)
    return file


def in_sections(file: InputFile) -> tuple[list[ReadResult], int]:
    """What it gives, in sections as far as they can be read so; and how many were."""
    found: list[ReadResult] = []
    read = 0
    for section in sections(file, SECTION):
        try:
            found += [*section.open(Budget(LIMITS, file.size))]
        except NotByItself:
            break
        read += 1
    else:
        return found, read
    return [*found, *islice(file.open(LIMITS), len(found), None)], read
