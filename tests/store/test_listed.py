"""What lists name, in the ledger: new articles, known ones, those of the finews site, and items of the rolling list."""

import pytest

from crawler import sites
from crawler.items import Article
from crawler.store.engine import now
from crawler.store.ledger import Ledger
from crawler.store.tables import BODY_WANTED, articles, new_row

ID = "202201142248170578"
ITEM = Article(
    code=ID, origin="list", url="x", title="题", time="2022-01-14 13:02:46", tag="甲社新闻", digest="摘要", fetched=7
)
FLASH = Article(code=ID, origin="list", title="题", time="2022-01-14 13:02:46", category=sites.EMNEWS, digest="摘要")
ROLLING = '[["list", [0, 0, 0, ""], ["title", "category"]], ["share", [0, 0, 0, ""], ["text"]]]'
OF_SITE = '[["finews-page", [0, 0, 0, ""], ["title", "kind"]]]'
ROUGH = '[["article-page", [0, 0, 0, ""], ["title", "time"]], ["share", [0, 0, 0, ""], ["text"]]]'


def put(ledger: Ledger, code: str, **fields: object) -> None:
    with ledger._transaction() as db:
        ledger._put(db, articles, [new_row(code, now().isoformat()) | fields])


def row(ledger: Ledger, code: str) -> dict[str, object]:
    with ledger._transaction() as db:
        return ledger._rows(db, [code]).get(code, {})


def test_a_new_article_is_pending_with_what_the_list_tells(ledger: Ledger) -> None:
    named = ledger.record_listed("eastmoney", [ITEM], {"2019": "no article"})
    (told,) = named.wanted[f"NW{ID}"]
    assert (told.title, told.time, told.tag, told.digest, told.url, told.fetched) == (
        *("题", "2022-01-14 13:02:46", "甲社新闻", "摘要", "", 0),
    )
    assert (named.codes, named.known, named.have) == ({f"NW{ID}", "2019"}, frozenset(), {})
    assert (row(ledger, f"NW{ID}")["state"], row(ledger, f"NW{ID}")["site"]) == ("pending", "eastmoney")
    assert (row(ledger, "2019")["state"], row(ledger, "2019")["reason"]) == ("out_of_scope", "no article")
    assert ledger.kept([f"NW{ID}"]) == {f"NW{ID}": [told]}, "for a run that is killed"
    again = ledger.record_listed("eastmoney", [ITEM], {"2019": "no article"})
    assert (again.wanted, again.known) == (named.wanted, {ID, "2019"})


def test_that_the_site_is_to_give_another_body_is_not_forgotten_for_a_list(ledger: Ledger) -> None:
    put(ledger, f"NW{ID}", state="pending", site="finews.withounder.com", url="http://x/", reason=BODY_WANTED)
    ledger.record_listed("eastmoney", [ITEM], {})
    assert (row(ledger, f"NW{ID}")["state"], row(ledger, f"NW{ID}")["reason"]) == ("pending", BODY_WANTED)


def test_what_several_lists_say_is_kept(ledger: Ledger) -> None:
    ledger.record_listed("eastmoney", [FLASH], {})
    named = ledger.record_listed("eastmoney", [ITEM], {})
    assert [(one.category, one.tag) for one in named.wanted[f"NW{ID}"]] == [("emnews", None), (None, "甲社新闻")]


KNOWN = {
    "written": (f"NW{ID}", {"state": "written"}, ITEM, None),
    "pending, of the finews site": (f"NW{ID}", {"state": "pending", "url": "http://x/", "site": "s"}, ITEM, f"NW{ID}"),
    "left out by filters": (f"NW{ID}", {"state": "out_of_scope", "reason": "filtered: x"}, ITEM, f"NW{ID}"),
    "dropped": (f"NW{ID}", {"state": "out_of_scope", "reason": "dropped from quarantine"}, ITEM, None),
    "failed, and the list is news": (f"NW{ID}", {"state": "quarantined"}, ITEM, f"NW{ID}"),
    "the finews site's item, written": (ID, {"state": "written", "url": "http://x/", "sources": OF_SITE}, ITEM, None),
    "the finews site's item, from files": (ID, {"state": "written", "sources": OF_SITE}, ITEM, None),
    "the finews site's item, not written": (ID, {"state": "pending", "url": "http://x/"}, ITEM, f"NW{ID}"),
    "an item whose medium is told": (ID, {"state": "written", "sources": ROLLING}, ITEM, f"NW{ID}"),
    "an item again": (ID, {"state": "written", "sources": ROLLING}, FLASH, None),
    "of which nothing is known but the file": (ID, {"state": "written"}, ITEM, None),
    "an item whose file is lost": (ID, {"state": "pending", "sources": ROLLING}, FLASH, ID),
    "known to the minute": (f"NW{ID}", {"state": "written", "sources": ROUGH, "origin": "share"}, ITEM, f"NW{ID}"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_articles(name: str, ledger: Ledger) -> None:
    code, fields, listed, wanted = KNOWN[name]
    put(ledger, code, **fields)
    named = ledger.record_listed("eastmoney", [listed], {})
    assert list(named.wanted) == ([wanted] if wanted else [])
    assert named.known == ({ID} if wanted in {None, code} else set())
    other = wanted not in {None, code}
    assert row(ledger, code)["site"] == fields.get("site", "" if other else "eastmoney"), "later runs look after it"
    assert named.have == ({code: "share"} if "minute" in name else {})


@pytest.mark.parametrize(
    ("origin", "site", "wanted"), [("wap", "", True), ("share", "", False), ("wap", "eastmoney", False)]
)
def test_a_worse_body_from_files_is_wanted_at_once(origin: str, site: str, wanted: bool, ledger: Ledger) -> None:
    """One that is due by itself was so when the run began."""
    put(ledger, f"NW{ID}", state="written", sources=OF_SITE, origin=origin, site=site)
    named = ledger.record_listed("eastmoney", [ITEM], {}, worse={"wap", "finews-page"})
    assert (list(named.wanted), named.have) == (([f"NW{ID}"], {f"NW{ID}": "wap"}) if wanted else ([], {}))


def test_what_failed_is_wanted_once_for_what_a_list_tells(ledger: Ledger) -> None:
    put(ledger, f"NW{ID}", state="quarantined")
    assert ledger.record_listed("eastmoney", [ITEM], {}).wanted
    put(ledger, f"NW{ID}", state="quarantined")
    assert not ledger.record_listed("eastmoney", [ITEM], {}).wanted
    assert ledger.record_listed("eastmoney", [FLASH], {}).wanted


@pytest.mark.parametrize(
    ("fields", "stays"), [({}, False), ({"file": "x.md"}, True), ({"url": "http://x/"}, True)], ids=str
)
def test_an_article_under_the_other_spelling_of_its_code(
    fields: dict[str, str],
    stays: bool,
    ledger: Ledger,
) -> None:
    put(ledger, f"NW{ID}", site="eastmoney", title="题", **fields)
    ledger.becomes(f"NW{ID}", ID)
    assert (row(ledger, ID)["site"], row(ledger, ID)["state"]) == ("eastmoney", "pending")
    assert bool(row(ledger, f"NW{ID}")) is stays


def test_how_far_a_list_was_read(ledger: Ledger) -> None:
    ledger.list_was_read("http://x/", "eastmoney", "2022-01-14 13:02:46 1", "2022-01-10")
    known = ledger.list_pages("eastmoney")["http://x/"]
    assert (known.newest, known.down_to, known.sha256) == ("2022-01-14 13:02:46 1", "2022-01-10", None)
