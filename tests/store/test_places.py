"""Where posts lie: found in one folder or in a month's, moved whole, and seen by whoever looks meanwhile."""

import errno
import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from commands.command import OPTIONS, command
from run_scrapy import scrapy
from store.samples import CODE, POST, made

from crawler import exits
from crawler.commands import quarantine
from crawler.exits import RunError
from crawler.store.looking import contents
from crawler.store.places import MONTH, ONE, arrange, away, home, listed, move, place, read, strays
from crawler.store.quarantine import Quarantine
from crawler.store.report import heads_before
from crawler.store.run import Run
from crawler.store.versions import Versions
from crawler.verify import against_ledger, check_stubs, check_versions, rebuild, verify

NAME = "2022-01-14-NW202201142248170578.md"
OTHER_WAY = {ONE: MONTH, MONTH: ONE}
LIES_AT = {ONE: NAME, MONTH: f"2022/01/{NAME}"}


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    return tmp_path / "_posts"


def put(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def tree(output: Path) -> dict[str, bytes]:
    found = (path for root in ("_posts", "old_post") for path in (output / root).rglob("*"))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found if path.is_file()}


@pytest.mark.parametrize("lies", ["_posts", "_posts/2022/01", "old_post", "old_post/2022/01"])
def test_a_post_is_found_wherever_it_may_lie(lies: str, posts: Path) -> None:
    there = put(posts.parent / lies / NAME)
    assert {place(posts, NAME, by) for by in (ONE, MONTH)} == {there}
    assert listed(posts) == {NAME: str(there)}
    assert home(there) == posts.parent / lies.partition("/")[0]


def test_of_several_the_first_that_holds_something_counts(posts: Path) -> None:
    empty, month = put(posts / NAME, b""), put(posts / "2022/01" / NAME)
    assert place(posts, NAME) == month == Path(listed(posts)[NAME])
    put(empty)
    assert place(posts, NAME, MONTH) == empty == Path(listed(posts)[NAME])
    month.unlink()
    empty.write_bytes(b"")
    assert place(posts, NAME, MONTH) == empty, "it is written where the empty one lies: no second one"


def test_new_ones_go_where_the_setting_says_and_names_without_a_day_into_the_one_folder(posts: Path) -> None:
    assert [place(posts, NAME, by) for by in (ONE, MONTH)] == [posts / NAME, posts / "2022/01" / NAME]
    assert place(posts, "x.md", MONTH) == posts / "x.md"


@pytest.mark.parametrize("name", [f"2021/12/{NAME}", f"drafts/{NAME}", f"2022/{NAME}", f"2022/01/x/{NAME}"])
def test_in_another_folder_no_run_looks_and_verify_says_so(name: str, posts: Path) -> None:
    stray = put(posts / name)
    assert listed(posts) == {}
    assert strays(posts) == [stray]
    assert place(posts, NAME) == posts / NAME
    with Run(posts.parent):
        pass
    assert (stray, "lies in a folder in which no run looks for it") in against_ledger(Run(posts.parent))[0]


@pytest.mark.parametrize("by", [ONE, MONTH])
def test_all_are_moved_and_back_without_a_byte_a_time_or_a_folder_changed(by: str, posts: Path) -> None:
    names = [f"{year}-{month:02}-1{day}-NW{day}.md" for year in (2021, 2022) for month in (1, 12) for day in range(3)]
    for root in (posts, posts.with_name("old_post")):
        for name in names:
            put(place(root, name, by), name.encode())
    before = {path: path.stat().st_mtime_ns for path in sorted(posts.parent.rglob("*.md"))}
    assert away(posts, by) == {}
    assert arrange(posts, OTHER_WAY[by]) == (24, [])
    moved = {path: path.stat().st_mtime_ns for path in posts.parent.rglob("*.md")}
    assert moved.keys().isdisjoint(before)
    assert sorted(moved.values()) == sorted(before.values())
    assert arrange(posts, OTHER_WAY[by]) == (0, [])
    assert arrange(posts, by) == (24, [])
    assert {path: path.stat().st_mtime_ns for path in sorted(posts.parent.rglob("*.md"))} == before
    assert all(path.read_bytes() == path.name.encode() for path in before)
    if by == ONE:
        assert not [path for path in posts.iterdir() if path.is_dir()], "empty folders are left"


