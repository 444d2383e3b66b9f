"""A second reprocessing opens what is new or changed, and comes to the same end as one that opens all."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from crawling import given
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import reprocess_here
from run_scrapy import scrapy
from torture.output_checks import differences, leftovers, mtimes, tree

from crawler.archive import InputFile
from crawler.items import changed
from crawler.reprocess import Engine, reading
from crawler.store.run import Run

ARTICLES = 70


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for n in range(ARTICLES):
        (folder / f"{n}.html").write_text(makers.desktop(Art(n)))
        (folder / f"NW{Art(n).id}.json").write_text(makers.news_text(Art(n)))
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened."""
    names: list[str] = []
    really = InputFile.open

    def opens(self: InputFile, limits: Any) -> Any:
        names.append(Path(self.path).name)
        return really(self, limits)

    monkeypatch.setattr(InputFile, "open", opens)
    return names


def run(output: Path, *paths: Path, **engine: Any) -> dict[str, Any]:
    with Run(output) as made:
        return reprocess_here(paths, made, given(), Engine(**engine))


def anew(saved: Path, output: Path) -> Path:
    """What a run makes of the pages that knows of no earlier one."""
    other = output.with_name("anew")
    shutil.rmtree(other, ignore_errors=True)
    run(other, saved)
    return other


def test_nothing_is_opened_again_and_all_is_told(saved: Path, tmp_path: Path, opened: list[str]) -> None:
    output = tmp_path / "out"
    first, times = run(output, saved), mtimes(output)
    assert (first["written"], first["inputs_remembered"], len(opened)) == (ARTICLES, 0, 2 * ARTICLES)
    opened.clear()
    again = run(output, saved)
    assert (opened, again["inputs_remembered"], again["unchanged"]) == ([], 2 * ARTICLES, ARTICLES)
    assert [line["path"] for line in again["inputs"]] == [line["path"] for line in first["inputs"]]
    assert {line["outcome"] for line in again["inputs"]} == {"unchanged"}
    assert again["counts"] == first["counts"]
    assert (mtimes(output), leftovers(output)) == (times, [])
    once_more = run(output, saved, again=True)
    assert (len(opened), once_more["inputs_remembered"], once_more["unchanged"]) == (2 * ARTICLES, 0, ARTICLES)
    opened.clear()
    assert run(output, saved)["inputs_remembered"] == 2 * ARTICLES, "that one, too, is remembered"


def test_what_changed_is_opened_with_what_stands_beside_it(saved: Path, tmp_path: Path, opened: list[str]) -> None:
    output = tmp_path / "out"
    run(output, saved)
    name = f"NW{Art(7).id}.json"
    (saved / name).write_text((saved / name).read_text().replace("分析人士", "业内人士"))
    (saved / f"{ARTICLES}.html").write_text(makers.desktop(Art(ARTICLES)))
    for gone in ("9.html", f"NW{Art(9).id}.json"):
        (saved / gone).unlink()
    plain = tmp_path / "plain"
    shutil.copytree(output, plain)
    opened.clear()
    report = run(output, saved)
    assert (report["found"], report["exit_code"]) == (ARTICLES, 0)
    assert {name, f"{ARTICLES}.html"} <= {*opened}
    run(plain, saved, again=True)
    assert differences(tree(output), tree(plain)) == {}


def test_of_a_post_that_is_gone_all_that_says_it_is_opened(saved: Path, tmp_path: Path, opened: list[str]) -> None:
    output = tmp_path / "out"
    run(output, saved)
    wanted = tree(output)
    (output / "_posts" / Art(7).file).unlink()
    opened.clear()
    report = run(output, saved)
    assert (report["written"], report["unchanged"], report["exit_code"]) == (1, ARTICLES - 1, 0)
    assert {"7.html", f"NW{Art(7).id}.json"} <= {*opened}
    assert len(opened) == len({*opened})
    assert differences(tree(output), wanted) == {}
    shutil.rmtree(output / "_posts")
    assert run(output, saved, workers=2)["written"] == ARTICLES
    assert differences(tree(output), wanted) == {}
    (output / "state" / "ledger.sqlite").unlink()
    report = run(output, saved)
    assert (report["inputs_remembered"], report["found"], report["exit_code"]) == (0, ARTICLES, 0)


def test_a_better_copy_of_another_folder_stays(saved: Path, tmp_path: Path, opened: list[str]) -> None:
    output, pages, replies = tmp_path / "out", tmp_path / "pages", tmp_path / "replies"
    for folder, pattern in ((pages, "*.html"), (replies, "*.json")):
        folder.mkdir()
        for file in saved.glob(pattern):
            shutil.copy(file, folder)
    run(output, pages)
    run(output, replies)
    wanted = tree(anew(saved, output))
    for folder in (pages, replies, pages):
        opened.clear()
        report = run(output, folder)
        assert (report["unchanged"], report["exit_code"]) == (ARTICLES, 0)
        assert differences(tree(output), wanted) == {}
    assert opened == []


