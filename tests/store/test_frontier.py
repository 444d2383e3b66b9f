"""What is to be asked for: lists and articles, by state and by what lists say now."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from store.samples import CODE, POST, SITE, listed_article, made, record_list, written_post

from crawler.assemble.merge import worse_origins
from crawler.items import Origin
from crawler.origins import ORIGINS
from crawler.store.frontier import Task, Validators
from crawler.store.ledger import Ledger


def test_an_article_is_asked_for_until_it_is_written_and_again_when_its_title_changes(ledger: Ledger) -> None:
    assert record_list(ledger, listed_article()) == [CODE]
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.written([written_post()])
    assert (record_list(ledger, listed_article()), ledger.due(SITE)) == ([], [])
    assert record_list(ledger, listed_article("R&amp;D")) == [CODE]
    ledger.written([written_post(body="<p>2</p>")])
    assert record_list(ledger, listed_article("R&D")) == []
    assert ledger.list_pages(SITE) == {"http://x/": Validators("e", None, "h")}


@pytest.mark.parametrize("place", ["x/2022/01/15", "y/2022/01/14"])
def test_an_article_that_a_list_shows_elsewhere_is_asked_for_there(place: str, ledger: Ledger) -> None:
    record_list(ledger, one := listed_article())
    ledger.written([written_post()])
    moved = replace(one, url=f"http://{SITE}/{place}/{CODE}.html")
    assert record_list(ledger, moved) == [CODE]
    ledger.written([written_post(body="<p>2</p>")])
    assert record_list(ledger, moved, replace(moved, url=f"https://www.{SITE}/{place}/{CODE}.html")) == []


@pytest.mark.parametrize(
    ("place", "asked"), [("jia/2022/01/14", []), ("jia/2022/01/15", [CODE]), ("yi/2022/01/14", [CODE])]
)
def test_so_is_one_that_is_known_from_its_post_alone_where_its_day_or_category_is_another(
    place: str, asked: list[str], ledger: Ledger
) -> None:
    record_list(ledger, one := listed_article())
    told = replace(POST, sources=(("finews-page", (0, 0, 0, ""), ("title",)),))
    ledger.written([made(told)])
    assert ledger.rebuild([made(told)]) == 1
    assert record_list(ledger, replace(one, url=f"http://{SITE}/{place}/{CODE}.html")) == asked


def test_what_filters_pass_over_is_seen_by_the_next_run_without_them(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    ledger.written([written_post()])
    assert record_list(ledger, listed_article(), reason="filtered: older") == []
    assert ledger.list_pages(SITE) == {"http://x/": Validators("e", None, "h")}
    assert record_list(ledger, listed_article("更正"), reason="filtered: older") == []
    assert ledger.list_pages(SITE) == {"http://x/": Validators()}
    assert record_list(ledger, listed_article("更正")) == [CODE]
    ledger.left_out(CODE, "filtered: older")
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    assert ledger.states(SITE) == {CODE: "pending"}, "its post is not what the site says"


@pytest.mark.parametrize("state", ["pending", "quarantined"])
def test_what_waits_for_others_is_not_this_sites_where_filters_pass_over_it(state: str, ledger: Ledger) -> None:
    """Nobody would ask for it in this run, which would end as if it had broken off."""
    ledger.expect([CODE[2:]], "eastmoney")
    if state == "quarantined":
        ledger.failed(CODE, "HTTP status 500")
    assert record_list(ledger, listed_article(), reason="filtered: older") == []
    assert (ledger.states(SITE), ledger.states()) == ({}, {CODE: state})
    assert ledger.list_pages(SITE) == {"http://x/": Validators()}, "the next run without them reads of it"
    assert record_list(ledger, listed_article()) == [CODE]


def test_what_failed_is_tried_in_later_runs_up_to_a_limit_and_at_will(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    tries = 0
    while ledger.due(SITE):
        ledger.failed(CODE, "HTTP status 404")
        tries += 1
        assert tries < 20
    assert tries == 4  # the fifth waits for an hour
    assert ledger.retry(None) == 1
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_a_body_from_the_post_page_is_written_and_asked_for_again(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    ledger.written([written_post("finews-page")])
    assert ledger.states(SITE) == {CODE: "written"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]


@pytest.mark.parametrize("origin", [*ORIGINS, "post-file"])
@pytest.mark.parametrize("wish", ["", "article-page,share", "article-api", "finews-page"])
def test_what_is_worse_than_the_first_of_the_chain_is_asked_for_again_alone(
    wish: str, origin: Origin, ledger: Ledger
) -> None:
    """In its own run, and in one with another chain; then at growing distances, and at last no more."""
    worse = worse_origins(wish or None)
    record_list(ledger, listed_article())
    ledger.written([written_post(origin)], {*ORIGINS})
    ledger.written([written_post(origin)], ())
    wanted = [CODE] if origin in worse else []
    assert [task.code for task in ledger.due(SITE, worse=worse)] == wanted
    assert [(task.origin, task.lacks) for task in ledger.due(SITE, full=True, worse=worse)] == [(None, False)]
    for _ in range(20):
        for task in ledger.due(SITE, worse=worse):
            assert (task.origin, task.lacks, task.rough) == (origin, True, False)
            ledger.written([written_post(origin)], worse)
    assert ledger.due(SITE, worse=worse) == []


def test_a_time_to_the_minute_is_not_all(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    rough = replace(POST, sources=(("wap", (0, 0, 0, ""), ("time",)), ("share", (0, 0, 0, ""), ("text",))))
    ledger.written([made(rough)])
    assert [(task.origin, task.rough) for task in ledger.due(SITE)] == [("share", True)]


def test_a_post_of_which_the_site_told_nothing_is_asked_for_when_its_list_names_it(ledger: Ledger) -> None:
    for told, origin, asked in (
        ("share", "share", True),
        ("finews-page", "share", False),
        ("post-file", "share", False),
    ):
        made_of = ((told, (0, 0, 0, ""), ("title",)),)
        code = f"NW20220114224817057{len(told) % 10}"
        ledger.expect([code[2:]], "share")
        ledger.written([made(replace(POST, code=code, origin=origin, sources=made_of))])  # type: ignore[arg-type]
        assert record_list(ledger, listed_article(code=code)) == ([code] if asked else [])
        assert record_list(ledger, listed_article(code=code)) == ([code] if asked else []), "until it is written"


@pytest.mark.parametrize(("origin", "asked"), [("wap", True), ("finews-page", True), ("share", False)])
def test_a_worse_body_from_files_is_asked_for_when_its_list_names_it(
    origin: Origin, asked: bool, ledger: Ledger
) -> None:
    """The run began without it: the next would be late."""
    made_of = (("finews-page", (0, 0, 0, ""), ("title",)),)
    ledger.written([made(replace(POST, origin=origin, sources=made_of))], ())
    listed, worse = [listed_article()], worse_origins(None)
    for wanted in ([Task(CODE, listed[0].url, "题", origin, lacks=True)] if asked else [], []):
        found = ledger.record_list("http://x/", SITE, Validators("e", None, "h"), listed, {CODE: None}, worse)
        assert found == (wanted, 0), "once: from then on it is due as others are"
    assert ledger.due(SITE, worse=worse) == ([Task(CODE, listed[0].url, "题", origin, lacks=True)] if asked else [])


def test_articles_that_a_user_names_are_known_by_either_spelling(ledger: Ledger) -> None:
    record_list(ledger, listed_article(), listed_article(code="202201142248170579"))
    ledger.written([written_post()])
    new = "202201142248170580"
    found = ledger.expect([CODE[2:], "202201142248170579", new], "share")
    assert found == {CODE: "written", "202201142248170579": "pending", f"NW{new}": "pending"}
    assert ledger.due("share") == [Task(f"NW{new}", "", None)]
    assert {task.code for task in ledger.due("share", codes=[*found])} == {"202201142248170579", f"NW{new}"}
    assert len(ledger.due("share", codes=[*found], full=True)) == 3
    ledger.failed(f"NW{new}", "no such article")
    assert ledger.retry([f"NW{new}"]) == 1


def test_filters_hold_for_one_run(ledger: Ledger) -> None:
    assert record_list(ledger, listed_article(), reason="filtered: older than asked for") == []
    assert ledger.states() == {CODE: "out_of_scope"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.left_out(CODE, "the site's own notice, no article")
    assert (ledger.due(SITE), record_list(ledger, listed_article("neu"))) == ([], [])


def test_a_list_is_remembered_before_it_is_read(ledger: Ledger) -> None:
    ledger.expect_list("http://y/", SITE)
    assert ledger.list_pages(SITE) == {"http://y/": Validators()}


def test_the_time_for_a_list_grows_with_its_length(tmp_path: Path) -> None:
    def took(number: int) -> float:
        ledger = Ledger(f"sqlite:///{tmp_path / f'{number}.sqlite'}")
        articles = [listed_article(code=f"NW2022011422{n:08}") for n in range(number)]
        begun = time.process_time()
        record_list(ledger, *articles)
        record_list(ledger, *articles)
        ledger.close()
        return time.process_time() - begun

    assert took(4_000) < 0.5 + 30 * took(500)


def test_a_post_beside_what_the_site_names_is_doubted_as_soon_as_it_is_known(ledger: Ledger) -> None:
    record_list(ledger, listed_article(code=CODE[2:]))
    ledger.take_in([(POST, f"2022-01-14-{CODE}.md")])
    assert [code for code, *_ in ledger.doubted(SITE)] == [CODE]
