"""Tars are cut between two members, but not where something is said of all that follow, or where one is damaged."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from archive import makers
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections

from crawler.archive import sections


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
