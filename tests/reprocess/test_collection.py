"""A hostile collection of saved files gives exactly the articles in it, and a reason for everything else."""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from forked_scrapy import Done
from full_or_small import size
from reprocess.collection import Collection, make
from reprocess.makers import Art
from reprocess.running import posts, report, reprocess
from torture.output_checks import mtimes

from crawler import kline
from crawler.items import Post

pytestmark = pytest.mark.long


@dataclass
class Outcome:
    it: Collection
    ended: Done
    posts: dict[str, Post]
    report: dict[str, Any]
    before: dict[str, tuple[int, int]]
    after: dict[str, tuple[int, int]]

    @property
    def lines(self) -> dict[str, tuple[str, str]]:
        top = f"{self.it.root}/"
        return {i["path"].removeprefix(top): (i["outcome"], i["reason"]) for i in self.report["inputs"]}


def _snapshot(top: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder with its time and size, but for those of the output."""
    found = {}
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if Path(folder, name) != top / "out"]
        for name in (*folders, *files):
            status = Path(folder, name).lstat()
            found[os.fsencode(Path(folder, name)).hex()] = (status.st_mtime_ns, status.st_size)
    return found


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    top = tmp_path_factory.mktemp("hostile")
    (top / "tmp").mkdir()
    it = make(top / "a" / "b" / "c" / "saved")
    before = _snapshot(top)
    args = ("-s", "FINEWS_CLEANING=source", "--workers", "2")
    ended = reprocess(top / "out", it.root, *args, env={"TMPDIR": str(top / "tmp")})
    yield Outcome(it, ended, posts(top / "out"), report(top / "out"), before, _snapshot(top))
    (it.root / "names/secret.html").chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_it_is_a_large_collection(outcome: Outcome) -> None:
    assert outcome.it.files >= 90


def test_exactly_the_articles_in_it_come_out(outcome: Outcome) -> None:
    assert sorted(outcome.posts) == sorted(outcome.it.arts)


def test_titles_times_tags_and_bodies_are_right(outcome: Outcome) -> None:
    wrong = []
    for name, art in outcome.it.arts.items():
        post = outcome.posts[name]
        if (post.title, post.time, post.tag) != (art.name, art.time, f"{art.medium}新闻"):
            wrong.append((name, post.title, post.time, post.tag))
        if name not in outcome.it.pictures and post.body != _body(art):
            wrong.append((name, post.body, art.body))
    assert wrong == []


def _body(art: Art) -> str:
    if art.medium == "香港經濟日報":  # a page in Big5 spells what Big5 lacks as references
        return art.body.replace("来源", "來源").encode("big5hkscs", "xmlcharrefreplace").decode("big5hkscs")
    return "<p>plain words</p>" if art.medium == "Reuters" else art.body


def test_pictures_of_every_generation_are_understood(outcome: Outcome) -> None:
    found = {name: [k.secid for k in kline.find(outcome.posts[name].body)] for name in outcome.it.pictures}
    assert found == {name: [secid] for name, secid in outcome.it.pictures.items()}


def test_every_file_is_in_one_line_with_a_fitting_reason(outcome: Outcome) -> None:
    repeated = [path for path, n in Counter(i["path"] for i in outcome.report["inputs"]).items() if n > 1]
    assert repeated == []
    found = outcome.lines
    assert sorted(found) == sorted(_with_bomb_members(outcome.it, found))
    for path, (ending, words) in outcome.it.lines.items():
        assert found[path][0] == ending, (path, found[path])
        assert words in found[path][1], (path, found[path])
    assert not [
        path for path, (ending, reason) in found.items() if ending in ("quarantined", "out_of_scope") and not reason
    ]


def _with_bomb_members(it: Collection, found: dict[str, tuple[str, str]]) -> set[str]:
    """What is read of a nested bomb before it is found out is in the report, too."""
    return it.lines.keys() | {path for path in found if path.startswith("bombs/nested.zip!")}


def test_the_exit_code_and_the_sums_are_honest(outcome: Outcome) -> None:
    assert outcome.ended.code == 5, outcome.ended.err
    assert "Traceback" not in outcome.ended.err
    told = outcome.report
    assert told["exit_code"] == 5
    assert told["written"] == len(outcome.it.arts)
    assert told["found"] == sum(told[name] for name in ("written", "unchanged", "quarantined", "out_of_scope"))
    assert told["counts"]["merge/disagreeing"] >= 1


def test_nothing_is_written_outside_the_output_folder(outcome: Outcome) -> None:
    assert outcome.after == outcome.before


def test_time_and_memory_are_bounded(outcome: Outcome) -> None:
    print(f"{outcome.ended.seconds:.1f} s, {outcome.ended.peak / 2**20:.0f} MB")
    assert outcome.ended.seconds < size(90, 40)
    assert outcome.ended.peak < 400 * 2**20


def test_the_good_ones_alone_exit_0_and_a_later_run_touches_nothing(outcome: Outcome, tmp_path: Path) -> None:
    lost = {path.split("!")[0] for path, (ending, _) in outcome.lines.items() if ending == "quarantined"}
    good = [p for p in outcome.it.root.rglob("*") if p.is_file() and not p.is_symlink()]
    good = [p for p in good if str(p.relative_to(outcome.it.root)) not in lost and os.fsencode(p).isascii()]
    assert len(good) > 50
    times = []
    for wanted in ("written", "unchanged"):
        ended = reprocess(tmp_path / "out", *good)
        assert ended.code == 0, ended.out
        told = report(tmp_path / "out")
        assert told[wanted] == told["found"] - told["out_of_scope"] > 50
        times.append(mtimes(tmp_path / "out"))
    assert times[0] == times[1]
