"""An export is whole or not there: what was there before stays until it is, and what is somebody else's always."""

import os
import re
import subprocess
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from crawler.data import target
from crawler.data.article import ArchivedArticle
from crawler.data.target import MARK, put_file, put_folder
from crawler.store.atomic import writer


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def note(article: ArchivedArticle) -> str:
    return f"# {article.code}\n"


def fails(_: object) -> str:
    raise ZeroDivisionError


def write(file: BinaryIO) -> None:
    file.write(b"new")


def test_a_file_takes_the_place_of_another_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    def half(file: BinaryIO) -> None:
        file.write(b"ha")
        file.flush()
        assert not path.exists() or path.read_bytes() == b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        put_file(str(path), half)
    assert names(tmp_path) == []
    put_file(str(path), write)
    with pytest.raises(OSError, match="No space"):
        put_file(str(path), half)
    assert (names(tmp_path), path.read_bytes()) == (["a.csv"], b"new")


def test_standard_output_gets_it_and_a_reader_that_has_enough_is_no_error(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    put_file("-", write)
    assert capfdbinary.readouterr().out == b"new"

    def enough(_: BinaryIO) -> None:
        raise BrokenPipeError

    put_file("-", enough)


def test_a_pipe_with_a_name_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    put_file(str(pipe), write)
    reader.join(10)
    assert (got, pipe.is_fifo()) == ([b"new"], True)


def test_where_no_file_can_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a folder"):
        put_file(str(tmp_path), write)
    with pytest.raises(ValueError, match="no such folder"):
        put_file(str(tmp_path / "none" / "a.csv"), write)
    with pytest.raises(ValueError, match="no such folder"):
        put_folder(str(tmp_path / "none" / "notes"), [], note)


def test_a_folder_takes_the_place_of_an_earlier_export_when_it_is_whole(
    tmp_path: Path, articles: list[ArchivedArticle]
) -> None:
    folder = tmp_path / "notes"
    put_folder(str(folder), articles, note)
    whole = names(folder)
    assert whole == sorted([MARK, *(f"{one.published:%Y-%m-%d}-{one.code}.md" for one in articles)])
    with pytest.raises(ZeroDivisionError):
        put_folder(str(folder), articles, fails)
    assert (names(tmp_path), names(folder)) == (["notes"], whole)
    put_folder(str(folder), articles[:1], note)
    assert (names(tmp_path), len(names(folder))) == (["notes"], 2)


@pytest.mark.parametrize(
    "there", [["mine.txt"], ["mine.md"], [MARK, "mine.txt"], [MARK, "mine.md"], [MARK, ".obsidian"]]
)
def test_a_folder_that_holds_something_else_is_left_alone(
    there: list[str], tmp_path: Path, articles: list[ArchivedArticle]
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in there:
        (folder / name).touch()
    with pytest.raises(ValueError, match=rf"holds something else than an export, {re.escape(there[-1])}:"):
        put_folder(str(folder), articles, note)
    assert (names(tmp_path), names(folder)) == (["notes"], sorted(there))


@pytest.mark.parametrize("how", ["edited", "added"])
def test_no_note_of_somebodys_goes(how: str, tmp_path: Path, articles: list[ArchivedArticle]) -> None:
    folder = tmp_path / "notes"
    put_folder(str(folder), articles, note)
    (mine := folder / names(folder)[1] if how == "edited" else folder / "mine.md").write_text("mine")
    before = names(folder)
    with pytest.raises(ValueError, match=re.escape(f", {mine.name}:")):
        put_folder(str(folder), articles, note)
    assert (mine.read_text(), names(folder)) == ("mine", before)
    mine.unlink()  # one that somebody removed hinders nothing, nor does what a file manager left
    (folder / ".DS_Store").write_bytes(b"\0")
    put_folder(str(folder), articles, note)
    assert names(folder) == [name for name in before if name != "mine.md"]


def test_nor_is_a_file_or_the_root_a_folder_to_replace(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    for path in (str(tmp_path / "notes"), "/"):
        with pytest.raises(ValueError, match="holds something else"):
            put_folder(path, [], note)
    assert (tmp_path / "notes").read_text() == "mine"


def test_an_empty_folder_may_be_filled_and_a_killed_export_is_put_right(
    tmp_path: Path, articles: list[ArchivedArticle], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    monkeypatch.chdir(folder)
    put_folder(".", articles, note)
    monkeypatch.chdir(tmp_path)
    whole = names(folder)
    folder.rename(tmp_path / ".notes.before")  # killed between the two renames
    with pytest.raises(ZeroDivisionError):
        put_folder(str(folder), articles, fails)
    assert (names(tmp_path), names(folder)) == (["notes"], whole)


def test_two_exports_to_one_name_do_not_meet(
    tmp_path: Path, articles: list[ArchivedArticle], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is whole, and the later one stays."""
    file, folder = tmp_path / "a.csv", tmp_path / "notes"
    other = f"{writer().rpartition('-')[0]}-other"

    def beside(there: BinaryIO) -> None:
        there.write(b"ne")
        with monkeypatch.context() as patch:
            patch.setattr(target, "writer", lambda: other)
            put_file(str(file), lambda there: there.write(b"other"))
            put_folder(str(folder), articles, note)
        assert file.read_bytes() == b"other"
        there.write(b"w")

    put_file(str(file), beside)
    assert (names(tmp_path), file.read_bytes()) == (["a.csv", "notes"], b"new")


def test_what_a_killed_export_left_goes_with_the_next(tmp_path: Path) -> None:
    machine, dead = writer().rsplit("-", 2)[0], subprocess.Popen(["true"])
    dead.wait()
    stays = {f".a.csv.{machine}-{os.getpid()}-x.part", f".a.csv.elsewhere-{dead.pid}-x.part", ".a.csvx.part"}
    for name in {f".a.csv.{machine}-{dead.pid}-x.part", f".a.csv.{machine}-x-y.part", ".a.csv.part"} | stays:
        (tmp_path / name).write_bytes(b"half")
    put_file(str(tmp_path / "a.csv"), write)
    assert {*names(tmp_path)} == {"a.csv", *stays}
