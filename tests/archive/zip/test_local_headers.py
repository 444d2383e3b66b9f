"""A damaged zip is read by the headers of its members."""

import io
import random
import sys
import time
import zipfile
from pathlib import Path

import pytest
from archive.makers import Unseekable

if sys.version_info >= (3, 14):
    pass
else:
    pass


def pages(html: bytes, count: int = 3) -> list[bytes]:
    dice = random.Random(1)
    return [html + "".join(chr(dice.randrange(0x4E00, 0x4F00)) for _ in range(150)).encode() for _ in range(count)]


def flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def needs_directory(method: int, streamed: bool) -> bool:
    """Whether a member's end is known by the directory alone."""
    return method == zipfile.ZIP_LZMA or (streamed and method == zipfile.ZIP_STORED)


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def zip_of(bodies: list[bytes], method: int, *, streamed: bool = False, zip64: bool = False) -> bytes:
    buffer = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for number, body in enumerate(bodies):
            with archive.open(f"{number}.html", "w", force_zip64=zip64) as member:
                member.write(body)
    return buffer.getvalue()


def unread_without(method: int, streamed: bool, zip64: bool) -> bool:
    return needs_directory(method, streamed) or (zip64 and method == zipfile.ZIP_STORED)


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
    lost = set(names) if unread_without(method, streamed, zip64) else {names[n] for n in (damaged,) if n is not None}
    assert found.names == [name for name in names if name not in lost]
    assert {source for source in found.reasons if source in names} == lost
    assert all(u.failed for u in found.skipped)
    assert found.skipped[-1].reason.startswith("truncated or damaged zip")


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
        lost = [u.reason for u in found.skipped if u.failed or "a link" in u.reason]
        assert len(got) == 3 or lost, bit
        assert len(got) >= 2 or needs_directory(method, streamed), (bit, lost)


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
