"""Behind a damaged header or archive a tar is read on."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from archive import makers
from archive.makers import flipped, make_tar, pages, tar_of
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections

from crawler.archive import sections


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


def members_begin(data: bytes) -> set[int]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {info.offset for info in archive}


def test_it_is_cut_before_a_member_and_before_what_is_said_of_that_alone(tmp_path: Path) -> None:
    file = file_of(tmp_path, "x.tar", WHOLE["x.tar"])
    ends = [section.end for section in sections(file, SECTION)]
    assert {*ends[:-1]} <= members_begin(WHOLE["x.tar"])  # that of a long name begins with the name
    assert ends[-1] == file.size
    assert min(end - start for start, end in zip([0, *ends], ends[:-1], strict=False)) >= SECTION
    assert in_sections(file) == ([*file.open(LIMITS)], len(ends))


def test_a_damaged_header_ends_the_sections_that_can_be_read_by_themselves(tmp_path: Path) -> None:
    data = makers.tar_of(BODIES)
    middle = sorted(members_begin(data))[5]
    file = file_of(tmp_path, "x.tar", data[:middle] + b"no header" + data[middle + 9 :])
    found, read = in_sections(file)
    assert 0 < read < len([*sections(file, SECTION)])
    assert found == [*file.open(LIMITS)]


def _tar_of_git() -> bytes:
    """An archive in which something is said of all members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"comment": "x"}) as archive:
        for number, body in enumerate(BODIES):
            info = tarfile.TarInfo(f"{number}.html")
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("of-git.tar", _tar_of_git()),
        ("x.tar.gz", gzip.compress(makers.tar_of(BODIES[:4])) + gzip.compress(makers.tar_of(BODIES[4:]))),
    ],
)
def test_what_is_not_cut(name: str, data: bytes, tmp_path: Path) -> None:
    assert [*sections(file_of(tmp_path, name, data), SECTION)] == []
