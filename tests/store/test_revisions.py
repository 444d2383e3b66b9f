"""What becomes of an article's earlier post when another takes its place, wherever a kill stops it."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store.samples import CODE, POST, made

from crawler.assemble.outcome import Assembled
from crawler.items import OnDisk, Origin
from crawler.store import revisions
from crawler.store.history import Bytes, History
from crawler.store.outcomes import Outcomes
from crawler.store.posts import PostStore
from crawler.store.run import Run
from crawler.store.versions import Versions, read
from crawler.verify import rebuild

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Killed(BaseException):
    """A run ends at once."""


class Clock:
    """Days that tests count themselves."""

    day = 0

    def __call__(self) -> datetime:
        return BEGIN + timedelta(days=self.day)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(revisions, "now", clock)
    return clock


def told(body: str, *, origin: Origin = "share", page: str = "") -> Assembled:
    """A post of one page, which says this, be it made of it as it may."""
    sources = ((origin, (1, 1, 1, page or body), ("text", "title")),)
    return made(replace(POST, body=f"<p>{body}</p>", origin=origin, sources=sources))


def write(output: Path, one: Assembled) -> None:
    """What a run does, through either door."""
    with Run(output) as run:
        run.compare()
        assert one.post
        before: list[OnDisk] = run.posts.look(run.earlier.records([CODE]).values())
        run.store([replace(one, post=replace(one.post, on_disk=before[0] if before else None))])


def kept(output: Path) -> list[tuple[int, int, int, str, bytes]]:
    """The earlier posts: days of beginning and end, version, why, bytes."""
    found = Versions(output).of(CODE)
    assert len(found) == len([*(output / "versions").rglob("*.gz")])
    return [
        ((one.since - BEGIN).days if one.since else -1, (one.until - BEGIN).days, one.version, one.why, read(path))
        for one, path in found
    ]


def known(output: Path) -> Bytes:
    with Run(output) as run:
        return run.ledger.history([CODE])[CODE]


def test_each_reason_keeps_the_earlier_post_and_the_source_alone_makes_a_version(tmp_path: Path, clock: Clock) -> None:
    steps = [
        told("a", origin="finews-page"),
        told("b", page="b"),
        told("b made otherwise", page="b"),
        told("c"),
        told("c"),
    ]
    for clock.day, one in enumerate(steps):
        write(tmp_path, one)
    assert [(since, until, version, why) for since, until, version, why, _ in kept(tmp_path)] == [
        (0, 1, 1, "better-origin"), (1, 2, 1, "newer-cleaning"), (2, 3, 1, "source-changed"),
    ]  # fmt: skip
    assert [data for *_, data in kept(tmp_path)] == [made(one.post).data for one in steps[:3] if one.post]
    day = [BEGIN + timedelta(days=number) for number in range(4)]
    assert known(tmp_path)[2:] == (2, day[0], day[3], day[3])


STEPS = {
    "before the earlier post is put aside": (revisions.Revisions, "_put_aside"),
    "before it is noted": (History, "will_come"),
    "before the post is in place": (PostStore, "commit"),
    "before it is booked": (Outcomes, "written"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_kill_between_any_steps_loses_nothing_and_makes_nothing_twice(
    step: str, is_first: bool, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    if not is_first:
        write(tmp_path, told("a"))
    clock.day = 1
    with monkeypatch.context() as patched:
        patched.setattr(*STEPS[step], die)
        with pytest.raises(Killed):
            write(tmp_path, told("b"))
    clock.day = 2
    write(tmp_path, told("b"))
    came = 1 if step == "before it is booked" else 2
    assert [row[:4] for row in kept(tmp_path)] == ([] if is_first else [(0, came, 1, "source-changed")])
    found, time = known(tmp_path), BEGIN + timedelta(days=came)
    assert (found.version, found.since) == (1 if is_first else 2, time)
    assert found.first_seen == (time if is_first else BEGIN)
    clock.day = 3
    write(tmp_path, told("c"))  # it is nobody's edit
    assert [row[1:4] for row in kept(tmp_path)][-1] == (3, found.version, "source-changed")


def test_what_somebody_edited_is_no_version(tmp_path: Path, clock: Clock) -> None:
    write(tmp_path, told("a"))
    path = next((tmp_path / "_posts").iterdir())
    path.write_bytes(path.read_bytes().replace(b"<p>a", b"<p>mine"))
    with Run(tmp_path, keep_edited=False) as run:
        clock.day = 1
        run.compare()
        run.store([told("b")])
    assert kept(tmp_path) == []
    assert known(tmp_path)[2:] == (2, BEGIN, BEGIN + timedelta(days=1), BEGIN + timedelta(days=1))


def test_the_files_tell_a_new_ledger_what_they_can(tmp_path: Path, clock: Clock) -> None:
    for clock.day, text in enumerate("abc"):
        write(tmp_path, told(text))
    before = known(tmp_path)
    settings = {"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_EDITED": "keep"}
    rebuild(settings)
    assert known(tmp_path) == before
    shutil.rmtree(tmp_path / "state")
    rebuild(settings)
    assert known(tmp_path) == before
    shutil.rmtree(tmp_path / "state")
    clock.day = 9
    write(tmp_path, told("c"))  # a crawl without a rebuild
    assert known(tmp_path) == before
    shutil.rmtree(tmp_path / "state")
    shutil.rmtree(tmp_path / "versions")
    write(tmp_path, told("c"))
    assert known(tmp_path)[2:] == (1, None, None, None)  # never a guess


def test_a_post_whose_day_is_known_better_goes_on_under_its_new_name(tmp_path: Path, clock: Clock) -> None:
    write(tmp_path, told("a"))
    clock.day = 1
    one = told("a").post
    assert one
    write(tmp_path, made(replace(one, time="2022-01-15 00:00:00")))
    assert [path.name for path in (tmp_path / "_posts").iterdir()] == [f"2022-01-15-{CODE}.md"]
    assert [row[:3] for row in kept(tmp_path)] == [(0, 1, 1)]
    assert known(tmp_path).since == BEGIN + timedelta(days=1)


def test_the_note_of_a_post_that_takes_anothers_place_outlives_a_power_cut(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, levels = History._put, list[tuple[str, int]]()

    def watched(self: History, db: Any, table: Any, *rest: Any) -> None:
        levels.append((table.name, db.exec_driver_sql("PRAGMA synchronous").scalar()))
        put(self, db, table, *rest)

    monkeypatch.setattr(History, "_put", watched)
    for text in "ab":
        write(tmp_path, told(text))
    assert [level for name, level in levels if name == "coming"] == [1, 2]  # NORMAL, FULL
    assert {level for name, level in levels if name == "versions"} == {1}
