"""The last pipeline writes what the assembler makes, and books it."""

from pipelines.staged import CODE, PAGE, Crawl

from crawler.assemble.assembler import Assembler
from crawler.items import Candidate


def test_an_item_becomes_the_post_that_the_assembler_makes(crawl: Crawl) -> None:
    post = crawl.take(Candidate(CODE, (PAGE,)))
    (made,) = Assembler(crawl.settings)([PAGE])
    assert post == made.post
    assert (crawl.run.posts.posts / made.file).read_bytes() == made.data
    assert (crawl.run.output / "category/jia.html").exists()
    assert (crawl.run.outcomes, crawl.run.ledger.states()) == ({CODE: "written"}, {CODE: "written"})
    assert crawl.run.counts == made.counts + crawl.run.counts.__class__({"origin/finews-page": 1})
    crawl.take(Candidate(CODE, (PAGE,)))
    assert crawl.run.outcomes == {CODE: "unchanged"}
