"""What came out of damaged data is never a page; what stands beside it is."""

import base64
import bz2
import gzip
import hashlib
import io
import lzma
import random
import re
import sys
import time
import zipfile
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, Unseekable, make_tar, make_warc, make_zip

from crawler.archive import Limits, verified
from crawler.archive.address import article_at

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def pages(html: bytes, count: int = 3) -> list[bytes]:
    dice = random.Random(1)
    return [html + "".join(chr(dice.randrange(0x4E00, 0x4F00)) for _ in range(150)).encode() for _ in range(count)]


def flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def tar_of(bodies: list[bytes]) -> bytes:
    return make_tar({f"{n}.html": body for n, body in enumerate(bodies)})


def warc_of(bodies: list[bytes], *, gzipped: bool) -> bytes:
    return make_warc([(f"{URL}?{n}", body, [HTML_TYPE]) for n, body in enumerate(bodies)], gzipped=gzipped)


def zstd_of(data: bytes) -> bytes:
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.html.gz", lambda b: gzip.compress(b[0])),
        ("x.html.xz", lambda b: lzma.compress(b[0])),
        ("x.html.bz2", lambda b: bz2.compress(b[0])),
        ("x.html.zst", lambda b: zstd_of(b[0])),
        ("x.tar.gz", lambda b: gzip.compress(tar_of(b))),
        ("x.tar.xz", lambda b: lzma.compress(tar_of(b))),
        ("x.tar.bz2", lambda b: bz2.compress(tar_of(b))),
        ("x.tar.zst", lambda b: zstd_of(tar_of(b))),
        ("x.warc.gz", lambda b: warc_of(b, gzipped=True)),
        ("x.warc.gz", lambda b: gzip.compress(warc_of(b, gzipped=False))),
        ("x.zip", lambda b: make_zip({"x.tar": tar_of(b)})),
        ("x.zip", lambda b: make_zip({"x.warc": warc_of(b, gzipped=False)}, zipfile.ZIP_STORED)),
        ("x.zip", lambda b: make_zip({"x.tar.gz": gzip.compress(tar_of(b))})),
    ],
)
@pytest.mark.parametrize("held", [verified._HELD, 100], ids=["held", "read-twice"])
def test_a_flipped_bit_changes_no_page(
    tmp_path: Path, opened, html: bytes, monkeypatch: pytest.MonkeyPatch, name: str, pack, held: int
) -> None:
    monkeypatch.setattr(verified, "_HELD", held)
    bodies = pages(html)
    data = pack(bodies)
    dice = random.Random(name)
    for bit in dice.sample(range(len(data) * 8), 250):
        (tmp_path / name).write_bytes(flipped(data, bit))
        found = opened()
        assert {p.body for p in found.pages} <= set(bodies), bit
        assert found.pages or found.unread, bit


@pytest.mark.parametrize("squeeze", [gzip.compress, zstd_of, bz2.compress, lzma.compress])
@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("garbage", [b"", b"saved by"])
def test_streams_beside_a_damaged_one_are_read(
    tmp_path: Path, opened, html: bytes, squeeze, nested: bool, garbage: bytes
) -> None:
    streams = [squeeze(warc_of([body], gzipped=False)) for body in pages(html, 5)]
    for number in (2, 3):
        middle = len(streams[number]) // 2
        streams[number] = streams[number][:middle] + b"\xff\xff" + streams[number][middle + 2 :]
    data = (garbage + streams[2]).join((b"".join(streams[:2]), streams[3] + streams[4]))
    (tmp_path / "x.zip").write_bytes(make_zip({"x": data})) if nested else (tmp_path / "x").write_bytes(data)
    found = opened()
    assert [p.body for p in found.pages][:2] == pages(html, 5)[:2]
    assert [u.failed for u in found.unread] == [True]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("held", [verified._HELD, 100])
