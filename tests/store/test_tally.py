"""Each article counts once, under the last word on it; what workers of one crawl counted adds up."""

import json
from dataclasses import replace

from store.samples import CODE, POST, made

from crawler.assemble.outcome import Assembled
from crawler.items import OnDisk
from crawler.store.quarantine import QuarantineEntry
from crawler.store.tables import BODY_WANTED, REMOVED_MORE
from crawler.store.tally import SUMS, BookedArticle, Tally

OTHER = "NW202201142248170579"


def test_the_sums_are_equal_whatever_became_of_each() -> None:
    tally = Tally()
    tally.book("1", "quarantined", "no title")
    tally.book("1", "written")
    tally.book("2", "quarantined", "no title")
    tally.found |= {"3", "4", "5"}
    sums = tally.sums({"written": 10, "pending": 2, "out_of_scope": 1}, {"3": "written", "4": "pending"})
    assert sums == {
        "found": 14, "written": 1, "unchanged": 11, "quarantined": 1, "out_of_scope": 1, "unfinished": 4,
    }  # fmt: skip
    assert tuple(sums) == SUMS
    assert sums["found"] == sum(sums[name] for name in SUMS[1:-1])


def test_posts_are_counted_with_what_is_noted_of_them_and_told_as_text() -> None:
    told: list[BookedArticle] = []
    tally = Tally()
    tally.on_article = told.append
    new = made(replace(POST, title="A&amp;B &lt;重组&gt;", notes=("time_unknown",), link="http://x/"))
    old = OnDisk(code=OTHER, file="x.md", data=b"", status="written")
    known = made(replace(POST, code=OTHER, on_disk=old, replaces=("old", CODE)))
    tally.found.add("old")
    tally.book_posts([new, known, Assembled("3", "quarantined", "no title")])
    assert told == [
        BookedArticle(CODE, "written", "", "A&B <重组>", "http://x/", True),
        BookedArticle(OTHER, "written", "", "题", "", False),
    ]
    assert (tally.found, tally.replaced) == ({CODE, OTHER}, {"old"})  # one that has a post of its own stays
    assert (tally.counts["origin/share"], tally.counts["time_unknown"]) == (2, 1)
    assert tally.told()["time_unknown"] == [CODE]


def test_posts_with_the_body_of_before_are_named_by_why_they_were_to_have_another() -> None:
    tally = Tally()
    for _ in range(2):
        tally.tell_late({REMOVED_MORE: [CODE], BODY_WANTED: [OTHER]})
    assert (tally.notes["otherwise_made"], tally.notes["not_had_again"]) == ([CODE] * 2, [OTHER] * 2)


def test_of_those_for_which_nothing_was_to_be_done_whoever_hears_of_each_hears_too() -> None:
    told: list[BookedArticle] = []
    tally = Tally()
    tally.tell_known({"1": "written"})
    tally.on_article = told.append
    tally.book("2", "written")
    tally.has_another_code(["3"])
    tally.tell_known({"4": "out_of_scope", "1": "written", "2": "written", "3": "written", "5": "pending"})
    assert told[1:] == [BookedArticle("1", "unchanged"), BookedArticle("4", "out_of_scope")]


def _worker(number: int) -> Tally:
    tally = Tally()
    tally.book(f"{number}", "quarantined", "no title")
    tally.no_list("tech")
    tally.tell_failed(QuarantineEntry("NW1", "no title", source=f"{number}.html"))
    tally.lists_gone.append(f"slug{number}")
    tally.given_up["share"] = "HTTP 403"
    tally.left_alone[f"host{number}"] = "nothing"
    tally.without["share"][f"{number}"] = number == 1
    tally.has_another_code([f"old{number}"])
    return tally


def test_what_workers_counted_adds_up() -> None:
    one, two = _worker(1), _worker(2)
    one.take_in(json.loads(json.dumps(two.so_far())))
    told = one.told()
    assert (told["counts"]["lists/failed"], told["reasons"]) == (2, {"no title": 2})
    assert told["lists_failed"] == ["tech"], "two workers may have read one list"
    assert [entry["url"] for entry in told["failed"]] == ["1.html", "2.html"]
    assert (told["lists_gone"], told["left_alone"]) == (["slug1", "slug2"], {"host1": "nothing", "host2": "nothing"})
    assert one.replaced == {"old1", "old2"}
    assert one.refused_bodies() == {"1": True, "2": False}
    one.take_in({})
    assert one.told() == told


def test_articles_without_a_body_are_asked_for_when_the_host_was_given_up() -> None:
    tally = Tally()
    tally.without["share"]["1"] = True
    assert tally.refused_bodies() == {}
    tally.given_up["share"] = "HTTP 403"
    assert tally.refused_bodies() == {"1": True}


def test_how_many_there_are_is_what_was_met_or_what_the_site_has() -> None:
    tally = Tally()
    tally.book("1", "written")
    assert tally.how_many() == 1
    tally.site, tally.known = "finews.withounder.com", 700
    assert tally.how_many() == 700


def test_an_entry_is_listed_with_its_file() -> None:
    tally = Tally()
    tally.tell_failed(QuarantineEntry("NW1", "no title", url="http://x/", title="题", raw="NW1.raw"))
    tally.tell_failed(QuarantineEntry("NW2", "HTTP status 404", source="a.zip!b.html"))
    assert tally.failed == [
        {"id": "NW1", "reason": "no title", "title": "题", "url": "http://x/", "file": "quarantine/NW1.raw"},
        {"id": "NW2", "reason": "HTTP status 404", "title": "", "url": "a.zip!b.html", "file": "quarantine/NW2.json"},
    ]
