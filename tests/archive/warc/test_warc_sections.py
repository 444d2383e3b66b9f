"""WARC files are cut before a record, or before the compressed stream that begins with one."""

import gzip
import re
from pathlib import Path

import pytest
from archive import makers
from archive.conftest import HTML
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections, recorded

from crawler.archive import Budget, NotByItself, sections


def test_a_first_line_inside_a_page_is_no_place_to_cut(tmp_path: Path) -> None:
    file = file_of(tmp_path, "x.warc", WHOLE["in-itself.warc"])
    inside = WHOLE["in-itself.warc"].index(b"WARC/", 400)
    assert inside < next(sections(file, SECTION)).end
    begun = [one.start() for one in re.finditer(rb"(?<=\r\n\r\n)WARC/", WHOLE["in-itself.warc"])]
    assert {section.end for section in sections(file, 1)} == {*begun, file.size}
    assert in_sections(file)[0] == [*file.open(LIMITS)]


def test_of_a_compressed_one_each_section_is_whole_streams(tmp_path: Path) -> None:
    data = WHOLE["x.warc.gz"]
    file = file_of(tmp_path, "x.warc.gz", data)
    found = [*sections(file, SECTION)]
    assert len(found) > 2
    for section in found:
        assert gzip.decompress(data[section.start : section.end]).startswith(b"WARC/1.0\r\n")
    assert b"".join(data[section.start : section.end] for section in found) == data


def test_a_section_with_a_record_that_does_not_prove_whole_is_not_read_by_itself(tmp_path: Path) -> None:
    data = makers.warc_of(BODIES, gzipped=False)
    length = [*re.finditer(rb"Content-Length: (\d+)", data)][3]  # of the second, and that of its reply
    longer = data[: length.start(1)] + b"%d" % (int(length[1]) + 1) + data[length.end(1) :]
    file = file_of(tmp_path, "x.warc", longer)
    first, *others = sections(file, 3 * SECTION)
    with pytest.raises(NotByItself):
        [*first.open(Budget(LIMITS, file.size))]
    assert [one.source for section in others for one in section.open(Budget(LIMITS, file.size))]
    assert in_sections(file)[0] == [*file.open(LIMITS)]


def test_a_first_line_in_a_text_is_no_place_to_cut(tmp_path: Path) -> None:
    data = makers.warc_of([HTML + b"\nWARC/1.0\r\n is how each begins" * 20, *BODIES], gzipped=False)
    file = file_of(tmp_path, "x.warc", data)
    ends = [section.end for section in sections(file, 1)]
    assert all(data[:end].endswith(b"\r\n\r\n") for end in ends)
    assert len(ends) == 1 + len(BODIES)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.warc.gz", gzip.compress(recorded(gzipped=False))),
        ("x.html.gz", b"".join(map(gzip.compress, BODIES))),
    ],
)
def test_what_is_not_cut(name: str, data: bytes, tmp_path: Path) -> None:
    assert [*sections(file_of(tmp_path, name, data), SECTION)] == []
