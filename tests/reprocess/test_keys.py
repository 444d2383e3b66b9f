"""Whatever work is done with is in its key, and nothing that it does not depend on."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive.makers import make_zip
from crawling import given

from crawler.archive import InputFile, Section, Skipped, input_files
from crawler.items import Page
from crawler.reprocess.keys import checksum_of, made_with, number_of, settings_of, state_of

PAGE = Page(url="https://a.com/", body=b"<html>", encoding="gbk", fetched=datetime(2022, 1, 14, tzinfo=UTC), source="x")


@pytest.mark.parametrize(
    "changed", [{"FINEWS_CLEANING": "source"}, {"FINEWS_KLINE_IMAGES": "local"}, {"FINEWS_SHARE_HOSTS": "a.com"}]
)
def test_a_setting_that_posts_depend_on_changes_the_key(changed: dict[str, str]) -> None:
    assert made_with(given(**changed)) != made_with(given())


def test_what_no_post_depends_on_is_left_out_secrets_first_of_all() -> None:
    others = {
        "FINEWS_LEDGER_URL": "postgresql://u:secret@h/d",
        "FINEWS_NOTIFY": "https://secret.example.com/",
        "FINEWS_OUTPUT_DIR": "elsewhere",
        "LOG_LEVEL": "DEBUG",
    }
    assert made_with(given(**others)) == made_with(given())
    assert "secret" not in str(settings_of(given(**others)))
    assert all(name.startswith("FINEWS_") for name in settings_of(given()))


def only(path: Path) -> InputFile:
    (file,) = input_files(path)
    assert isinstance(file, InputFile)
    return file


def test_a_file_is_another_when_its_size_or_time_is(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"one")
    os.utime(path, ns=(1, 1))
    before = state_of(only(path))
    assert state_of(only(path)) == before
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 2))
    assert state_of(only(path)) != before
    path.write_bytes(b"longer")
    os.utime(path, ns=(1, 1))
    assert state_of(only(path)) != before


def test_sections_of_one_file_are_told_apart_and_change_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip({"a.html": b"x"}))
    first, second = Section(only(path), 0, 3), Section(only(path), 3, 5)
    told = [state_of(first), state_of(second)]
    assert told[0] != told[1]
    path.write_bytes(make_zip({"a.html": b"xy"}))
    assert state_of(Section(only(path), 0, 3)) not in told


def test_a_page_saved_beside_its_companions_is_another_when_they_are(tmp_path: Path) -> None:
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a.html").write_bytes(b"<html>")
    frame = tmp_path / "a_files/frame.html"
    frame.write_bytes(b"<html>")

    def told() -> list[object]:
        return [state_of(one) for one in input_files(tmp_path)]

    before = told()
    (tmp_path / "a.html").write_bytes(b"<html><p>")
    changed = [one != other for one, other in zip(before, told(), strict=True)]
    assert changed == [True, True]  # the frame is read as the page's, whose article it may be


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "https://b.com/"},
        {"body": b"<html>."},
        {"encoding": None},
        {"fetched": None},
        {"source": "y"},
    ],
)
def test_a_page_of_a_container_is_what_it_holds(changed: dict[str, object]) -> None:
    assert state_of(replace(PAGE, **changed)) != state_of(PAGE)  # type: ignore[arg-type]
    assert state_of(replace(PAGE)) == state_of(PAGE)


@pytest.mark.parametrize(
    "changed", [{"source": "y"}, {"reason": "z"}, {"failed": True}, {"url": "https://a.com/"}, {"gone": True}]
)
def test_what_stands_in_place_of_one_is_all_that_is_told_of_it(changed: dict[str, object]) -> None:
    assert state_of(replace(Skipped("x", "why"), **changed)) != state_of(Skipped("x", "why"))  # type: ignore[arg-type]


def test_numbers_are_such_as_databases_have() -> None:
    numbers = {number_of(["联通\udcff", number]) for number in range(1000)}
    assert len(numbers) == 1000
    assert all(0 <= number < 1 << 63 for number in numbers)
    assert max(numbers) > 1 << 55
    assert len(checksum_of("x", 6)) == 6
