"""What becomes of an article is booked with its file, its entry in quarantine and its row, in every order of runs."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from store.samples import CODE, POST, SITE, listed_article, made, record_list, written_post

from crawler import exits
from crawler.assemble.outcome import Assembled
from crawler.exits import RunError
from crawler.items import Article, Page
from crawler.store.engine import LedgerError
from crawler.store.run import Run
from crawler.store.tables import FILTERED, LOST

OTHER = CODE.removeprefix("NW")
ITEM = replace(POST, code=OTHER, kind="emnews", digest="摘要")


def test_a_post_whose_day_is_known_better_moves(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.store([made(replace(POST, time="2022-01-13 00:00:00"))])
        run.store([made(POST)])
        assert [path.name for path in (tmp_path / "_posts").iterdir()] == [f"2022-01-14-{CODE}.md"]
        assert run.counts["posts/moved"] == 1


def test_a_post_of_another_day_that_no_ledger_knows_gives_way_where_edits_do(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.store([made(replace(POST, time="2022-01-13 00:00:00"))])
    shutil.rmtree(tmp_path / "state")
    with Run(tmp_path, keep_edited=False) as run:
        run.compare()
        run.store([made(POST)])
        assert [path.name for path in (tmp_path / "_posts").iterdir()] == [f"2022-01-14-{CODE}.md"]


def test_an_edited_post_under_the_other_spelling_gives_way_where_edits_do(tmp_path: Path) -> None:
    """As it does where nobody edited it: a list of East Money's alone had told of it."""
    posts = tmp_path / "_posts"
    told = (("article-api", (0, 7, 7, "a"), ("title", "text")),)
    with Run(tmp_path) as run:
        run.store([first := made(replace(POST, origin="article-api", sources=told))])
    (posts / first.file).write_bytes((posts / first.file).read_bytes() + b" mine")
    with Run(tmp_path, keep_edited=False) as run:
        run.compare()
        run.store([item := made(ITEM)])
        assert ([path.name for path in posts.iterdir()], run.ledger.states()) == ([item.file], {OTHER: "written"})


