"""`reprocess` of one big file: a zip, a WARC, and records of a WARC that are no pages."""

import io
import random
import zipfile
from collections.abc import Iterable
from pathlib import Path

from conversion import KINDS
from fastwarc.warc import ArchiveIterator
from harness import Found, cpu, interleaved, scratch
from reprocessing import again, fill, gains
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.items import Page

_PICTURE = 10_000
"""Bytes of what is passed over."""


def measure(found: Found) -> None:
    number = found.size(3_000, 150)
    _, make = KINDS["page 20 KB"]
    some = [make(seed) for seed in range(number)]
    with scratch() as top:
        folder, packed, warc = fill(top / "files", some), top / "pages.zip", top / "pages.warc.gz"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in folder.iterdir():
                archive.write(path, path.name)
        _write(warc, ((page.url, "text/html", page.body) for (page,) in some))
        took = interleaved(
            {path.name: lambda path=path: again(path, top=top).cpu for path in (folder, packed, warc)},
            found.size(3, 1),
        )
        found.ratio("reprocess, one zip / its files", took[packed.name], took["files"])
        found.ratio("reprocess, one WARC / its files", took[warc.name], took["files"])
        gains(found, "one WARC", warc, top, found.size(3, 1))
    with scratch() as top:
        _passed_over(found, top, some[0][0])


def _passed_over(found: Found, top: Path, page: Page) -> None:
    """By differences of counts: pictures in WARCs with one page, against FastWARC's bare reading of the records."""
    rng, few, many = random.Random(1), 100, found.size(10_000, 3_000)
    files = {}
    for number in (few, many):
        files[number] = top / f"{number}.warc.gz"
        pictures = ((f"http://x.com/{n}.jpg", "image/jpeg", rng.randbytes(_PICTURE)) for n in range(number))
        _write(files[number], [(page.url, "text/html", page.body), *pictures])
    took = interleaved(
        {
            "few": lambda: again(files[few], top=top).cpu,
            "many": lambda: again(files[many], top=top).cpu,
            "fastwarc few": lambda: cpu(_pass_over, [(files[few],)]),
            "fastwarc many": lambda: cpu(_pass_over, [(files[many],)]),
        },
        found.size(5, 1),
    )
    found.ratio("warc / fastwarc", took["many"] - took["few"], took["fastwarc many"] - took["fastwarc few"])
    found.figure("a WARC's record, passed over", (took["many"] - took["few"]) / (many - few) * 1e6, "µs")


def _pass_over(path: Path) -> None:
    with path.open("rb") as file:
        for _ in ArchiveIterator(file):
            pass


def _write(path: Path, replies: Iterable[tuple[str, str, bytes]]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, body in replies:
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))
