"""What became of articles, as the ledger books it."""

from dataclasses import replace

from store.samples import CODE, POST, made, written_post

from crawler.store.ledger import Ledger


def test_two_files_of_one_article_are_one_in_a_rebuilt_ledger(ledger: Ledger) -> None:
    assert ledger.rebuild([written_post(), written_post(body="<p>2</p>")]) == 1
    assert [file for file, _ in ledger.stamps()] == [f"2022-01-14-{CODE}.md"]


def test_a_rebuilt_ledger_knows_what_unchanged_posts_are_made_of(ledger: Ledger) -> None:
    """So that a worse body is asked for better still, and what no site told of is the site's to tell."""
    sources = (("wap", (0, 0, 7, "a"), ("title", "text")),)
    post = made(replace(POST, origin="wap", sources=sources))
    ledger.written([post], {"wap"})
    assert ledger.rebuild([post]) == 1
    (record,) = ledger.records([CODE]).values()
    assert (record.sources, record.sha256) == (sources, post.sha256)
    assert [task.origin for task in ledger.due("", worse={"wap", "share"})] == ["wap"]
    assert ledger.rebuild([made(replace(POST, body="<p>edited</p>"))]) == 1
    (record,) = ledger.records([CODE]).values()
    assert (record.sha256, "wap" in {origin for origin, *_ in record.sources}) == (None, False)
