"""Zips are cut into some members each, all that their one directory names, unless there is doubt of that."""

from itertools import chain
from pathlib import Path

import pytest
from archive import makers
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections

from crawler.archive import Budget, sections


def test_each_member_is_in_one_section(tmp_path: Path) -> None:
    data = makers.make_zip({"a/": b"", **{f"a/{number}.html": body for number, body in enumerate(BODIES)}})
    file = file_of(tmp_path, "x.zip", data)
    found = [*sections(file, SECTION)]
    assert [section.start for section in found] == [0, *(section.end for section in found[:-1])]
    assert found[-1].end == len(BODIES)  # a folder is none of the members
    names = [[one.source.rpartition("/")[2] for one in part.open(Budget(LIMITS, file.size))] for part in found]
    assert [*chain(*names)] == [f"{number}.html" for number in range(len(BODIES))]
    assert len(names) > 1


def test_another_archive_at_the_same_place_has_a_directory_of_its_own(tmp_path: Path) -> None:
    for bodies in (BODIES, BODIES[::-1]):
        file = file_of(tmp_path, "x.zip", makers.make_zip({f"{n}.html": body for n, body in enumerate(bodies)}))
        found, read = in_sections(file)
        assert read > 1
        assert found == [*file.open(LIMITS)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("small.zip", makers.make_zip({"1.html": BODIES[0]})),
        ("few.zip", makers.make_zip({f"{number}.html": BODIES[number] for number in range(3)})),
        ("joined.zip", makers.make_zip({"1.html": BODIES[0]}) + WHOLE["x.zip"]),
        ("web.zip", makers.make_zip({"archive/x.warc": bytes(9 << 20), **{f"{n}.html": b for n, b in enumerate(BODIES)}})),
        ("cut.zip", WHOLE["x.zip"][:-30]),
        ("empty.zip", b""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_cut(name: str, data: bytes, tmp_path: Path) -> None:
    assert [*sections(file_of(tmp_path, name, data), SECTION)] == []
