"""What became of articles, as the ledger books it."""

from store.samples import CODE, written_post

from crawler.store.ledger import Ledger


def test_two_files_of_one_article_are_one_in_a_rebuilt_ledger(ledger: Ledger) -> None:
    assert ledger.rebuild([written_post(), written_post(body="<p>2</p>")]) == 1
    assert [file for file, _ in ledger.stamps()] == [f"2022-01-14-{CODE}.md"]
