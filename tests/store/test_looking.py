"""What cannot be looked at is not taken for what is not there, as pathlib does since Python 3.14."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from store.samples import CODE, POST, made

from crawler import prune
from crawler.exits import NOT_WRITABLE, RunError
from crawler.store.ledger import ledger_to_read
from crawler.store.looking import contents, files_of, is_file, is_folder, is_there
from crawler.store.places import posts_of
from crawler.store.quarantine import Quarantine
from crawler.store.run import MARK, Run, keep_apart
from crawler.verify import check_versions

TOO_LONG = "x" * 300


@pytest.fixture(autouse=True)
def as_of_python_3_14(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, way in (("exists", os.path.exists), ("is_file", os.path.isfile), ("is_dir", os.path.isdir)):
        monkeypatch.setattr(Path, name, way)


def refusing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Nobody may look at files of this name."""
    looked = os.stat

    def stat(path: Path | str, **how: bool) -> os.stat_result:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, **how)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(Path, "stat", stat)


def test_what_is_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dead").symlink_to("nowhere")
    (tmp_path / "link").symlink_to("file")
    told = {
        name: [look(tmp_path / name) for look in (is_there, is_file, is_folder)]
        for name in ("", "file", "link", "loop", "dead", "none", "file/x", "\0")
    }
    nothing = {name: [False, False, False] for name in ("loop", "dead", "none", "file/x", "\0")}
    file = [True, True, False]
    assert told == {"": [True, False, True], "file": file, "link": file, **nothing}
    assert (files_of(tmp_path / "none"), files_of(tmp_path, "le")) == ([], [tmp_path / "file"])
    assert contents(tmp_path / "link") == b"x"


LOOKS: dict[str, Callable[[Path], object]] = {
    "ledger": lambda output: ledger_to_read(f"sqlite:///{output / TOO_LONG}").__enter__(),
    "posts": lambda output: posts_of(output / TOO_LONG),
    "mark": lambda output: keep_apart(output / TOO_LONG, invented=False),
}


@pytest.mark.parametrize("look", LOOKS)
def test_what_cannot_be_looked_at_is_not_taken_for_nothing(look: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File name too long"):
        LOOKS[look](tmp_path)


def test_a_picture_of_a_post_that_cannot_be_looked_at_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "_posts" / made(POST).file
    file.parent.mkdir()
    file.write_bytes(made(replace(POST, body='<p><img src="/assets/kline/a/b.png"/></p>')).data)
    refusing(monkeypatch, file.name)
    with pytest.raises(PermissionError):
        prune._pictures(tmp_path, prune.datetime.now())


def test_a_post_that_cannot_be_looked_at_is_none_that_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Run(tmp_path) as run:
        file = run.posts.place(made(POST).file)
        run.store([made(POST)])
        refusing(monkeypatch, file.name)
        for what in (lambda: run.withdrawn("HTTP status 404", CODE), lambda: run.store([made(POST)])):
            with pytest.raises(RunError) as refused:
                what()
            assert refused.value.exit_code == NOT_WRITABLE


def test_an_entry_of_quarantine_that_cannot_be_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = Quarantine(tmp_path)
    entries.open()
    entry = entries.add(CODE, "no article in it")
    refusing(monkeypatch, f"{entry.id}.json")
    with pytest.raises(PermissionError):
        entries.remove(CODE)


def test_a_mark_that_cannot_be_looked_at_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(tmp_path)
    run.invented = False
    refusing(monkeypatch, MARK)
    with pytest.raises(RunError) as refused, run:
        pass
    assert refused.value.exit_code == NOT_WRITABLE


def test_a_version_that_cannot_be_looked_at_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "versions" / "20220114" / "x.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    assert [path for path, _ in check_versions(tmp_path)] == [file]
    refusing(monkeypatch, file.name)
    with pytest.raises(PermissionError):
        check_versions(tmp_path)
