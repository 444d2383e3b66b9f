"""Behind a damaged header or archive a tar is read on."""

import gzip
from pathlib import Path

import pytest
from archive.makers import flipped, make_tar, pages, tar_of


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
    assert [u.failed for u in found.skipped] == [True]
    assert found.skipped[0].reason.startswith("damaged")


def test_of_joined_tars_those_beside_a_damaged_one_are_read(tmp_path: Path, opened, html: bytes) -> None:
    streams = [gzip.compress(make_tar({f"{n}.html": body})) for n, body in enumerate(pages(html, 5))]
    for number in (0, 3):
        streams[number] = flipped(streams[number], len(streams[number]) * 4)
    (tmp_path / "x.tar.gz").write_bytes(b"".join(streams))
    found = opened()
    assert found.names == [f"x.tar.gz!{n}.html" for n in (1, 2, 4)]
    assert [u.failed for u in found.skipped] == [True]


@pytest.mark.parametrize("behind", [b"1.html", tar_of([b"<p>"])[:511], b"JUNK" * 200])
def test_what_is_left_of_an_archive_behind_the_end_of_another_is_told(
    tmp_path: Path, opened, html: bytes, behind: bytes
) -> None:
    (tmp_path / "x.tar").write_bytes(tar_of([html]) + behind)
    found = opened()
    assert found.names == ["x.tar!0.html"]
    assert {u.failed for u in found.skipped} == {True}


def test_a_part_of_the_last_empty_block_is_no_loss(tmp_path: Path, opened, html: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(tar_of([html])[:-100])
    found = opened()
    assert (found.names, found.skipped) == (["x.tar!0.html"], [])
