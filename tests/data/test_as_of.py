"""The archive as it was: at any time exactly what had been on disk by then, in the version of then."""

import copy
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from data.samples import archive, made, post

from crawler.assemble.outcome import Assembled
from crawler.data.as_of import of_then
from crawler.data.wish import Wish
from crawler.items import Security
from crawler.store import revisions
from crawler.store.history import Bytes
from crawler.store.run import Run
from crawler.store.versions import Kept, Versions
from crawler.verify import rebuild

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 25
pytestmark = pytest.mark.timeout(900)


def day(number: float) -> datetime:
    return BEGIN + timedelta(days=number)


def said(number: int, text: str, page: str) -> Assembled:
    sources = (("share", (1, 1, 1, page), ("text", "title")),)
    return made(post(number, title=f"题{text}", body=f"<p>{text}</p>", sources=sources))


def write(run: Run, made: list[Assembled]) -> None:
    before = {one.code: one for one in run.posts.look(run.earlier.records([one.code for one in made]).values())}
    run.store([replace(one, post=replace(one.post, on_disk=before.get(one.code))) for one in made if one.post])


class History:
    """200 articles that are found, changed by their source or made otherwise, and withdrawn, a run a day."""

    def __init__(self, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.output, dice = output, random.Random(18)
        self.told: dict[int, tuple[str, str, int]] = {}
        """By article: the text, the page that told it, the version: as they are now."""
        self.days: list[dict[int, tuple[str, int]]] = []
        """What was on disk at the end of each day."""
        for number in range(DAYS):
            monkeypatch.setattr(revisions, "now", lambda number=number: day(number))
            with Run(output) as run:
                run.compare()
                some = dice.sample(range(200), 30)
                for article in [one for one in some if one in self.told and dice.random() < 0.2]:
                    run.withdrawn("404", said(article, *self.told[article][:2]).code)
                    some.remove(article)
                for article in some:
                    self._change(article, dice.random(), number)
                write(run, [said(article, *self.told[article][:2]) for article in some])
            self.days.append({article: (text, version) for article, (text, _, version) in self.told.items()})

    def _change(self, article: int, luck: float, number: int) -> None:
        text, page, version = self.told.get(article, ("", "", 0))
        if version and luck < 0.4:
            text = f"{text} 新"  # made otherwise of the same page
        else:
            text, page, version = f"{number}", f"{number}", version + 1
        self.told[article] = text, page, version

    def at(self, moment: datetime) -> dict[int, tuple[str, int]]:
        found = archive(self.output).articles(Wish(as_of=moment))
        return {int(one.code[-4:]): (one.text, one.version) for one in found if one.title == f"题{one.text}"}


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> History:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return History(tmp_path_factory.mktemp("history"), monkeypatch)


@pytest.fixture
def history(made_once: History, tmp_path: Path) -> History:
    shutil.copytree(made_once.output, tmp_path, dirs_exist_ok=True)
    mine = copy.copy(made_once)
    mine.output = tmp_path
    return mine


@pytest.mark.long
def test_every_time_of_a_long_history(history: History, tmp_path: Path) -> None:
    assert sum(version > 1 for _, _, version in history.told.values()) > 50
    times = [number + part for number in range(DAYS) for part in (0, 0.99)]
    assert len(times) == 50
    for time in times:
        assert history.at(day(time)) == history.days[int(time)], time
    assert history.at(BEGIN - timedelta(seconds=1)) == {}
    now = {int(one.code[-4:]): (one.text, one.version) for one in archive(tmp_path).articles()}
    assert now == history.days[-1]
    removed = [path for _, kept in Versions(tmp_path).all() for one, path in kept if one.why != "source-changed"]
    assert removed
    for path in removed:
        path.unlink()
    for time in times[::5]:  # of a version of which less is kept, what is kept: the source said the same
        found, then = history.at(day(time)), history.days[int(time)]
        assert {article: version for article, (_, version) in found.items()} == {a: v for a, (_, v) in then.items()}


@pytest.mark.long
def test_without_a_ledger_what_files_tell_and_the_rest_is_counted(history: History, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "state")
    for step in ("without", "made anew"):
        if step == "made anew":
            rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_EDITED": "keep"})
        changed = {int(code[-4:]) for code, _ in Versions(tmp_path).all()}
        assert 50 < len(changed) < 200
        for time in (0, 9.5, DAYS):
            data = archive(tmp_path)
            found = {int(one.code[-4:]): (one.text, one.version) for one in data.articles(Wish(as_of=day(time)))}
            then = history.days[min(int(time), DAYS - 1)]
            assert found == {article: told for article, told in then.items() if article in changed}
            assert data.untold == len(history.told) - len(changed)
        assert all(
            (one.first_seen is None) == (int(one.code[-4:]) not in changed) for one in archive(tmp_path).articles()
        )


def test_what_lists_said_later_was_not_known(tmp_path: Path) -> None:
    one = post(1, body="<p>1</p>", listed=(Security("1.600519", "list", "贵州茅台"),))
    with Run(tmp_path) as run:
        run.store([made(one)])
        before = datetime.now(UTC) + timedelta(seconds=1)
    (then,) = archive(tmp_path).articles(Wish(as_of=before))
    assert [mention.secid for mention in then.securities] == ["1.600519"]
    with Run(tmp_path) as run:
        db = run.ledger._connection
        with db.begin():
            db.exec_driver_sql("UPDATE securities SET seen = '2999-01-01T00:00:00+00:00'")
    (then,) = archive(tmp_path).articles(Wish(as_of=before))
    assert then.securities == ()


def test_the_post_that_is_being_replaced_is_there_until_another_is(tmp_path: Path) -> None:
    now = Bytes("NW1", "a" * 64, 2, day(0), day(2), day(2))
    first = kept(0, 2, 1, "b")
    aside = kept(2, 3, 2, "a")  # a run has put it aside, and not yet put another in its place
    assert of_then([first, aside], now, day(5)) == now
    assert of_then([first, aside], now, day(1)) == first
    assert of_then([first, aside], None, day(2)) == aside
    assert of_then([first, aside], None, day(5)) is None  # its article has another code now


def kept(since: float, until: float, version: int, digest: str) -> Kept:
    return Kept(
        code="NW1", since=day(since), until=day(until), version=version, origin="share", why="source-changed",
        checksum=digest * 8,
    )  # fmt: skip


def test_a_version_that_is_lost_is_no_later_one(tmp_path: Path) -> None:
    now = Bytes("NW1", "c" * 64, 3, day(0), day(4), day(4))
    assert of_then([], now, day(2)) is None  # of the first two nothing is kept
    assert of_then([kept(2, 4, 2, "b")], now, day(1)) is None
    assert of_then([kept(2, 4, 2, "b")], now, day(3)) == kept(2, 4, 2, "b")
