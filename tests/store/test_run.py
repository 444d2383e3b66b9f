"""One way to the store: what is prepared anywhere is committed, booked and counted by the run."""

from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from run_scrapy import Crawl, scrapy
from store.samples import CODE, POST, made
from world import World

from crawler import exits
from crawler.assemble.outcome import Assembled
from crawler.exits import RunError
from crawler.reprocess.pool import Processes
from crawler.store.ledger import Ledger
from crawler.store.posts import PostStore
from crawler.store.run import MARK, Run


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


def enter(output: Path, *, invented: bool, ledger: str | None = None) -> None:
    run = Run(output, ledger)
    run.invented = invented
    with run:
        run.store([made(POST)])


@pytest.mark.parametrize("first", [True, False])
def test_a_folder_of_the_other_kind_is_refused(first: bool, tmp_path: Path) -> None:
    for _ in range(2):
        enter(tmp_path, invented=first)
    with pytest.raises(RunError, match=f"`rm -rf {tmp_path}/\\*` clears it") as error:
        enter(tmp_path, invented=not first)
    assert error.value.exit_code == exits.WRONG_USAGE
    assert (tmp_path / MARK).exists() is first


@pytest.mark.parametrize("first", [True, False])
def test_a_ledger_of_the_other_kind_is_refused(first: bool, tmp_path: Path) -> None:
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    enter(tmp_path / "one", invented=first, ledger=ledger)
    with pytest.raises(RunError, match="share no ledger"):
        enter(tmp_path / "two", invented=not first, ledger=ledger)
    assert not (tmp_path / "two" / MARK).exists()
    enter(tmp_path / "two", invented=first, ledger=ledger)


def test_a_first_run_whose_ledger_could_not_be_opened_left_no_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full, say: the next one is not told of articles that nobody has."""

    def full(url: str) -> Ledger:
        Ledger(url).close()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Run, "_Ledger", staticmethod(full))
        with pytest.raises(RunError, match="No space left"):
            enter(tmp_path, invented=True)
    enter(tmp_path, invented=True)


def test_posts_that_are_real_even_without_a_ledger(tmp_path: Path) -> None:
    enter(tmp_path, invented=False)
    (tmp_path / "state/ledger.sqlite").unlink()
    with pytest.raises(RunError, match="did not invent"):
        enter(tmp_path, invented=True)


@pytest.mark.long
def test_reprocessing_tells_them_apart_as_a_crawl_does(world: World, crawl: Crawl, tmp_path: Path) -> None:
    invented = ("-s", "FINEWS_INVENTED=1")
    done = crawl(world, *invented, "-s", "FINEWS_ARCHIVE=1")
    assert (done.code, "invented" in done.out) == (0, True)
    pages = str(done.output / "archive")
    real = scrapy("reprocess", pages, output=done.output)
    assert (real.code, f"`rm -rf {done.output}/*` clears it" in real.err) == (2, True)
    own = scrapy("reprocess", pages, *invented, output=done.output)
    assert (own.code, "invented" in own.out, own.posts()) == (0, True, done.posts())
    (done.output / "state/ledger.sqlite").unlink()
    assert scrapy("verify", "--rebuild", output=done.output).code == 0
    assert scrapy("reprocess", pages, *invented, output=done.output).code == 0
    assert scrapy("reprocess", pages, output=tmp_path / "real").code == 0
    assert scrapy("reprocess", pages, *invented, output=tmp_path / "real").code == 2