def test_a_large_container_is_opened_when_it_changed(
    saved: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGE", 1)
    one = shutil.make_archive(str(tmp_path / "one"), "zip", saved)
    output = tmp_path / "out"
    first = run(output, Path(one))
    assert (first["written"], opened) == (ARTICLES, ["one.zip"])
    again = run(output, Path(one))
    assert (again["unchanged"], again["inputs_remembered"], len(opened)) == (ARTICLES, 2 * ARTICLES, 1)
    assert [line["path"] for line in again["inputs"]] == [line["path"] for line in first["inputs"]]
    wanted = tree(output)
    (output / "_posts" / Art(7).file).unlink()
    assert (run(output, Path(one))["written"], len(opened)) == (1, 2)
    assert differences(tree(output), wanted) == {}
    os.utime(one, (1, 1))
    assert (run(output, Path(one))["unchanged"], len(opened)) == (ARTICLES, 3)


def test_what_could_not_be_read_is_tried_again(saved: Path, tmp_path: Path, opened: list[str]) -> None:
    output = tmp_path / "out"
    (saved / "cut.zip").write_bytes(b"PK\3\4" + b"x" * 99)
    for _ in range(2):
        opened.clear()
        report = run(output, saved)
        assert (report["exit_code"], report["found"]) == (5, ARTICLES)
        assert "cut.zip" in opened
    (saved / "cut.zip").unlink()
    assert run(output, saved)["exit_code"] == 0


def test_what_stands_beside_what_could_not_be_read_is_remembered(
    saved: Path, tmp_path: Path, opened: list[str]
) -> None:
    output, cut = tmp_path / "out", [f"{n}-cut.zip" for n in (1, 30, 31, 6)]
    for name in cut:
        (saved / name).write_bytes(b"PK\3\4" + b"x" * 99)
    first = run(output, saved)
    wanted = tree(output)
    for gone in (None, Art(3).file):
        if gone:
            (output / "_posts" / gone).unlink()
        opened.clear()
        again = run(output, saved)
        assert (again["exit_code"], again["found"], again["written"]) == (5, ARTICLES, int(bool(gone)))
        assert (again["inputs_remembered"], {*cut} <= {*opened}) == (2 * ARTICLES, True)
        assert gone or len(opened) == len(cut)
        assert [line["path"] for line in again["inputs"]] == [line["path"] for line in first["inputs"]]
        assert differences(tree(output), wanted) == {}


def test_what_is_remembered_is_booked_where_it_is_not(saved: Path, tmp_path: Path, opened: list[str]) -> None:
    """A crawl named an article anew, a stub is gone, and a page of a post was put aside."""
    output, code = tmp_path / "out", f"NW{Art(7).id}"
    for fields in ("url = 'http://x/'", "state = 'pending'"):
        run(output, saved)
        with Run(output) as made, made.ledger._transaction() as db:
            db.exec_driver_sql(f"UPDATE articles SET {fields} WHERE code = '{code}'")
    wanted = tree(output)
    (stub,) = (output / "category").iterdir()
    stub.unlink()
    with Run(output) as made:
        made.quarantine.add(code, "no title")
    opened.clear()
    report = run(output, saved)
    assert (opened, report["unchanged"], report["counts"]["quarantine/resolved"]) == ([], ARTICLES, 1)
    assert differences(tree(output), wanted) == {}
    with Run(output) as made:
        assert {*made.ledger.states().values()} == {"written"}


def test_marks_that_nothing_finds_any_more_go(saved: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"

    def marks() -> set[str]:
        with Run(output) as made, made.ledger._transaction() as db:
            return {*db.exec_driver_sql("SELECT key FROM marks").scalars()}

    run(output, saved)
    before = marks()
    (saved / "7.html").write_text(makers.desktop(Art(7)) + " ")
    run(output, saved)
    now = marks()
    assert before - now
    assert len(now) == len(before)
    with Run(output) as made:
        made.ledger.mark(
            {"old-used": b"2020-01-01T00:00:00+00:00", "old-read-1": b"x", "new-used": b"9", "new-read-1": b"x"}
        )
    run(output, saved)
    assert marks() == now | {"new-used", "new-read-1"}


def test_the_command_says_how_many(saved: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    for options, unopened in ((), None), ((), 2 * ARTICLES), (("--again",), None):
        done = scrapy("reprocess", str(saved), *options, output=output)
        assert done.code == 0
        said = f"files read: {2 * ARTICLES}" + (f" ({unopened} not opened: unchanged)" if unopened else "")
        assert said in done.out


def test_what_an_earlier_version_read_otherwise_is_what_it_says_now(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = reading.pages.read

    def before(*found: Any) -> reading.pages.PageContent:
        kind, said = really(*found)
        more = (changed(one, title=f"{one.title}_频道", text=f"{one.text}<p>下一篇</p>") for one in said)
        return reading.pages.PageContent(kind, tuple(more))

    output = tmp_path / "out"
    with monkeypatch.context() as earlier:
        earlier.setattr(reading.pages, "read", before)
        run(output, saved)
    assert run(output, saved, again=True)["written"] == ARTICLES
    assert not differences(tree(output / "_posts"), tree(anew(saved, output) / "_posts"))
    assert {path.name.split(".")[5] for path in (output / "versions").rglob("*.gz")} == {"newer-cleaning"}
    assert run(output, saved, again=True)["unchanged"] == ARTICLES
