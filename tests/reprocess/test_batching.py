"""Batches end where the name of their last piece says so: what comes in or goes changes the batch that it is of."""

from pathlib import Path

from store.samples import CODE, written_post

from crawler.archive import Skipped
from crawler.items import Article
from crawler.reprocess.batching import LONGEST, of_articles, of_inputs, with_records
from crawler.store.run import Run

FILES = [Skipped(f"saved/{number}.html", "") for number in range(1000)]
OTHER = Article(code=CODE.removeprefix("NW"), origin="finews-page", title="题")


def test_all_pieces_are_in_one_batch_each_in_their_order() -> None:
    found = [*of_inputs(FILES)]
    assert [one for batch in found for one in batch] == FILES
    assert 10 < len(found) < 100
    assert max(map(len, found)) <= LONGEST


def test_one_more_or_one_less_changes_the_batches_that_it_is_of() -> None:
    before = [*of_inputs(FILES)]
    for place in (0, 10, 500, 999):
        fewer = [*of_inputs(FILES[:place] + FILES[place + 1 :])]
        more = [*of_inputs([*FILES[:place], Skipped("saved/new.html", ""), *FILES[place:]])]
        assert sum(batch not in before for batch in fewer) <= 1
        assert sum(batch not in before for batch in more) <= 2


def test_names_that_end_no_batch_do_not_make_one_without_end() -> None:
    ending_none = next(one for one in FILES if len([*of_inputs([one, one])]) == 1)
    assert [len(batch) for batch in of_inputs([ending_none] * (2 * LONGEST + 1))] == [LONGEST, LONGEST, 1]


def test_a_name_in_no_encoding_has_its_place_too() -> None:
    assert [*of_inputs([Skipped("\udcff", "")])] == [[Skipped("\udcff", "")]]


def test_articles_by_their_digits_and_no_more_than_wanted() -> None:
    index = [(f"2022011422481{number:05}", [number]) for number in range(300)]
    for most in (1, 7, LONGEST):
        found = [*of_articles(iter(index), most)]
        assert [one for batch in found for one in batch] == index
        assert max(map(len, found)) <= most
    without = [*of_articles(iter(index[1:]), LONGEST)]
    assert without[1:] == [*of_articles(iter(index), LONGEST)][1:]


def test_an_article_has_what_is_known_of_it_under_both_spellings(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.store([written_post()])
        run.ledger.keep({OTHER.code: [OTHER]})
        work, unknown = with_records(run, [(CODE.removeprefix("NW"), [7, 8]), ("202201142248170579", [9])])
    assert (work.digits, work.addresses, work.kept) == (CODE.removeprefix("NW"), [7, 8], [OTHER])
    assert [record.code for record in work.records] == [CODE]
    assert (unknown.addresses, unknown.records, unknown.kept) == ([9], [], [])
