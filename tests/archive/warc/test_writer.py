"""What the writer keeps, warcio and our reader give back byte for byte, whenever it was killed."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.warc.writer import WarcWriter, drop_incomplete

URL = "https://finews.withounder.com/x/2022/01/14/NW202201142248170578.html"
HEADERS = [
    ("Content-Type", "text/html; charset=gb2312"),
    ("Content-Encoding", "gzip"),
    ("Transfer-Encoding", "chunked"),
]


def bodies(count: int) -> list[bytes]:
    dice = random.Random(1)
    return [
        b"<html>" + dice.randbytes(dice.randrange(1, 5000)).hex().encode() + "联通".encode("gbk") for _ in range(count)
    ]


def test_round_trip(tmp_path: Path, opened) -> None:
    writer = WarcWriter(tmp_path, "crawl", max_bytes=20_000)
    kept = bodies(40)
    for number, body in enumerate(kept):
        writer.write(f"{URL}?{number}", body, headers=HEADERS)
    writer.close()
    files = sorted(tmp_path.glob("crawl-*.warc.gz"))
    assert len(files) > 3
    assert all(file.stat().st_size < 30_000 for file in files)
    found = opened()
    assert not found.skipped
    assert [(p.url, p.body, p.encoding) for p in found.pages] == [
        (f"{URL}?{n}", body, "gb2312") for n, body in enumerate(kept)
    ]
    assert all(p.fetched for p in found.pages)
    for file in files:
        with file.open("rb") as stream:
            records = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(stream, check_digests="raise")]
        assert records[0][0] == "warcinfo"
        assert {kind for kind, _ in records[1:]} == {"request", "response"}


def test_odd_exchanges(tmp_path: Path, opened) -> None:
    writer = WarcWriter(tmp_path)
    headers = [("Content-Type", "text/html"), ("X-中", "a"), ("Bad Name", "b"), ("X-Value", "值\r\nX: y"), ("", "c")]
    writer.write("https://finews.withounder.com/category/人民 a.html?q=1 2", b"<p>a</p>", headers=headers)
    writer.write("https://finews.withounder.com/gone", b"", status=799)
    writer.close()
    found = opened()
    assert [p.url for p in found.pages] == [
        "https://finews.withounder.com/category/%E4%BA%BA%E6%B0%91%20a.html?q=1%202"
    ]
    assert [u.reason for u in found.skipped] == ["HTTP 799"]


def test_cut_anywhere_leaves_whole_records(tmp_path: Path, opened) -> None:
    writer = WarcWriter(tmp_path, "crawl")
    kept = bodies(4)
    for body in kept:
        writer.write(URL, body)
    writer.close()
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for size in range(0, len(whole), 211):
        file.write_bytes(whole[:size])
        lost = drop_incomplete(file)
        assert file.stat().st_size + lost == size
        if file.stat().st_size:
            found = opened()
            assert [p.body for p in found.pages] == kept[: len(found.pages)]
            assert not [u for u in found.skipped if u.reason != "archive without replies"]
    file.write_bytes(whole + bytes(4096))
    assert drop_incomplete(file) == 4096
    assert file.read_bytes() == whole
    assert drop_incomplete(file) == 0


@pytest.mark.parametrize("seed", range(3))
def test_killed_writer(tmp_path: Path, opened, seed: int) -> None:
    script = (
        "import sys; from pathlib import Path; from crawler.archive.warc.writer import WarcWriter\n"
        "writer = WarcWriter(Path(sys.argv[1]), max_bytes=200_000)\n"
        "for n in range(10**6):\n    writer.write(f'https://a.com/{n}', b'<p>' + str(n).encode() * 3000)\n"
        "    print(n, flush=True) if n == 20 else None\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(seed * 0.05)
        process.kill()
    WarcWriter(tmp_path).close()
    found = opened()
    assert len(found.pages) >= 20
    assert [p.url for p in found.pages] == [f"https://a.com/{n}" for n in range(len(found.pages))]
    assert not found.skipped
