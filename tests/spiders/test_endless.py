"""A site that names more for ever ends the run with exit 4, and the next goes on from there."""

import pytest
from run_scrapy import Crawl
from world import World, generated_site

ARTICLES, CATEGORIES = 12, 6


@pytest.mark.parametrize(("bound", "most"), [("FINEWS_MOST_LISTS", 3), ("FINEWS_MOST_ARTICLES", 5)])
def test_the_run_ends_at_its_bound_and_the_next_goes_on(bound: str, most: int, crawl: Crawl) -> None:
    with World(generated_site(ARTICLES, CATEGORIES)) as world:
        done = crawl(world, "-s", f"{bound}={most}")
        assert done.code == 4, done.out + done.err
        assert f"more than {most}" in done.err
        assert bound in done.err
        assert len(done.posts()) < ARTICLES
        for _ in range(CATEGORIES):
            if (done := crawl(world)).code == 0:
                break
    assert done.code == 0, done.out + done.err
    assert len(done.posts()) == ARTICLES
