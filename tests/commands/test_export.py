"""``scrapy export``: the archive as data, whatever stands in the way, and beside whoever writes to it."""

import errno
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from commands.command import command
from data.samples import POST, UNICOM, archive, made, post, stored
from forked_scrapy import Done
from run_scrapy import fresh_scrapy, scrapy

from crawler.commands import export
from crawler.data.archive import Archive
from crawler.data.article import ArchivedArticle
from crawler.data.forms import FORMS, jsonl
from crawler.data.wish import Wish
from crawler.exits import RunError
from crawler.store.lock import RunLock
from crawler.store.run import Run

OPTIONS = {"form": None, "since": None, "until": None, "category": None, "stock": None, "as_of": None}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Three posts, of which the second is of another day and category."""
    later = post(2, time="2022-01-15 00:00:00", category="yi", body="<p>2</p>")
    stored(tmp_path / "out", post(1, body=UNICOM), later, post(3))
    return tmp_path / "out"


def numbers(data: str) -> list[int]:
    return [int(json.loads(line)["code"][-4:]) for line in data.splitlines()]


def run(output: Path, *args: str, **options: object) -> int:
    return command(export, output).execute(list(args), type("Options", (), {**OPTIONS, **options}))  # type: ignore[arg-type]


def told(done: Done) -> tuple[int, str, str]:
    return done.code, done.out, done.err


def test_each_form_while_another_run_holds_the_lock(output: Path, tmp_path: Path) -> None:
    lock = RunLock(output)
    lock.take()
    try:
        for form, is_folder in ((name, form.is_folder) for name, form in FORMS.items()):
            name = str(tmp_path / f"a.{form}")
            done = scrapy("export", name, *(("--as", form) if is_folder else ()), output=output)
            assert told(done) == (0, "articles exported 3\n", "")
            first = written(Path(name))
            assert first
            assert scrapy("export", name, "--as", form, output=output).code == 0
            assert written(Path(name)) == first
    finally:
        lock.release()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def written(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (sorted(path.iterdir()) if path.is_dir() else [path])}


@pytest.mark.parametrize(("options", "found"), [
    ((), [1, 3, 2]),
    (("--since", "2022-01-15"), [2]),
    (("--until", "2022-01-14"), [1, 3]),
    (("--category", "yi"), [2]),
    (("--category", "yi, jia"), [1, 3, 2]),
    (("--stock", "600050.SH", "--since", "2022-01-14"), [1, 3]),
    (("--as-of", "2020-01-01T00:00Z"), []),
    (("--as-of", "2999-01-01T00:00+08:00"), [1, 3, 2]),
])  # fmt: skip
def test_a_pipe_gets_the_data_that_is_wanted_and_nothing_else(
    options: tuple[str, ...], found: list[int], output: Path
) -> None:
    done = scrapy("export", "-", *options, output=output)
    assert (done.code, numbers(done.out), done.err) == (0, found, f"articles exported {len(found)}\n")


WRONG = {
    "no file": ((), "name one file"),
    "two files": (("a", "b"), "name one file"),
    "another form": (("a", "--as", "jsnol"), "did you mean jsonl"),
    "a folder into a pipe": (("-", "--as", "hugo"), "makes a folder"),
    "a day": (("-", "--since", "2022-02-30"), "say YYYY-MM-DD"),
    "a time": (("-", "--as-of", "noon"), "no time is written so"),
    "a category": (("-", "--category", "jia,yii"), "no article is of the category yii: did you mean yi?"),
    "a stock": (("-", "--stock", "600056"), r"did you mean 1.600050 \(600050.SH\)"),
    "a folder that is named by dots": (
        (".", "--as", "hugo"),
        r" export: \. holds something else than an export",
    ),
    "the root": (("/", "--as", "obsidian"), " export: / holds something else than an export"),
    "days in the wrong order": (("-", "--since", "2022-01-15", "--until", "2022-01-14"), "2022-01-15 is after until"),
    "a folder that is not there": (("/nowhere/x/a.csv",), "no such folder: /nowhere/x"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_usage(wrong: str, output: Path) -> None:
    args, words = WRONG[wrong]
    done = scrapy("export", *args, output=output)
    assert (done.code, done.out) == (2, "")
    assert re.search(words, done.err)
    assert done.err.count("\n") == 1


def test_no_output_folder_is_wrong_usage_and_none_is_made(tmp_path: Path) -> None:
    assert scrapy("export", "-", output=tmp_path / "none").code == 2
    assert not (tmp_path / "none").exists()


def test_a_time_without_a_zone_is_beijings_and_says_so(output: Path) -> None:
    done = scrapy("export", "-", "--as-of", "2999-01-01", output=output)
    assert (done.code, numbers(done.out)) == (0, [1, 3, 2])
    assert "--as-of 2999-01-01 is taken for Beijing time: 2999-01-01T00:00:00+08:00\n" in done.err


def test_a_broken_post_is_named_and_the_others_are_exported(output: Path) -> None:
    broken = output / "_posts" / "2022-01-16-NW202201162248170009.md"
    broken.write_bytes(b"---\ntitle: x\n---\n")
    done = scrapy("export", "-", output=output)
    assert (done.code, numbers(done.out)) == (5, [1, 3, 2])
    assert f"{broken.name}: left out: is no post" in done.err


def test_what_nothing_tells_of_that_time_is_counted(output: Path) -> None:
    shutil.rmtree(output / "state")
    done = scrapy("export", "-", "--as-of", "2999-01-01T00:00+08:00", output=output)
    assert (done.code, done.out) == (0, "")
    assert "left out 3: nothing tells what was there of them at that time\n" in done.err


def test_a_full_disk_leaves_what_was_there(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, folder = tmp_path / "a.jsonl", tmp_path / "notes"
    assert run(output, str(file)) == run(output, str(folder), form="hugo") == 0
    before = written(file), written(folder)

    def half(articles: Any, there: BinaryIO) -> None:
        there.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    def full(self: Path, *_: object) -> None:
        self.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(jsonl, "write", half)
    monkeypatch.setattr(Path, "write_text", full)
    for name, form in ((file, "jsonl"), (folder, "hugo"), (tmp_path / "new.jsonl", None), (tmp_path / "new", "hugo")):
        with pytest.raises(RunError, match="No space left") as caught:
            run(output, str(name), form=form)
        assert caught.value.exit_code == 7
    assert (written(file), written(folder)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "notes", "out"]


def test_what_cannot_be_read_is_no_file_that_cannot_be_written(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Iterator[ArchivedArticle]:
        raise OSError(errno.EIO, "Input/output error", "a folder")
        yield

    monkeypatch.setattr(Archive, "articles", broken)
    for name, form in (("a.jsonl", "jsonl"), ("notes", "hugo")):
        with pytest.raises(RunError, match=r"^cannot read a folder: Input/output error$") as caught:
            run(output, str(tmp_path / name), form=form)
        assert caught.value.exit_code == 7
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_device_and_a_reader_that_has_enough(output: Path) -> None:
    done = scrapy("export", "/dev/full", "--as", "csv", output=output)
    assert (done.code, done.out) == (7, "")
    assert "No space left" in done.err
    assert told(scrapy("export", "/dev/null", output=output)) == (0, "articles exported 3\n", "")
    assert Path("/dev/null").is_char_device()


def test_only_a_folder_of_an_export_is_replaced(output: Path, tmp_path: Path) -> None:
    for name in (output / "_posts", output):
        before = sorted(output.rglob("*"))
        done = scrapy("export", str(name), "--as", "hugo", output=output)
        assert (done.code, sorted(output.rglob("*"))) == (2, before)
        assert "holds something else than an export" in done.err
    notes = tmp_path / "notes"
    notes.mkdir()
    assert run(output, str(notes), form="obsidian") == 0
    (output / "_posts" / "2022-01-15-NW202201142248170002.md").unlink()
    assert run(output, str(notes), form="obsidian") == 0
    assert len([*notes.glob("*.md")]) == 2
    (notes / ".obsidian").mkdir()
    with pytest.raises(ValueError, match="something else"):
        run(output, str(notes), form="obsidian")


def test_an_export_that_was_killed_between_two_renames_is_put_right(output: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    assert run(output, str(notes), form="hugo") == 0
    before = written(notes)
    notes.replace(tmp_path / ".notes.before")
    shutil.copytree(tmp_path / ".notes.before", tmp_path / ".notes.part")
    assert run(output, str(notes), form="hugo") == 0
    assert written(notes) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "out"]


@pytest.mark.timeout(600)
def test_beside_a_run_each_article_is_whole(tmp_path: Path) -> None:
    """While articles change again and again, title, text and version of each that is exported are of one version."""
    output, stop = tmp_path / "out", threading.Event()
    codes = range(8)

    def write(run: Run, version: int) -> None:
        sources = (("share", (1, 1, version, f"{version}"), ("text", "title")),)
        new = [made(post(one, title=f"{version}", body=f"<p>{version}</p>", sources=sources)) for one in codes]
        there = {one.code: one for one in run.posts.look(run.earlier.records([one.code for one in new]).values())}
        run.store([replace(one, post=replace(one.post, on_disk=there.get(one.code))) for one in new if one.post])

    def rewrite() -> None:
        with Run(output) as run:
            run.compare()
            version = 1
            while not stop.wait(0.02):
                write(run, version := version + 1)

    with Run(output) as run:
        write(run, 1)
    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        seen, rounds = set[int](), 0
        while rounds < 15 or len(seen) < 3:
            rounds += 1
            moment = datetime.now(UTC) + timedelta(hours=1)
            for wish in (Wish(), Wish(as_of=moment)):
                data = archive(output)
                found = list(data.articles(wish))
                assert (len(found), data.faults, data.untold) == (8, {}, 0)
                assert [one for one in found if not one.title == one.text == f"{one.version}"] == []
                seen |= {one.version for one in found}
    finally:
        stop.set()
        writer.join()


def test_a_crawl_of_before_and_its_revision_as_users_type_it(tmp_path: Path) -> None:
    stored(tmp_path, replace(POST, title="旧题"))
    between = datetime.now(UTC)
    done = fresh_scrapy("export", "-", "--as-of", between.isoformat(), output=tmp_path)
    (line,) = done.out.splitlines()
    article = json.loads(line)
    assert (done.code, article["title"], article["version"]) == (0, "旧题", 1)
    assert article["first_seen"] <= between.astimezone().isoformat() or article["first_seen"].endswith("+08:00")


def test_where_there_are_no_posts_what_was_exported_before_stays(tmp_path: Path) -> None:
    """They may lie on a disk of their own, which is not there now."""
    (tmp_path / "output").mkdir()
    (tmp_path / "news.jsonl").write_text("before")
    done = scrapy("export", str(tmp_path / "news.jsonl"), output=tmp_path / "output")
    assert (done.code, (tmp_path / "news.jsonl").read_text()) == (2, "before")
    assert "there are no posts in" in done.err