def test_of_two_that_differ_both_stay_and_of_two_alike_one(posts: Path) -> None:
    mine, other = put(posts / NAME, b"mine"), put(posts / "2022/01" / NAME, b"other")
    twin = "2022-01-15-NW1.md"
    put(posts / twin, b"same"), put(posts / "2022/01" / twin, b"same")
    os.link(put(posts / "2022/01/2022-01-16-NW2.md"), posts / "2022-01-16-NW2.md")  # one file of two names
    assert arrange(posts, MONTH) == (2, [(mine, other)])
    assert sorted(path.name for path in posts.glob("*.md")) == [NAME]
    assert (mine.read_bytes(), other.read_bytes()) == (b"mine", b"other")


class Killed(BaseException):
    """The process is no more."""


def dies_at(number: int, patch: pytest.MonkeyPatch) -> None:
    """At that step on the disk, from now on."""
    steps = count(1)

    def step(*args: object, of: Callable[..., object], **kwargs: object) -> object:
        if next(steps) == number:
            raise Killed
        return of(*args, **kwargs)

    for name in ("mkdir", "replace", "unlink", "fsync", "rmdir"):
        patch.setattr(os, name, partial(step, of=getattr(os, name)))


@pytest.mark.parametrize("to", [ONE, MONTH])
def test_killed_between_any_two_steps_and_run_again_all_are_moved(to: str, posts: Path) -> None:
    names = ["2022-01-10-NW10.md", "2022-01-11-NW11.md", "2022-02-10-NW12.md"]
    for name in names:
        put(place(posts, name, OTHER_WAY[to]), name.encode())
    for number in count(1):
        with pytest.MonkeyPatch.context() as patch:
            dies_at(number, patch)
            try:
                arrange(posts, to)
                break
            except Killed:
                pass
        assert sorted(name.rpartition("/")[2] for name in tree(posts.parent)) == names
        arrange(posts, to)
        assert {name: read(posts, name)[1] for name in names} == {name: name.encode() for name in names}
        assert away(posts, to) == {}
        assert arrange(posts, OTHER_WAY[to]) == (len(names), [])
    assert number > 3 * len(names)


