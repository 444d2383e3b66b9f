"""One way to the store: what is prepared anywhere is committed, booked and counted by the run."""

from dataclasses import replace
from pathlib import Path
from time import sleep

from store.samples import CODE, POST, made

from crawler.assemble.outcome import Assembled
from crawler.reprocess.pool import Processes
from crawler.store.posts import PostStore
from crawler.store.run import Run


def prepared(posts: PostStore, one: Assembled) -> Assembled:
    posts.prepare(one)
    return one


def test_ids_sort_as_the_runs_began(tmp_path: Path) -> None:
    ids = [Run(tmp_path).id for _ in range(200) if not sleep(0.0001)]
    assert ids == sorted(set(ids)), "two of a second, too: what is newest by name is newest"


def test_posts_of_workers_and_of_this_process_are_stored_alike(tmp_path: Path) -> None:
    other = replace(POST, code="202201142248170579", kind="emnews", digest="摘要")
    with Run(tmp_path) as run:
        second = made(other)
        worker = Processes(run.posts, 1)
        ((_, first),) = worker.each(prepared, [made(POST)])
        worker.close(at_once=False)
        assert (first.data, first.post and first.post.body) == (b"", "")
        assert not (tmp_path / "_posts" / first.file).exists()
        run.store([first, second])
        assert {path.name for path in (tmp_path / "_posts").iterdir()} == {first.file, second.file}
        assert {(one.code, one.file) for one in run.ledger.files(file for file, _ in run.ledger.stamps())} == {
            (CODE, first.file),
            (other.code, second.file),
        }
        again = made(POST)
        run.store([again])
        assert (again.outcome, run.outcomes) == ("unchanged", {CODE: "unchanged", other.code: "written"})
        assert run.counts["origin/share"] == 3
    assert not (tmp_path / "state/parts").exists()
