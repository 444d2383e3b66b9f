"""Behind a damaged record a WARC file is read on."""

import bz2
import gzip
import lzma
import re
import time
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, flipped, make_warc, pages, records, zstd_of

from crawler.archive.saved_url import article_at


def bare(record: bytes) -> bytes:
    """A record without its digests."""
    return re.sub(rb"WARC-\w+-Digest: .*\r\n", b"", record)


def relength(record: bytes, difference: int) -> bytes:
    length = re.search(rb"Content-Length: (\d+)", record)
    return record.replace(length[0], b"Content-Length: %d" % (int(length[1]) + difference), 1)


@pytest.mark.parametrize(
    ("change", "lost", "words"),
    [
        (lambda r: b"\n\n" + r, 0, ""),
        (lambda r: b"JUNK\r\nJUNK\r\n" + r, 0, "between its records"),
        (lambda r: bytes(3 << 20) + b"\n" + r, 0, "between its records"),
        (lambda r: relength(bare(r), 4), 0, ""),  # what it has too much is the blank lines
        (lambda r: relength(r, 4), 1, "its digest"),
        (lambda r: relength(r, 7), 1, "its length is wrong"),
        (lambda r: relength(r, 300), 1, "its length is wrong"),
        (lambda r: relength(r, 1200), 1, "its length is wrong"),
        (lambda r: relength(r, 99 << 30), 1, "its length is wrong"),
        (lambda r: relength(r, -1), 1, "its length is wrong"),
        (lambda r: relength(r, -300), 1, "its length is wrong"),
        (lambda r: relength(r, -100_000), 1, "its length is wrong"),
        (lambda r: r.replace(b"Content-Length: ", b"Content-Length: x", 1), 1, "its length is wrong"),
        (lambda r: r.replace(b"Content-Length: ", b"Content-Lenght: ", 1), 1, "its length is not told"),
        (lambda r: r.replace(b"WARC-Type: response", b"WARC-Type: respomse"), 1, "no record"),
        (lambda r: r.replace(b"WARC-Target-URI", b"WARC-Target-URL"), 1, ""),
        (lambda r: r.replace(b"WARC/1.", b"WARD/1."), 1, "between its records"),
        (lambda r: r.replace(b"\r\n\r\n", b"\r\n", 1), 1, ""),
        (lambda r: r[: len(r) // 2] + b"\r\n", 1, "its length is wrong"),
        (lambda r: r[:90], 1, ""),
        (lambda r: r[:90] + b"\r\n", 1, "inside the head"),
        (lambda r: relength(bare(r).replace(b"</body>", b"\r\n\r\nWARC/1.0\r\n</body>"), 14), 0, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("squeeze", [bytes, gzip.compress])
def test_a_warc_is_read_behind_a_damaged_record(
    tmp_path: Path, opened, html: bytes, change, lost: int, words: str, place: int, squeeze
) -> None:
    parts = records(html)
    parts[place] = change(parts[place])
    (tmp_path / "x.warc").write_bytes(squeeze(b"".join(parts)))
    found = opened()
    whole = [f"{URL}?{n}" for n in range(5) if not (lost and n == place)]
    assert [p.url for p in found.pages] == whole
    failed = [u for u in found.skipped if u.failed]
    assert len(failed) == (1 if lost or words else 0), failed
    if place < 4:
        assert all(words in u.reason and "truncated" not in u.reason for u in failed), failed


def test_records_without_blank_lines_between_them_are_whole(tmp_path: Path, opened, html: bytes) -> None:
    parts = records(html)
    (tmp_path / "x.warc").write_bytes(b"".join(part[:-4] for part in parts) + b"\r\n\r\n")
    found = opened()
    assert len(found.pages) == 5
    assert not found.skipped


def test_the_article_of_a_damaged_record_is_told(tmp_path: Path, opened, html: bytes) -> None:
    one = make_warc([(URL, html, [HTML_TYPE])], gzipped=False)
    (tmp_path / "x.warc").write_bytes(relength(one, -9) + records(html)[0])
    found = opened()
    assert [(u.source.partition("!")[2], article_at(u.url)) for u in found.skipped] == [(URL, "202201142248170578")]
    assert len(found.pages) == 1


@pytest.mark.parametrize("damage", [(2,), (0,), (4,), (0, 1), (1, 3)])
@pytest.mark.parametrize("squeeze", [gzip.compress, zstd_of, bz2.compress, lzma.compress])
def test_a_warc_is_read_behind_damaged_streams(
    tmp_path: Path, opened, html: bytes, damage: tuple[int, ...], squeeze
) -> None:
    streams = [squeeze(record) for record in records(html)]
    for number in damage:
        middle = len(streams[number]) // 2
        streams[number] = streams[number][:middle] + b"\xff\xff\0" + streams[number][middle + 3 :]
    (tmp_path / "x.warc.x").write_bytes(b"".join(streams))
    found = opened()
    assert [p.url for p in found.pages] == [f"{URL}?{n}" for n in range(5) if n not in damage]
    assert [u.failed for u in found.skipped] == [True]


def test_records_that_ask_to_be_read_again_and_again_cost_little(tmp_path: Path, opened) -> None:
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %b\r\nContent-Length: 99999999\r\n\r\n" % URL.encode()
    )
    (tmp_path / "x.warc").write_bytes(record * 20_000)
    start = time.process_time()
    found = opened()
    assert not found.pages
    assert any(u.failed for u in found.skipped)
    assert time.process_time() - start < 20


def test_a_flipped_bit_in_a_plain_warc_changes_no_page(tmp_path: Path, opened, html: bytes) -> None:
    parts = records(html, 3)
    data = b"".join(parts)
    for bit in range(0, len(data) * 8, 23):
        (tmp_path / "x.warc").write_bytes(flipped(data, bit))
        found = opened()
        got = [p.body for p in found.pages]
        assert set(got) <= set(pages(html)), bit
        assert len(set(got)) == len(got) >= 2, bit
        assert len(got) == 3 or found.skipped, bit
