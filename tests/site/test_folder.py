"""The folder of a site: nothing is touched that did not change, nothing goes that somebody else made."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from crawler.site import folder as module
from crawler.site.folder import Done, Folder

POST = ("_posts/x.md",)
MADE = {"index.html": b"home", "_lists/a/b.html": b"list"}


def fill(root: Path, made: dict[str, bytes], linked: tuple[str, ...] = ()) -> Done:
    return Folder(root, root.parent / "output").fill(made, linked)


def state(root: Path) -> dict[str, tuple[bytes, int, int]]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return {str(f.relative_to(root)): (f.read_bytes(), f.stat().st_mtime_ns, f.stat().st_ino) for f in files}


@pytest.fixture
def post(tmp_path: Path) -> Path:
    made = tmp_path / "output" / "_posts" / "x.md"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"post")
    return made


def test_a_second_run_touches_nothing(tmp_path: Path, post: Path) -> None:
    root = tmp_path / "site"
    assert fill(root, MADE, POST) == Done(3, 0, [])
    before = state(root)
    assert {name: data for name, (data, _, _) in before.items() if not name.startswith(".")} == MADE | {
        "_posts/x.md": b"post"
    }
    assert fill(root, MADE, POST) == Done(0, 0, [])
    assert state(root) == before


def test_what_changed_is_written_and_what_went_is_removed(tmp_path: Path, post: Path) -> None:
    root = tmp_path / "site"
    fill(root, MADE, POST)
    assert fill(root, {"index.html": b"new"}) == Done(1, 2, [])
    assert (root / "index.html").read_bytes() == b"new"
    assert sorted(path.name for path in root.iterdir()) == [".finews-site.json", "index.html"]


def test_a_post_that_was_replaced_is_linked_again(tmp_path: Path, post: Path) -> None:
    root = tmp_path / "site"
    fill(root, {}, POST)
    new = post.with_name("new")
    new.write_bytes(b"newer")
    new.replace(post)
    assert (root / "_posts/x.md").read_bytes() == b"post"
    assert fill(root, {}, POST) == Done(1, 0, [])
    assert (root / "_posts/x.md").read_bytes() == b"newer"
    assert (root / "_posts/x.md").samefile(post)


def test_where_nothing_can_be_linked_it_is_copied(tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(module.os, "link", refused)
    root = tmp_path / "site"
    assert fill(root, {}, POST) == Done(1, 0, [])
    before = state(root)
    assert before["_posts/x.md"][0] == b"post"
    assert fill(root, {}, POST) == Done(0, 0, [])
    assert state(root) == before


def test_an_edited_file_stays_and_is_told(tmp_path: Path) -> None:
    root = tmp_path / "site"
    fill(root, MADE)
    (root / "index.html").write_bytes(b"mine")
    for _ in range(2):
        assert fill(root, MADE | {"index.html": b"new"}) == Done(0, 0, ["index.html"])
    assert fill(root, {}) == Done(0, 1, ["index.html"])
    assert (root / "index.html").read_bytes() == b"mine"


def test_a_file_of_somebody_else_stays_and_is_told(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (root / "index.html").write_bytes(b"mine")
    (root / "about.html").write_bytes(b"mine")
    assert fill(root, MADE) == Done(1, 0, ["index.html"])
    assert fill(root, {}) == Done(0, 1, [])
    assert (root / "index.html").read_bytes() == (root / "about.html").read_bytes() == b"mine"


def test_a_lost_note_costs_nothing_but_that_files_stay(tmp_path: Path) -> None:
    root = tmp_path / "site"
    fill(root, MADE)
    (root / ".finews-site.json").write_bytes(b"{")
    assert fill(root, MADE) == Done(0, 0, [])
    assert fill(root, {"index.html": b"new"}) == Done(1, 1, [])


@pytest.mark.parametrize("last", range(1, 5))
def test_a_killed_run_is_gone_on_with(tmp_path: Path, last: int, monkeypatch: pytest.MonkeyPatch) -> None:
    root, new = tmp_path / "site", {"index.html": b"new", "c.html": b"c", "_lists/a/b.html": b"newer"}
    fill(root, MADE | {"gone.html": b"gone"})
    put, calls = Folder._put, iter(range(1, 9))

    def killed(folder: Folder, name: str, data: bytes) -> None:
        if next(calls) == last:
            raise KeyboardInterrupt
        put(folder, name, data)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_put", killed)
        with pytest.raises(KeyboardInterrupt):
            fill(root, new)
    newer = {name: b"still " + data for name, data in new.items()}
    assert fill(root, newer).kept == []
    assert {name: data for name, (data, _, _) in state(root).items() if not name.startswith(".")} == newer


@pytest.mark.parametrize(
    "note",
    [
        '{"../outside": ["SUM"]}',
        '{"x/../../outside": ["SUM"]}',
        '{"OUTSIDE": ["SUM"]}',
        "[]",
        "1",
        '{"index.html": 5}',
        '{"index.html": [{}]}',
        "[" * 10**5,
    ],
)
def test_a_note_of_somebody_else_leads_nowhere(tmp_path: Path, note: str) -> None:
    root, outside = tmp_path / "site", tmp_path / "outside"
    root.mkdir()
    outside.write_bytes(b"mine")
    (root / ".finews-site.json").write_text(
        note.replace("OUTSIDE", str(outside)).replace("SUM", sha256(b"mine").hexdigest())
    )
    assert fill(root, MADE) == Done(2, 0, [])
    assert outside.read_bytes() == b"mine"


def test_a_full_disk_leaves_nothing_behind_that_is_half_written(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    fill(root, MADE)
    before = state(root)

    def full(*files: Path | bytes) -> None:
        file = next(one for one in files if isinstance(one, Path) and one.suffix == ".part")
        with file.open("wb") as there:
            there.write(b"x")
        raise OSError(28, "No space left on device", str(file))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            fill(root, {"index.html": b"new"})
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        patch.setattr(os, "link", full)
        with pytest.raises(OSError, match="No space left"):
            Folder(root, tmp_path / "output")._link(*POST)
    assert state(root) == before
    assert fill(root, {"index.html": b"new"}) == Done(1, 1, [])


@pytest.mark.parametrize("place", ["output", "linked"])
def test_what_lies_in_the_output_itself_never_goes(tmp_path: Path, post: Path, place: str) -> None:
    root = tmp_path / place
    root.mkdir(exist_ok=True)
    if place == "linked":
        fill(root, MADE, POST)
        (root / "_posts/x.md").unlink()
        (root / "_posts").rmdir()
        (root / "_posts").symlink_to(post.parent)
    fill(root, MADE, POST)
    assert fill(root, {}).kept == []
    assert post.read_bytes() == b"post"
