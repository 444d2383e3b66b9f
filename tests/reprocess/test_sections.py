"""Large containers are read in sections by all workers: posts and report are those of one process that reads the whole."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from archive import makers as containers
from crawling import given
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import reprocess_here
from torture.output_checks import Tree, differences, leftovers, tree

from crawler.archive import InputFile, Limits, Section, budget
from crawler.reprocess import Engine, reading
from crawler.store.run import Run

ARTICLES = 60
Told = list[dict[str, str]]


def _zip() -> bytes:
    pages = {f"{n}.html": makers.desktop(Art(n)).encode() for n in range(ARTICLES)}
    replies = {f"NW{Art(n).id}.json": makers.news_text(Art(n)).encode() for n in range(ARTICLES)}
    return containers.make_zip({**pages, **replies, "a.txt": b"words"})


def _warc() -> bytes:
    replies = [(Art(n).url, makers.desktop(Art(n)).encode(), [containers.HTML_TYPE]) for n in range(ARTICLES)]
    return containers.make_warc([*replies, ("http://x.com/1.png", b"\x89PNG\r\n", [("Content-Type", "image/png")])])


def _tar() -> bytes:
    return containers.make_tar({f"{n}.html": makers.desktop(Art(n)).encode() for n in range(ARTICLES)})


FILES = {"a.tar": _tar, "a.zip": _zip, "b.warc.gz": _warc, "c.warc.gz": lambda: containers.flipped(_warc(), 8 * 20_000)}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data())
    (folder / "last.html").write_text(makers.desktop(Art(ARTICLES)))
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is opened in this process."""
    names: list[str] = []
    really, in_part = InputFile.open, Section.open

    def opens(self: InputFile, limits: Any) -> Any:
        names.append(Path(self.path).name)
        return really(self, limits)

    def opens_part(self: Section, drawn: Any) -> Any:
        names.append(f"{Path(self.file.path).name} {self.start}")
        return in_part(self, drawn)

    monkeypatch.setattr(InputFile, "open", opens)
    monkeypatch.setattr(Section, "open", opens_part)
    return names


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGE", 4000)
    monkeypatch.setattr(reading, "SECTION", 4000)


def run(output: Path, saved: Path, **engine: Any) -> dict[str, Any]:
    with Run(output) as made:
        return reprocess_here((saved,), made, given(), Engine(**engine))


def outcome(output: Path, saved: Path, **engine: Any) -> tuple[Tree, dict[str, Any]]:
    report = run(output, saved, **engine)
    assert leftovers(output) == []
    return tree(output), {
        name: report[name] for name in ("inputs", "counts", "reasons", "exit_code", "written", "found")
    }


def test_posts_and_report_are_those_of_the_whole(
    saved: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, told = outcome(tmp_path / "whole", saved)
    assert read == [*FILES, "last.html"]
    assert (told["written"], told["exit_code"]) == (ARTICLES + 1, 5)
    monkeypatch.setattr(reading, "LARGE", 4000)
    monkeypatch.setattr(reading, "SECTION", 4000)
    for workers in (1, 2, 3):
        read.clear()
        found, also = outcome(tmp_path / str(workers), saved, workers=workers)
        assert differences(found, wanted) == {}
        assert also == told
        if workers == 1:
            assert read.count("c.warc.gz") == 1, "it is read on as one behind what is damaged"
            assert {name for name in FILES if name in read} == {"c.warc.gz"}
            assert len({name for name in read if name.startswith("a.zip")}) > 3
            assert (
                1
                < len([name for name in read if name.startswith("c.warc.gz ")])
                < len([name for name in read if name.startswith("b.warc.gz ")])
            ), "no more of its sections are read"


@pytest.mark.parametrize(
    "limits", [Limits(total_bytes=(1 << 20) + 40_000), Limits(members=30), Limits(total_bytes=40_000)]
)
def test_limits_are_those_of_the_whole_file(
    limits: Limits, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LIMITS", limits)
    wanted, told = outcome(tmp_path / "whole", saved)
    monkeypatch.setattr(reading, "LARGE", 4000)
    monkeypatch.setattr(reading, "SECTION", 4000)
    for workers in (1, 2):
        found, also = outcome(tmp_path / str(workers), saved, workers=workers)
        assert differences(found, wanted) == {}
        assert also == told
    if limits.total_bytes == 40_000:
        assert sum("expands to more than" in line["reason"] for line in told["inputs"]) > 1, "no section alone"


@pytest.mark.usefixtures("small")
def test_what_was_read_is_remembered(saved: Path, tmp_path: Path, read: list[str]) -> None:
    output = tmp_path / "out"
    first = run(output, saved)
    number = len([name for name in read if name.startswith("b.warc.gz ")])
    read.clear()
    again = run(output, saved)
    assert {name.partition(" ")[0] for name in read} == {"c.warc.gz"}, "of what is damaged it is tried once more"
    assert (again["unchanged"], again["exit_code"]) == (ARTICLES + 1, 5)
    assert again["inputs"] == [
        line | {"outcome": line["outcome"].replace("written", "unchanged")} for line in first["inputs"]
    ]
    (output / "_posts" / Art(7).file).unlink()
    read.clear()
    assert run(output, saved)["written"] == 1
    assert 0 < len({name for name in read if name.startswith("b.warc.gz ")}) < number
    wanted = tree(tmp_path / "out")
    run(tmp_path / "anew", saved)
    assert differences(tree(tmp_path / "anew"), wanted) == {}


@pytest.mark.usefixtures("small")
def test_what_a_killed_run_had_read_counts(
    saved: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits are those of the file, whichever of its sections an earlier run read."""
    for name in FILES.keys() - {"a.zip"} | {"last.html"}:
        (saved / name).unlink()
    with zipfile.ZipFile(saved / "a.zip") as archive:
        size = sum(info.file_size for info in archive.infolist())
    monkeypatch.setattr(reading, "_LIMITS", Limits(total_bytes=size - 10))
    monkeypatch.setattr(budget, "_AHEAD", 0)
    _, told = outcome(tmp_path / "whole", saved)
    really, number = Section.open, 0

    def dies(self: Section, drawn: Any) -> Any:
        nonlocal number
        number += 1
        if number == 3:
            raise KeyboardInterrupt
        return really(self, drawn)

    with monkeypatch.context() as patch:
        patch.setattr(Section, "open", dies)
        run(tmp_path / "out", saved)
    read.clear()
    assert sum("expands to more than" in line["reason"] for line in told["inputs"]) == 1
    assert outcome(tmp_path / "out", saved)[1]["inputs"] == told["inputs"]
    assert read[0].startswith("a.zip ")
    assert read[0] != "a.zip 0"
