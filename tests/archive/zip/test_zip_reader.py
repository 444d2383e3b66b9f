"""Zips and WACZ give their members."""

import zipfile
from itertools import chain
from pathlib import Path

import pytest
from archive import makers
from archive.makers import HTML_TYPE, URL, flipped, make_warc, make_zip, one, pages
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections

from crawler.archive import Budget, sections


@pytest.mark.parametrize("cut", [1, 30])
def test_a_zip_cut_off_before_another_says_so(tmp_path: Path, opened, html: bytes, cut: int) -> None:
    (tmp_path / "x.zip").write_bytes(one("zip", 1, html)[:-cut] + one("zip", 2, html))
    found = opened()
    assert [p.body[-10:] for p in found.pages] == [b"<!-- 2 -->"]
    assert [u.reason.partition(":")[0] for u in found.skipped if u.failed] == ["damaged"]


@pytest.mark.parametrize(
    ("before", "behind"), [(b"MZ\x90\0" + bytes(999), b""), (b"#!/bin/sh\n", b"\n"), (b"", b"tail")]
)
def test_a_zip_with_something_around_it(tmp_path: Path, opened, html: bytes, before: bytes, behind: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(before + make_zip({"a.html": html}) + behind)
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert not found.skipped


def test_wacz(tmp_path: Path, opened, html: bytes) -> None:
    warc = make_warc([(URL, html, [HTML_TYPE])])
    members = {
        "datapackage.json": b"{}",
        "archive/a.warc.gz": warc,
        "indexes/index.cdx": b"x",
        "pages/pages.jsonl": b"{}",
    }
    (tmp_path / "x.wacz").write_bytes(make_zip(members, zipfile.ZIP_STORED))
    found = opened()
    assert [(p.url, p.body) for p in found.pages] == [(URL, html)]
    assert {u.reason for u in found.skipped} == {"asset: index of a WACZ"}
    assert len(found.skipped) == 3


@pytest.mark.parametrize("cut", [1, 30, 400])
def test_a_zip_without_its_directory_is_told_with_the_way_out(tmp_path: Path, opened, html: bytes, cut: int) -> None:
    data = make_zip({f"{n}.html": body for n, body in enumerate(pages(html))})
    (tmp_path / "x.zip").write_bytes(data[:-cut])
    found = opened()
    assert not found.pages
    assert [(u.failed, "zip -FF" in u.reason) for u in found.skipped] == [(True, True)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_flipped_bit_changes_no_page_and_is_told(tmp_path: Path, opened, html: bytes, method: int) -> None:
    bodies = pages(html)
    data = make_zip({f"{n}.html": body for n, body in enumerate(bodies)}, method)
    directory = data.index(b"PK\1\2")
    for bit in [*range(0, directory * 8, 61), *range(directory * 8, len(data) * 8, 5)]:
        (tmp_path / "x.zip").write_bytes(flipped(data, bit))
        found = opened()
        got = [p.body for p in found.pages]
        assert len(set(got)) == len(got), bit
        assert set(got) <= set(bodies), bit
        assert len(got) == 3 or [u for u in found.skipped if u.failed or "a link" in u.reason], bit


@pytest.mark.parametrize("name", ["x.zip", "x.wacz"])
def test_a_page_called_as_a_zip_is_a_page(tmp_path: Path, opened, html: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(html)
    assert [p.body for p in opened().pages] == [html]


@pytest.mark.parametrize(
    ("name", "day", "fetched"),
    [
        (URL, (2022, 1, 15, 9, 30, 2), "2022-01-15T09:30:02+00:00"),
        (URL, (1980, 1, 1, 0, 0, 0), "None"),
        (URL, (2022, 0, 0, 0, 0, 0), "None"),
        ("a.html", (2022, 1, 15, 9, 30, 2), "None"),
    ],
)
def test_httrack_s_originals_tell_when_they_were_fetched(
    tmp_path: Path, opened, html: bytes, name: str, day: tuple[int, ...], fetched: str
) -> None:
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, day), html)  # type: ignore[arg-type]
    (page,) = opened().pages
    assert (page.body, page.fetched.isoformat() if page.fetched else "None") == (html, fetched)


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