def test_what_is_cut_off_is_given_as_far_as_it_goes(
    tmp_path: Path, opened, html: bytes, monkeypatch: pytest.MonkeyPatch, part: float, held: int
) -> None:
    monkeypatch.setattr(verified, "_HELD", held)
    bodies = pages(html, 30)
    data = gzip.compress(tar_of(bodies))
    (tmp_path / "x.tar.gz").write_bytes(data[: int(len(data) * part)])
    found = opened()
    assert [p.body for p in found.pages] == bodies[: len(found.pages)]
    assert len(found.pages) >= 30 * part - 4
    assert {(u.reason.partition(":")[0], u.failed) for u in found.unread} == {("truncated", True)}


@pytest.mark.parametrize("squeeze", [gzip.compress, zstd_of, lzma.compress, bz2.compress])
@pytest.mark.parametrize("size", [8, 60, 400])
def test_zeros_where_the_end_should_be_are_no_data(tmp_path: Path, opened, html: bytes, squeeze, size: int) -> None:
    bodies = pages(html, 6)
    (tmp_path / "x.tar.x").write_bytes(squeeze(tar_of(bodies))[:-size] + bytes(size))
    found = opened()
    assert {p.body for p in found.pages} <= set(bodies)
    assert [u.failed for u in found.unread] == [True]


def test_a_large_stream_inside_a_container_is_held_up_to_the_limit(tmp_path: Path, opened, html: bytes) -> None:
    noise = random.Random(1).randbytes(9 << 20)
    data = gzip.compress(make_tar({"a.html": html, "noise.bin": noise, "b.html": html}), 1)
    (tmp_path / "x.zip").write_bytes(make_zip({"x.tar.gz": data}, zipfile.ZIP_STORED))
    (tmp_path / "y.tar.gz").write_bytes(data)
    assert len(opened().pages) == 4
    found = opened(limits=Limits(container_bytes=8 << 20))
    assert found.names == ["y.tar.gz!a.html", "y.tar.gz!b.html"]
    assert found.reasons["x.zip!x.tar.gz"] == "larger than 8 MiB"


def test_a_search_behind_damage_costs_little(tmp_path: Path, opened) -> None:
    member = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\0\xff\xff\0\0"  # each holds the next 64 KiB, and none is whole
    (tmp_path / "x.warc.gz").write_bytes(member * 200_000)
    start = time.perf_counter()
    assert [u.failed for u in opened().unread] == [True]
    assert time.perf_counter() - start < 10


def records(html: bytes, count: int = 5) -> list[bytes]:
    return [make_warc([(f"{URL}?{n}", body, [HTML_TYPE])], gzipped=False) for n, body in enumerate(pages(html, count))]


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
        (lambda r: bytes(3 << 20) + b"\n" + r, 0, "does not end"),
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
    failed = [u for u in found.unread if u.failed]
    assert len(failed) == (1 if lost or words else 0), failed
    if place < 4:
        assert all(words in u.reason and "truncated" not in u.reason for u in failed), failed


def test_records_without_blank_lines_between_them_are_whole(tmp_path: Path, opened, html: bytes) -> None:
    parts = records(html)
    (tmp_path / "x.warc").write_bytes(b"".join(part[:-4] for part in parts) + b"\r\n\r\n")
    found = opened()
    assert len(found.pages) == 5
    assert not found.unread


def test_the_article_of_a_damaged_record_is_told(tmp_path: Path, opened, html: bytes) -> None:
    one = make_warc([(URL, html, [HTML_TYPE])], gzipped=False)
    (tmp_path / "x.warc").write_bytes(relength(one, -9) + records(html)[0])
    found = opened()
    assert [(u.source.partition("!")[2], article_at(u.url)) for u in found.unread] == [(URL, "202201142248170578")]
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
    assert [u.failed for u in found.unread] == [True]