def test_a_file_that_the_ledger_has_under_two_codes_is_not_taken_for_moved(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.store([item := made(ITEM)])
        run.ledger.left_alone([Assembled(CODE, "unchanged", file=item.file)])
        run.store([made(replace(ITEM, body="<p>2</p>", replaces=(CODE,)))])
        assert [path.name for path in (tmp_path / "_posts").iterdir()] == [item.file]
        assert run.ledger.states() == {OTHER: "written"}


def test_a_code_that_stands_for_a_rejection_and_a_post_is_the_post_s(tmp_path: Path) -> None:
    rejected = Assembled(CODE, "quarantined", "no title", page=Page(url="", body=b"raw"))
    with Run(tmp_path) as run:
        run.store([rejected])
        assert [entry.reason for entry in run.quarantine.entries()] == ["no title"]
        run.store([made(POST), rejected])
        assert (run.outcomes, run.ledger.states()) == ({CODE: "written"}, {CODE: "written"})
        assert not list(run.quarantine.entries())
        assert run.counts["quarantine/resolved"] == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [(OSError(28, "No space left on device"), exits.NOT_WRITABLE), (LedgerError("no"), exits.INTERNAL_ERROR)],
)
def test_what_disk_or_ledger_refuse_is_the_error_that_ends_the_run(error: Exception, code: int, tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        with pytest.raises(RunError) as first, run.writing():
            raise error
        with pytest.raises(RunError) as second, run.writing():
            raise OSError("another")
        assert first.value.exit_code == code
        assert run.fatal is first.value is second.value, "the first is the reason"


def test_an_article_that_the_site_has_no_more_keeps_its_post_and_is_told_once(tmp_path: Path) -> None:
    for told in ([CODE], []):
        with Run(tmp_path) as run:
            if told:
                run.store([written_post()])
            run.withdrawn("文章不存在", CODE, OTHER)
            assert (run.outcomes, run.notes["withdrawn"]) == ({CODE: "unchanged"}, told)
            assert run.counts["articles/withdrawn"] == 1
            assert run.counts["articles/withdrawn_unseen"] == 0
            assert [*(tmp_path / "_posts").iterdir()]


def test_one_that_nobody_has_seen_is_out_of_scope_and_one_whose_post_is_gone_is_lost(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        record_list(run.ledger, listed_article())
        run.withdrawn("文章不存在", CODE, OTHER)
        assert run.outcomes == {CODE: "out_of_scope"}
        assert run.counts["articles/withdrawn_unseen"] == 1
        run.store([written_post()])
    next((tmp_path / "_posts").iterdir()).unlink()
    with Run(tmp_path) as run:
        run.compare()
        assert run.still_missing() == {CODE}
        run.out_of_scope(CODE, f"{FILTERED}older than asked for")
        assert run.still_missing() == {CODE}, "whatever this run is for"
        run.withdrawn("文章不存在", CODE, OTHER)
        assert run.outcomes == {CODE: "quarantined"}
        assert run.article_reasons[CODE] == f"{LOST}文章不存在"
        assert run.still_missing() == set()


def test_what_is_put_aside_has_the_title_and_address_of_its_list_and_goes_with_the_post(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        record_list(run.ledger, listed_article("联通&amp;推进"))
        run.quarantined(CODE, "HTTP status 404")
        (entry,) = run.quarantine.entries()
        assert (entry.title, entry.url, entry.reason) == ("联通&推进", listed_article().url, "HTTP status 404")
        assert [told["id"] for told in run.failed] == [CODE]
        run.store([written_post()])
        assert [*run.quarantine.entries()] == []


def test_a_page_that_names_no_article_is_put_aside_under_its_address_and_is_no_article(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        url = "http://x/category/tech.html"
        run.lost_list(url, "HTTP status 500", Page(url=url, body=b""))
        assert (run.outcomes, run.reasons["HTTP status 500"], run.counts["lists/failed"]) == ({}, 1, 1)
        (entry,) = run.quarantine.entries()
        assert entry.url == "http://x/category/tech.html"
        run.lost_article(CODE, "truncated", Page(url="", body=b"", source="/saved/x.html"))
        assert (run.outcomes, run.article_reasons) == ({CODE: "quarantined"}, {CODE: "truncated"})
        run.resolved("http://x/category/tech.html")
        run.resolved("never put aside")
        assert [entry.id for entry in run.quarantine.entries()] == [CODE]
        assert run.counts["quarantine/resolved"] == 1


def test_what_was_put_aside_under_the_other_spelling_goes_with_the_post_unless_a_list_names_it(tmp_path: Path) -> None:
    for listed in (False, True):
        output = tmp_path / f"{listed}"
        with Run(output) as run:
            if listed:
                record_list(run.ledger, listed_article(code=OTHER))
            run.ledger.keep({OTHER: [Article(code=OTHER, origin="share", text="<p>1</p>")]})
            run.quarantine.add(OTHER, "no title")
            run.store([written_post()])
            assert [entry.id for entry in run.quarantine.entries()] == [OTHER] * listed
            assert bool(run.ledger.kept([OTHER])) == listed


def test_a_post_takes_the_place_of_one_that_is_gone_under_the_other_spelling(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.store([made(replace(ITEM, sources=(("list", (1, 1, 1, "a"), ("title", "time")),)))])  # none told the kind
    for path in (tmp_path / "_posts").iterdir():
        path.unlink()
    with Run(tmp_path) as run:
        run.compare()
        run.store([written_post()])
        assert (run.still_missing(), run.replaced) == (set(), {OTHER})
        assert run.ledger.states() == {CODE: "written"}


def _second(run: Run, *, edited: bool = False) -> Path:
    """The site's post, and one under the other spelling that it is not known to have; the place of this one."""
    record_list(run.ledger, listed_article(code=OTHER))
    run.store([made(ITEM), written_post()])
    path = run.output / "_posts" / f"2022-01-14-{CODE}.md"
    if edited:
        path.write_bytes(path.read_bytes() + b"mine")
    return path


def test_a_second_post_is_one_whose_other_spelling_alone_the_site_names(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        path = _second(run)
        assert [run.is_second(code) for code in (CODE, OTHER, "NW1")] == [True, False, False]
        assert run.gives_way(CODE)
        assert not path.exists()
        assert (run.ledger.states(), run.counts["posts/moved"]) == ({OTHER: "written"}, 1)
        assert not run.is_second(CODE)


def test_one_of_which_the_site_s_page_was_read_is_none(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        record_list(run.ledger, listed_article(code=OTHER))
        proved = replace(POST, sources=(("finews-page", (1, 1, 1, "a"), ("title",)),))
        run.store([made(ITEM), made(proved)])
        assert not run.is_second(CODE)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_second_post_that_somebody_edited_stays_if_such_are_kept(keeps: bool, tmp_path: Path) -> None:
    with Run(tmp_path, keep_edited=keeps) as run:
        path = _second(run, edited=True)
        assert run.gives_way(CODE, made(POST))
        assert path.exists() == keeps
        assert run.outcomes.get(CODE) == ("unchanged" if keeps else "written")


def test_of_one_that_no_ledger_knows_nothing_tells_whose_it_is_until_it_is_made(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        path = _second(run)
    for part in (tmp_path / "state").glob("ledger*"):
        part.unlink()
    with Run(tmp_path) as run:
        run.compare()
        record_list(run.ledger, listed_article(code=OTHER))
        run.store([made(ITEM)])
        run.take_in_second()
        assert [code for code, *_ in run.ledger.doubted(SITE)] == [CODE]
        assert not run.gives_way(CODE)
        assert path.exists()
        assert run.gives_way(CODE, made(POST)), "it is what this run would write"
        assert not path.exists()


def test_a_rejection_keeps_what_pages_said_and_an_edited_post_is_noted(tmp_path: Path) -> None:
    said = Article(code=CODE, origin="share", text="<p>1</p>")
    rejected = Assembled(CODE, "quarantined", "no title", unused=(said,))
    edited = Assembled(f"{CODE[:-1]}9", "unchanged", "edited by hand", file="x.md")
    with Run(tmp_path) as run:
        run.store([rejected, edited])
        assert run.ledger.kept([CODE]) == {CODE: [said]}
        assert (run.outcomes[edited.code], run.notes["edited_by_hand"]) == ("unchanged", ["x.md"])
        run.store([written_post()])
        assert run.ledger.kept([CODE]) == {}
