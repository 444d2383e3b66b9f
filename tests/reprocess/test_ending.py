"""The end of a reprocessing: what was made is stored whatever breaks it off, and its report and page tell how it ended."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import given
from run_scrapy import scrapy
from store.samples import POST, made
from world import Site

from crawler import exits
from crawler.assemble.outcome import Assembled
from crawler.items import Article, Post
from crawler.progress import Progress
from crawler.reprocess.batching import with_records
from crawler.reprocess.ending import STORED_AT_ONCE, report_of, store_all
from crawler.reprocess.finished import Finished
from crawler.reprocess.noted import Noted
from crawler.reprocess.reading import ReportLine
from crawler.reprocess.spool import Spool
from crawler.reprocess.steps import Work
from crawler.store.run import Run


def test_a_folder_of_posts_that_refuses(sample: Site, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    for name, data in sample.posts().items():
        (tmp_path / "saved" / name).write_bytes(data)
    output = tmp_path / "output"
    output.mkdir()
    (output / "category").write_bytes(b"no folder")
    done = scrapy("reprocess", str(tmp_path / "saved"), "--workers", "2", output=output)
    assert done.code == 7
    assert done.err.splitlines()[-1].startswith(f"scrapy reprocess: cannot write below {output}")
    (path,) = (output / "reports").glob("*.json")
    report = json.loads(path.read_bytes())
    assert report["exit_code"] == 7
    assert f"Exit {report['exit_code']}: " in (output / "reports/latest.html").read_text("utf-8")
    (output / "category").unlink()
    again = scrapy("reprocess", str(tmp_path / "saved"), "--workers", "2", output=output)
    assert again.code == 0
    assert set(again.posts()) == set(sample.posts())


@contextmanager
def _running(folder: Path) -> Iterator[tuple[Run, Noted, Progress, Finished]]:
    with Run(folder) as run:
        noted = Noted(folder / "state")
        finished = Finished(run, given(), Spool(folder / "state"), [folder])
        yield run, noted, Progress(run, "quiet", lambda: noted.articles), finished
        noted.close()


def _post(number: int) -> Post:
    return replace(POST, code=f"NW2022011422481{number:05}")


def _batches(run: Run, count: int) -> Iterator[tuple[list[Work], list[Assembled]]]:
    for number in range(count):
        one = made(_post(number))
        run.posts.prepare(one)
        yield [Work(one.code.removeprefix("NW"), [], [], [])], [one]


def test_an_interrupt_costs_nothing_that_was_made(tmp_path: Path) -> None:
    def interrupted(run: Run) -> Iterator[tuple[list[Work], list[Assembled]]]:
        yield from _batches(run, 3)
        raise KeyboardInterrupt

    with _running(tmp_path) as (run, noted, progress, finished):
        with pytest.raises(KeyboardInterrupt):
            store_all(run, interrupted(run), noted, progress, finished)
        assert {*run.outcomes.values()} == {"written"}
        assert len([*(tmp_path / "_posts").iterdir()]) == 3
        assert report_of(run, noted, exits.INTERRUPTED, 0)["exit_code"] == exits.INTERRUPTED


def test_what_comes_within_a_second_is_stored_together(tmp_path: Path) -> None:
    with _running(tmp_path) as (run, noted, progress, finished):
        stored = []

        def watched() -> Iterator[tuple[list[Work], list[Assembled]]]:
            for both in _batches(run, STORED_AT_ONCE + 2):
                stored.append(len(run.outcomes))
                yield both

        store_all(run, watched(), noted, progress, finished)
        assert len(run.outcomes) == STORED_AT_ONCE + 2
        assert len({*stored}) < 20  # a slow machine stores once a second


def test_an_article_that_is_lost_already_is_not_stored_but_what_a_list_said_of_it_is_kept(tmp_path: Path) -> None:
    post = _post(1)
    listed = Article(code=post.code, origin="list", title="题")
    with _running(tmp_path) as (run, noted, progress, finished):
        run.lost_article(post.code, "truncated", ReportLine("saved/x.html", "quarantined").named())
        one = Assembled(post.code, "quarantined", "no body", unused=(listed,))
        store_all(run, [([Work(post.code.removeprefix("NW"), [], [], [])], [one])], noted, progress, finished)
        assert run.article_reasons[post.code] == "truncated"
        assert run.ledger.kept([post.code]) == {post.code: [listed]}


def test_what_was_stored_is_marked_and_what_is_lost_is_tried_again(tmp_path: Path) -> None:
    with _running(tmp_path) as (run, noted, progress, finished):
        run.lost_article(_post(1).code, "truncated", ReportLine("saved/x.html", "quarantined").named())
        store_all(run, _batches(run, 2), noted, progress, finished)
        later = Finished(run, given(), Spool(tmp_path / "state"), [tmp_path])
        works = [with_records(run, [(_post(number).code.removeprefix("NW"), [])]) for number in (0, 1)]
        assert [[one.code for one in later.made(work) or ()] for work in works] == [[_post(0).code], []]


def _line(outcome: str = "read", *, is_page: bool = True, codes: tuple[str, ...] = ()) -> ReportLine:
    return ReportLine("saved/x.html", outcome, "" if codes else "why", [*codes], is_page=is_page)


@pytest.mark.parametrize(
    ("lines", "exit_code", "end"),
    [
        ([], exits.OK, exits.NOTHING_FETCHED),
        ([_line("out_of_scope", is_page=False)], exits.OK, exits.NOTHING_FETCHED),
        ([_line("out_of_scope")], exits.OK, exits.OK),
        ([_line(), _line("quarantined", is_page=False)], exits.OK, exits.IN_QUARANTINE),
        ([_line("quarantined", is_page=False)], exits.OK, exits.IN_QUARANTINE),
        ([_line("quarantined")], exits.INTERNAL_ERROR, exits.INTERNAL_ERROR),
    ],
)
def test_how_a_run_ends_is_told_by_what_there_was(
    lines: list[ReportLine], exit_code: int, end: int, tmp_path: Path
) -> None:
    with _running(tmp_path) as (run, noted, _, __):
        noted.add([(line, []) for line in lines])
        report = report_of(run, noted, exit_code, 7)
        assert (report["exit_code"], report["inputs_remembered"], len(report["inputs"])) == (end, 7, len(lines))


def test_a_line_has_the_outcome_of_its_article_under_either_spelling(tmp_path: Path) -> None:
    with _running(tmp_path) as (run, noted, progress, finished):
        store_all(run, _batches(run, 1), noted, progress, finished)
        digits = _post(0).code.removeprefix("NW")
        noted.add([(_line(codes=(code,)), []) for code in (digits, f"NW{digits}", "202201142248199999")])
        told = report_of(run, noted, exits.OK, 0)["inputs"]
        assert [line["outcome"] for line in told] == ["written", "written", "read"]
