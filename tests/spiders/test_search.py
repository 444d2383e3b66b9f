"""What is known of an article goes to whichever worker leases it, as JSON, and is the same there."""

import json

import pytest

from crawler.items import Article, Candidate
from crawler.spiders.search import Search
from crawler.store.leases import Wanted

CODE = "NW202201142248170578"
SAID = (
    Article(code=CODE, origin="list", url="http://x/", title="题 \u2028", stocks=(("1.600050", "中国联通"),)),
    Article(code=CODE, origin="finews-page", text="<p>一</p>", part=(1, 2), link=""),
)


@pytest.mark.parametrize(
    "search",
    [
        Search(Candidate(CODE, ())),
        Search(Candidate(CODE, SAID), link="http://finews.zning.xyz/x", have="share", complete=True),
    ],
)
def test_another_worker_begins_with_the_same(search: Search) -> None:
    wanted = search.wanted()
    assert (wanted.key, wanted.is_list) == (CODE, False)
    carried = Wanted(wanted.key, wanted.is_list, json.loads(json.dumps(wanted.told)))
    for _ in range(2):  # to read it uses nothing up
        assert Search.of(carried) == search


def test_what_was_asked_already_is_not_handed_on() -> None:
    """Whoever begins it may ask other hosts: what failed here may be had there."""
    begun = Search(Candidate(CODE, SAID), asked=frozenset({"http://x/"}), further={"article-page": "http://x/_2.html"})
    again = Search.of(begun.wanted())
    assert (again.asked, again.further, again.found) == (frozenset(), {}, begun.found)