def test_records_that_ask_to_be_read_again_and_again_cost_little(tmp_path: Path, opened) -> None:
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %b\r\nContent-Length: 99999999\r\n\r\n" % URL.encode()
    )
    (tmp_path / "x.warc").write_bytes(record * 20_000)
    start = time.perf_counter()
    found = opened()
    assert not found.pages
    assert any(u.failed for u in found.unread)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    ("at", "data", "lost"),
    [
        (0, b"\xff", (0,)),
        (2048, b"\xff", (1,)),
        (2048 + 150, b"x", (1,)),
        (2048, bytes(512), (1,)),
        (2048, b"\xff" * 2500, (1, 2)),
        (4096, b"\xff", (2,)),
        (8192, b"\xff", (4,)),
        (8192, b"\xff" * 3000, (4,)),
    ],
)
@pytest.mark.parametrize("squeeze", [bytes, gzip.compress])
def test_a_tar_is_read_behind_a_damaged_header(
    tmp_path: Path, opened, html: bytes, at: int, data: bytes, lost: tuple[int, ...], squeeze
) -> None:
    whole = tar_of([body.ljust(1100) for body in pages(html, 5)])
    assert len(whole) == 10240 + 10240 * (len(whole) > 10240)
    (tmp_path / "x.tar").write_bytes(squeeze(whole[:at] + data + whole[at + len(data) :]))
    found = opened()
    assert found.names == [f"x.tar!{n}.html" for n in range(5) if n not in lost]
    assert [u.failed for u in found.unread] == [True]
    assert found.unread[0].reason.startswith("damaged")


def test_of_joined_tars_those_beside_a_damaged_one_are_read(tmp_path: Path, opened, html: bytes) -> None:
    streams = [gzip.compress(make_tar({f"{n}.html": body})) for n, body in enumerate(pages(html, 5))]
    for number in (0, 3):
        streams[number] = flipped(streams[number], len(streams[number]) * 4)
    (tmp_path / "x.tar.gz").write_bytes(b"".join(streams))
    found = opened()
    assert found.names == [f"x.tar.gz!{n}.html" for n in (1, 2, 4)]
    assert [u.failed for u in found.unread] == [True]


SENT = gzip.compress("<p>中国联通".encode())
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(SENT), SENT)
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("Payload", lambda: base32("sha1", CHUNKED), True),
        ("Payload", lambda: base32("sha1", SENT), True),
        ("Payload", lambda: base32("sha1", gzip.decompress(SENT)), True),
        ("Payload", lambda: "SHA-256:" + hashlib.sha256(SENT).hexdigest().upper(), True),
        ("Payload", lambda: "md5:" + hashlib.md5(CHUNKED).hexdigest(), True),
        ("Payload", lambda: "sha1:" + base64.b64encode(hashlib.sha1(SENT).digest()).decode(), True),
        ("Payload", lambda: base32("sha256", SENT), True),
        ("Payload", lambda: "crc32:12345678", True),
        ("Payload", lambda: "sha1:", True),
        ("Payload", lambda: "sha1:123", True),
        ("Payload", lambda: "-", True),
        ("Payload", lambda: base32("sha1", SENT[:-1]), False),
        ("Payload", lambda: "sha256:" + hashlib.sha256(b"").hexdigest(), False),
        ("Block", lambda: base32("sha1", REPLY + CHUNKED), True),
        ("Block", lambda: base32("sha1", REPLY + SENT), False),
    ],
)
@pytest.mark.parametrize("extra", [b"", b"WARC-Truncated: length\r\n"])
def test_a_record_that_its_digest_does_not_fit_is_damaged(
    tmp_path: Path, opened, field: str, value, fits: bool, extra: bytes
) -> None:
    block = REPLY + CHUNKED
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %b\r\n%b" % (URL.encode(), extra)
    head += f"WARC-{field}-Digest: {value()}\r\nContent-Length: {len(block)}\r\n\r\n".encode()
    (tmp_path / "x.warc").write_bytes(head + block + b"\r\n\r\n")
    found = opened()
    assert bool(found.pages) == (fits or bool(extra))
    assert [u.reason.partition(" is not")[0] for u in found.unread] == ["damaged: its digest"] * (not found.pages)


def base32(name: str, data: bytes) -> str:
    return f"{name}:{base64.b32encode(hashlib.new(name, data).digest()).decode()}"