@pytest.mark.parametrize("to", [ONE, MONTH])
@pytest.mark.parametrize("moment", range(5))
def test_whoever_lists_while_posts_are_moved_misses_none(
    to: str, moment: int, posts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They all move at once, before whichever folder is listed next."""
    names = [f"2022-{month:02}-{day}-NW{day}.md" for month in (1, 2) for day in range(10, 13)]
    for name in names:
        put(place(posts, name, OTHER_WAY[to]))
        put(posts / name[:4] / name[5:7] / "notes.txt")  # so that no folder goes
    moves, scandir, calls = sorted(away(posts, to).items()), os.scandir, 0
    assert len(moves) == len(names)

    def moving(folder: int) -> object:
        nonlocal calls
        calls += 1
        if calls == moment + 1:
            move(moves)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", moving)
    found = listed(posts)
    monkeypatch.undo()
    assert calls == 5, "the one folder, that of the year, its two months, and the one folder again"
    assert sorted(found) == names
    assert {name: read(posts, name)[1] for name in found} == dict.fromkeys(names, b"x")


OTHER = replace(POST, code="NW202201142248170579")
LATER = replace(POST, time="2022-02-03 08:00:00")


def run_of(output: Path, by: str) -> Run:
    return Run.of({"FINEWS_OUTPUT_DIR": str(output), "FINEWS_POST_FOLDERS": by})


@pytest.mark.parametrize("by", [ONE, MONTH])
def test_a_setting_that_changes_makes_no_second_copy_and_moves_nothing(by: str, tmp_path: Path) -> None:
    other = OTHER_WAY[by]
    with run_of(tmp_path, by) as run:
        run.store([made(POST)])
    for again in (other, by, other):
        with run_of(tmp_path, again) as run:
            run.compare()
            (done,) = run.posts.look(run.earlier.records([CODE]).values())
            assert (run.earlier.missing, run.earlier.edited, done.status) == ({}, frozenset(), "written")
            run.store([made(POST), made(replace(POST, body=f"<p>{again}</p>"))])
        assert list(tree(tmp_path)) == [f"_posts/{LIES_AT[by]}"]
        assert verify([tmp_path / "_posts"]) == (1, [])
        assert against_ledger(run_of(tmp_path, again)) == ([], set())
    first, _ = sorted((tmp_path / "_posts" / LIES_AT[by], tmp_path / "_posts" / LIES_AT[other]))
    put(tmp_path / "_posts" / LIES_AT[other], (tmp_path / "_posts" / LIES_AT[by]).read_bytes())
    checked, faults = verify([tmp_path / "_posts"])
    assert (checked, [reason for _, reason in faults]) == (2, [f"the same article as {first}"])
    (tmp_path / "_posts" / LIES_AT[other]).unlink()
    with run_of(tmp_path, other) as run:
        run.store([made(OTHER)])
    of_other = LIES_AT[other].replace(CODE, OTHER.code)
    assert sorted(tree(tmp_path)) == sorted([f"_posts/{LIES_AT[by]}", f"_posts/{of_other}"])


@pytest.mark.parametrize("by", [ONE, MONTH])
@pytest.mark.parametrize("later", [ONE, MONTH])
def test_an_article_whose_day_changes_moves(by: str, later: str, tmp_path: Path) -> None:
    with run_of(tmp_path, by) as run:
        run.store([made(POST)])
    with run_of(tmp_path, later) as run:
        run.store([made(LATER)])
        assert run.counts["posts/moved"] == 1
    name = f"2022-02-03-{CODE}.md"
    assert list(tree(tmp_path)) == [f"_posts/{name}" if later == ONE else f"_posts/2022/02/{name}"]
    assert against_ledger(run_of(tmp_path, by)) == ([], set())


@pytest.mark.parametrize("by", [ONE, MONTH])
def test_what_is_gone_or_edited_or_unknown_is_told_in_a_mixed_folder(by: str, tmp_path: Path) -> None:
    with run_of(tmp_path, by) as run:
        run.store([made(POST)])
    with run_of(tmp_path, OTHER_WAY[by]) as run:
        run.store([made(OTHER)])
    mine, other = place(tmp_path / "_posts", made(POST).file), place(tmp_path / "_posts", made(OTHER).file)
    mine.write_bytes(mine.read_bytes() + b"x")
    data = other.read_bytes()
    other.unlink()
    unknown = put(mine.with_name(made(replace(POST, code="NW202201142248170580")).file), b"x")
    faults, edited = against_ledger(run_of(tmp_path, by))
    assert edited == {mine}
    assert {reason for _, reason in faults} == {"missing: a run wrote it", "the ledger does not know it"}
    assert [path for path, reason in faults if "know" in reason] == [unknown]
    with run_of(tmp_path, by) as run:
        run.compare()
        assert (list(run.earlier.missing), run.earlier.edited) == ([OTHER.code], {mine.name})
    put(place(tmp_path / "_posts", other.name, by), data)  # it came back, at the other place
    with run_of(tmp_path, by) as run:
        run.compare()
        assert run.earlier.missing == {}
    unknown.unlink()
    assert rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_EDITED": "keep"}) == (2, None)
    assert against_ledger(run_of(tmp_path, by)) == ([], set())


def test_leftovers_in_the_folders_of_months_are_cleared(tmp_path: Path) -> None:
    left = [put(tmp_path / root / "2022/01/.x-1.part") for root in ("_posts", "old_post")]
    mine = put(tmp_path / "_posts/2022/01/notes.part")
    with Run(tmp_path) as run:
        run.compare()
        assert [path for path in left if path.exists()] == []
    assert mine.exists()


def test_a_setting_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="FINEWS_POST_FOLDERS='week': say one or month"):
        run_of(tmp_path, "week")


def test_a_month_that_nobody_may_read_is_no_empty_one(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(posts / "2022/01" / NAME)
    with Run(posts.parent):
        pass
    opened = os.open

    def refusing(path: Path | str, flags: int, *args: int, **kwargs: int) -> int:
        if Path(path).name == "01":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(RunError) as refused, Run(posts.parent) as run:
        run.compare()
    assert refused.value.exit_code == exits.NOT_WRITABLE


def test_what_is_no_post_to_anybody_is_waited_for_by_nobody(posts: Path) -> None:
    post = put(posts / NAME)
    os.mkfifo(posts / "pipe.md")
    (posts / "link.md").symlink_to("pipe.md")
    (posts / "loop.md").symlink_to("loop.md")
    gbk = [os.fsdecode(name.encode("gbk")) + ".md" for name in ("新闻", "2022-01-14-新闻")]
    for name in gbk:
        put(posts / name)
    (posts / "dead.md").symlink_to("nowhere")
    assert listed(posts).keys() == {NAME, "link.md", "loop.md", "dead.md"}
    for name in ("pipe.md", "link.md", "loop.md"):
        with pytest.raises(OSError, match=r"no file|loop\.md|symbolic links"):
            contents(posts / name)
    assert away(posts, MONTH) == {post: posts / LIES_AT[MONTH]}
    with Run(posts.parent) as run:
        run.compare()
        unknown, _ = against_ledger(run)
        assert sorted(path.name for path, _ in unknown) == [NAME]
    told = dict(verify([posts])[1])
    assert {path.name for path in told} == {NAME, "pipe.md", "link.md", "loop.md", "dead.md", *gbk}
    named = [reason for path, reason in verify([posts])[1] if path.name in gbk]
    assert named.count("its name is not UTF-8: no run looks at it") == 2


@pytest.mark.parametrize(
    "command", [("verify",), ("search", "x"), ("stock", "600050"), ("export", "-"), ("site", "SITE"), ("doctor",)]
)
def test_a_name_of_before_utf8_keeps_no_command_from_its_work(command: tuple[str, ...], posts: Path) -> None:
    """Whose answer it is missing in, says so."""
    put(posts / NAME, made(replace(POST, body='<p><a href="//quote.eastmoney.com/unify/r/1.600050">甲</a></p>')).data)
    command = tuple(word.replace("SITE", str(posts.parent / "site")) for word in command)
    put(posts / os.fsdecode("2022-01-14-新闻.md".encode("gbk")))
    done = scrapy(*command, output=posts.parent)
    assert (done.code, done.err.count("surrogate")) == ({"verify": 9, "doctor": 9}.get(command[0], 0), 0), done.err
    assert (command[0] == "doctor") or "its name is not UTF-8" in done.out + done.err


def test_a_folder_of_which_the_disk_tells_nothing_is_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_dir", os.path.isdir)  # as it is since Python 3.14
    assert listed(tmp_path / "_posts") == {}
    put(tmp_path / "_posts" / "x" / "a.md")
    (tmp_path / "loop").symlink_to("loop")
    assert listed(tmp_path / "_posts" / "x" / "a.md") == listed(tmp_path / "loop") == {}
    with pytest.raises(OSError, match="too long"):
        listed(tmp_path / ("x" * 300))


def test_a_folder_that_nobody_may_look_into_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [*Versions(tmp_path).all(), *Quarantine(tmp_path).entries(), *check_stubs(tmp_path / "category")] == []

    def refused(folder: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    monkeypatch.setattr(Path, "iterdir", refused)
    for listing in (Versions(tmp_path).all, Quarantine(tmp_path).entries, partial(heads_before, tmp_path, "")):
        with pytest.raises(PermissionError):
            list(listing())
    with pytest.raises(PermissionError):
        check_versions(tmp_path)
    done = command(quarantine, tmp_path)
    done.needs_right_settings = False
    done.add_options(ArgumentParser(add_help=False))
    done.run(["list"], OPTIONS)
    assert done.exitcode == exits.NOT_WRITABLE
