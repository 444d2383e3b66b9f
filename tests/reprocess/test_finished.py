"""What a run on a cluster marks: a rerun does what is missing or changed, and nothing else. (The cluster is this process.)"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from crawling import given
from postgres_server import new_database
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import reprocess_here
from torture.output_checks import Tree, differences, leftovers, mtimes, tree

from crawler.exits import RunError
from crawler.reprocess import Engine, cluster
from crawler.reprocess.pool import Awaited, Pool
from crawler.store.run import Run

ARTICLES = 150
DASK = Engine(dask="local")


@dataclass
class Archive:
    """Saved pages, and runs over them."""

    saved: Path
    output: Path
    did: Counter[str]
    ledger: str | None = None
    dies_after: list[int] = field(default_factory=list)
    """Of the next run: batches that are done until its process is killed."""

    def run(self, engine: Engine = DASK, *paths: Path, **changed: Any) -> dict[str, Any]:
        self.did.clear()
        with Run(self.output, self.ledger, keep_edited=changed.get("FINEWS_EDITED") != "overwrite") as run:
            return reprocess_here(paths or (self.saved,), run, given(**changed), engine)

    @property
    def plain(self) -> Tree:
        """What one process makes of the pages as they are now."""
        output = self.output.with_name(f"plain-{os.urandom(4).hex()}")
        Archive(self.saved, output, Counter()).run(Engine())
        return tree(output)


class Killed(BaseException):
    """In place of a SIGKILL."""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.chdir(tmp_path)  # where a batch ends is told by its files' paths as they are spelled
    made = Archive(Path("saved"), tmp_path / "out", Counter())

    class Counting(Pool[Any]):
        most = 3

        def __init__(self, _address: str, _order: object, tools: Any, _workers: int) -> None:
            super().__init__(tools)

        def _submit(self, function: Callable[[Any, Any], Any], batch: Any) -> Awaited[Any]:
            if made.dies_after and made.did.total() == made.dies_after[0]:
                made.dies_after.clear()
                raise Killed
            made.did[function.__name__] += 1
            return super()._submit(function, batch)

    monkeypatch.setattr(cluster, "Cluster", Counting)
    for n in range(ARTICLES):
        _save(made.saved, Art(n))
    return made


def _save(folder: Path, art: Art) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{art.n}.html").write_text(makers.desktop(art))
    (folder / f"NW{art.id}.json").write_text(makers.news_text(art))


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    names = ("found", "quarantined", "out_of_scope", "exit_code", "counts", "reasons")
    return [one[name] for name in names] == [other[name] for name in names] and len(one["inputs"]) == len(
        other["inputs"]
    )


def test_a_rerun_does_nothing_and_tells_all(archive: Archive) -> None:
    first = archive.run()
    assert (first["written"], first["exit_code"]) == (ARTICLES, 0)
    assert archive.did["read_inputs"] > 3
    assert archive.did["assemble"] > 3
    assert differences(tree(archive.output), archive.plain) == {}
    times = mtimes(archive.output)
    again = archive.run()
    assert (archive.did.total(), again["unchanged"]) == (0, ARTICLES)
    assert _same(again, first)
    assert {line["outcome"] for line in again["inputs"]} == {"unchanged"}
    assert (mtimes(archive.output), leftovers(archive.output)) == (times, [])


@pytest.mark.long
@pytest.mark.parametrize("after", [1, 4, 7, 9])
def test_after_a_kill_what_was_under_way_is_done_again_and_no_more(archive: Archive, after: int) -> None:
    archive.dies_after.append(after)
    with pytest.raises(Killed):
        archive.run()
    did = archive.did.copy()
    archive.run()
    once = archive.did + did
    assert differences(tree(archive.output), archive.plain) == {}
    shutil.rmtree(archive.output)
    archive.run()
    assert did.total() == after < archive.did.total()
    assert once.total() - archive.did.total() <= 3, "at most those under way"


def test_what_was_changed_is_read_again(archive: Archive) -> None:
    archive.run()
    file = archive.saved / f"NW{Art(7).id}.json"
    before = file.stat()
    file.write_text(file.read_text().replace("分析人士", "业内人士"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    plain = archive.output.with_name("plain")
    shutil.copytree(archive.output, plain)
    report = archive.run()
    assert archive.did["read_inputs"] == 1
    assert archive.did["assemble"] > 0
    assert (report["found"], report["exit_code"]) == (ARTICLES, 0)
    Archive(archive.saved, plain, Counter()).run(Engine())
    assert differences(tree(archive.output), tree(plain)) == {}
    archive.run()
    assert archive.did.total() == 0


def test_one_more_file_changes_one_batch(archive: Archive) -> None:
    archive.run()
    _save(archive.saved, Art(ARTICLES))
    report = archive.run()
    assert archive.did["read_inputs"] <= 2
    assert (report["written"], report["unchanged"]) == (1, ARTICLES)
    assert differences(tree(archive.output), archive.plain) == {}


def test_a_file_that_is_gone_tells_nothing_any_more(archive: Archive) -> None:
    archive.run()
    for name in ("7.html", f"NW{Art(7).id}.json"):
        (archive.saved / name).unlink()
    report = archive.run()
    assert (report["found"], report["exit_code"]) == (ARTICLES - 1, 0)
    assert len(report["inputs"]) == 2 * ARTICLES - 2


def test_a_post_that_was_deleted_is_made_again(archive: Archive) -> None:
    archive.run()
    wanted = tree(archive.output)
    (archive.output / "_posts" / Art(7).file).unlink()
    report = archive.run()
    assert archive.did == {"assemble": 1}
    assert (report["written"], report["exit_code"]) == (1, 0)
    assert differences(tree(archive.output), wanted) == {}


def test_an_edited_post_stays_and_is_made_again_if_that_is_wanted(archive: Archive) -> None:
    archive.run()
    wanted = tree(archive.output)
    file = archive.output / "_posts" / Art(7).file
    file.write_bytes(file.read_bytes() + b"<p>mine</p>")
    for done in (1, 0):
        report = archive.run()
        assert (archive.did["assemble"], report["edited_by_hand"]) == (done, [file.name])
        assert file.read_bytes().endswith(b"<p>mine</p>")
    archive.run(FINEWS_EDITED="overwrite")
    assert differences(tree(archive.output), wanted) == {}


def test_other_settings_make_all_anew_and_others_nothing(archive: Archive) -> None:
    archive.run()
    archive.run(FINEWS_LANG="zh", FINEWS_VERBOSITY="quiet")
    assert archive.did.total() == 0
    archive.run(FINEWS_CLEANING="source")
    done = archive.did.copy()
    shutil.rmtree(archive.output)
    archive.run(FINEWS_CLEANING="source")
    assert archive.did == done


def test_what_cannot_be_read_is_tried_again_and_what_is_wrong_is_not(archive: Archive) -> None:
    (archive.saved / "cut.zip").write_bytes(b"PK\3\4" + b"x" * 99)
    (archive.saved / f"NW{Art(900).id}.json").write_text(makers.news_text(Art(900)))
    (archive.saved / f"NW{Art(901).id}.json").write_text("{}")
    first = archive.run()
    assert (first["exit_code"], first["quarantined"]) == (5, 2)
    again = archive.run()
    assert archive.did == {"read_inputs": 1}
    assert _same(again, first)
    (archive.saved / "cut.zip").unlink()
    (archive.saved / "900.html").write_text(makers.desktop(Art(900)))
    assert archive.run()["quarantined"] == 1
    assert differences(tree(archive.output), archive.plain) == {}


def test_what_pages_said_is_read_anew_where_it_is_gone(archive: Archive) -> None:
    archive.run()
    shutil.rmtree(archive.output / "state" / "read")
    (archive.output / "_posts" / Art(7).file).unlink()
    assert archive.run()["written"] == 1
    assert archive.did["assemble"] == 1
    assert archive.did["read_inputs"] > 3


def test_a_plain_run_between_changes_nothing(archive: Archive) -> None:
    archive.run()
    archive.run(Engine())
    archive.run()
    assert archive.did.total() == 0


def test_what_a_run_has_no_use_for_is_forgotten(archive: Archive) -> None:
    archive.run()
    other = Path("other")
    _save(other, Art(500))
    archive.run(DASK, other)
    assert len(list((archive.output / "state" / "read").glob("spool*"))) == 1
    archive.run(DASK, archive.saved, other)
    assert archive.did["read_inputs"] > 3
    assert archive.did["assemble"] > 3, "posts are made again, and are as they were"


@pytest.mark.parametrize("server", [False, True], ids=["sqlite", "postgresql"])
def test_folders_that_share_a_ledger_have_marks_of_their_own(archive: Archive, server: bool, tmp_path: Path) -> None:
    archive.ledger = new_database() if server else f"sqlite:///{tmp_path}/shared.sqlite"
    other = Archive(tmp_path / "other", tmp_path / "out2", archive.did, archive.ledger)
    _save(other.saved, Art(500))
    for one, articles, done in (
        (archive, ARTICLES, False),
        (other, 1, False),
        (archive, ARTICLES, True),
        (other, 1, True),
    ):
        report = one.run(DASK, one.saved)
        assert (report["unchanged" if done else "written"], one.did.total() == 0) == (articles, done)


def test_nobody_marks_what_an_error_broke_off(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Run.store

    def fails(run: Run, done: Any) -> None:
        store(run, done[:10])
        raise RunError("full", 7)

    with monkeypatch.context() as patch:
        patch.setattr(Run, "store", fails)
        assert archive.run()["exit_code"] == 7
    archive.run()
    assert (archive.did["read_inputs"], archive.did["assemble"] > 3) == (0, True)
    assert differences(tree(archive.output), archive.plain) == {}