def test_a_digest_that_fits_outweighs_one_that_does_not(tmp_path: Path, opened, html: bytes) -> None:
    record = records(html, 1)[0]
    (tmp_path / "x.warc").write_bytes(re.sub(rb"(Payload-Digest: sha1:)\w{4}", rb"\1AAAA", record))
    assert len(opened().pages) == 1


def test_a_flipped_bit_in_a_plain_warc_changes_no_page(tmp_path: Path, opened, html: bytes) -> None:
    parts = records(html, 3)
    data = b"".join(parts)
    for bit in range(0, len(data) * 8, 23):
        (tmp_path / "x.warc").write_bytes(flipped(data, bit))
        found = opened()
        got = [p.body for p in found.pages]
        assert set(got) <= set(pages(html)), bit
        assert len(set(got)) == len(got) >= 2, bit
        assert len(got) == 3 or found.unread, bit


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def zip_of(bodies: list[bytes], method: int, *, streamed: bool = False, zip64: bool = False) -> bytes:
    buffer = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for number, body in enumerate(bodies):
            with archive.open(f"{number}.html", "w", force_zip64=zip64) as member:
                member.write(body)
    return buffer.getvalue()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("zip64", [False, True])
@pytest.mark.parametrize("before", [b"", b"junk\n", b"PK\3\4" + b"x" * 40])
@pytest.mark.parametrize("damaged", [None, 0, 2, 4])
def test_a_zip_without_a_directory_is_read_by_the_headers_of_its_members(
    tmp_path: Path, opened, html: bytes, method: int, streamed: bool, zip64: bool, before: bytes, damaged: int | None
) -> None:
    data = zip_of(pages(html, 5), method, streamed=streamed, zip64=zip64)
    data = data[: data.index(b"PK\1\2")]
    if damaged is not None:
        at = data.index(b"%d.html" % damaged) + 100
        data = data[:at] + bytes(b ^ 0x55 for b in data[at : at + 4]) + data[at + 4 :]
    (tmp_path / "x.zip").write_bytes(before + data)
    found = opened()
    names = [f"x.zip!{n}.html" for n in range(5)]
    assert found.names == [name for n, name in enumerate(names) if n != damaged]
    told = {source: reason for source, reason in found.reasons.items() if source in names}
    assert list(told) == ([] if damaged is None else [names[damaged]])
    assert all(u.failed for u in found.unread)
    assert found.unread[-1].reason.startswith("truncated or damaged zip")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("streamed", [False, True])
def test_a_flipped_bit_costs_a_zip_no_other_member(
    tmp_path: Path, opened, html: bytes, method: int, streamed: bool
) -> None:
    bodies = pages(html, 3)
    data = zip_of(bodies, method, streamed=streamed)
    directory = data.index(b"PK\1\2")
    for bit in [*range(0, directory * 8, 17), *range(directory * 8, len(data) * 8)]:
        (tmp_path / "x.zip").write_bytes(flipped(data, bit))
        found = opened()
        got = [p.body for p in found.pages]
        assert len(set(got)) == len(got), bit
        assert set(got) <= set(bodies), bit
        assert len(got) >= 2, bit
        lost = [u.reason for u in found.unread if "!" in u.source]
        assert len(got) == 3 or lost, bit
        if bit >= directory * 8 and len(got) < 3:
            assert lost == ["not a file: a link"] or (streamed and "CRC" in lost[0]), (bit, lost)


@pytest.mark.parametrize("name", ["x.zip", "x.wacz"])
def test_a_page_called_as_a_zip_is_a_page(tmp_path: Path, opened, html: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(html)
    assert [p.body for p in opened().pages] == [html]


def test_a_zip_that_is_all_headers_costs_little(tmp_path: Path, opened) -> None:
    one = zip_of([b"\0" * (30 << 20)], zipfile.ZIP_DEFLATED)
    header = bytearray(one[:36])
    header[26:30] = b"\1\0\0\0"
    header[14:18] = b"\0\0\0\0"
    (tmp_path / "x.zip").write_bytes(bytes(header[:31]) * 3000 + one[36 : one.index(b"PK\1\2")])
    start = time.perf_counter()
    assert not opened().pages
    assert time.perf_counter() - start < 20
