"""The ledger's table of securities: a row for each article and security, whichever way and in whichever order."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from run_scrapy import Crawl, scrapy
from store.samples import CODE, POST, listed_article, made, record_list
from world import World

from crawler import post_format
from crawler.assemble.outcome import Assembled
from crawler.items import Security
from crawler.kline import referring
from crawler.store.ledger import Ledger
from crawler.store.run import Run
from crawler.verify import rebuild

ID = CODE.removeprefix("NW")
PICTURE = '<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k">'
LINK = '<a href="http://quote.eastmoney.com/unify/r/0.000338">潍柴动力</a>'
BODY = f"<p>{PICTURE}{LINK}</p>"
SHOWN = (CODE, "1.600050", "kline", "", 3)
LINKED = (CODE, "0.000338", "link", "潍柴动力", 3 + len(PICTURE))


def post(body: str = BODY, *on_lists: str, code: str = CODE) -> Assembled:
    told = tuple(Security(secid, "list") for secid in on_lists)
    return made(referring(replace(POST, code=code, listed=told), body))


def rows(folder: Path) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as db:
        return set(db.execute("SELECT code, secid, way, name, position FROM securities"))


def test_posts_tell_what_they_are_about_and_later_what_they_are_about_by_then(ledger: Ledger, tmp_path: Path) -> None:
    ledger.written([post()])
    assert rows(tmp_path) == {SHOWN, LINKED}
    ledger.written([post()])
    assert rows(tmp_path) == {SHOWN, LINKED}
    ledger.written([post(f"<p>{LINK}</p>")])
    assert rows(tmp_path) == {(*LINKED[:4], 3)}
    ledger.written([post("<p>1</p>")])
    assert rows(tmp_path) == set()


@pytest.mark.parametrize("code", [CODE, ID])
@pytest.mark.parametrize("first", ["list", "post"])
def test_what_lists_say_stays_in_any_order_and_under_any_spelling(
    code: str, first: str, ledger: Ledger, tmp_path: Path
) -> None:
    item = replace(listed_article(code=code), stocks=(("0.000338", ""), ("116.00700", "腾讯控股")))
    if first == "list":
        record_list(ledger, item)
        assert {row[:3] for row in rows(tmp_path)} == {(code, "0.000338", "list"), (code, "116.00700", "list")}
        ledger.written([post()])
    else:
        ledger.written([post()])
        record_list(ledger, item)
        assert rows(tmp_path) >= ({(*LINKED[:2], "list", *LINKED[3:]), SHOWN} if code == CODE else {SHOWN, LINKED})
        ledger.written([post()])
    on_list = (CODE, "0.000338", "list", *LINKED[3:])
    assert rows(tmp_path) == {SHOWN, on_list, (CODE, "116.00700", "list", "腾讯控股", None)}
    ledger.written([post("<p>1</p>")])
    assert rows(tmp_path) == {
        (CODE, "0.000338", "list", LINKED[3], None), (CODE, "116.00700", "list", "腾讯控股", None)
    }  # fmt: skip


def test_what_the_article_itself_brings_from_lists_stays_too(ledger: Ledger, tmp_path: Path) -> None:
    ledger.written([post(BODY, "1.600050")])
    ledger.written([post()])
    assert rows(tmp_path) == {(CODE, "1.600050", "list", "", 3), LINKED}


def test_an_article_and_its_twin_of_the_rolling_list_have_rows_of_their_own(ledger: Ledger, tmp_path: Path) -> None:
    record_list(ledger, replace(listed_article(code=ID), stocks=(("0.000338", ""),)))
    ledger.written([post(code=ID), post()])
    assert {row[:3] for row in rows(tmp_path)} == {
        (ID, "1.600050", "kline"), (ID, "0.000338", "list"), SHOWN[:3], LINKED[:3]
    }  # fmt: skip
    ledger.written([post()])
    assert len(rows(tmp_path)) == 4


def test_what_was_written_under_another_code_is_the_post_s(ledger: Ledger, tmp_path: Path) -> None:
    ledger.written([post(BODY, "0.000338", code=ID)])
    ledger.replaced([ID])
    ledger.written([post("<p>1</p>")])
    assert rows(tmp_path) == {(CODE, "0.000338", "list", "潍柴动力", None)}


def test_many_at_once(ledger: Ledger, tmp_path: Path) -> None:
    codes = [f"NW{int(ID) + number}" for number in range(1100)]
    ledger.written([post(code=code) for code in codes])
    ledger.written([post(f"<p>{LINK}</p>", code=code) for code in codes])
    assert {row[0] for row in rows(tmp_path)} == {*codes}
    assert len(rows(tmp_path)) == len(codes)


def test_a_ledger_of_before_gets_the_table_and_a_rebuild_fills_it(tmp_path: Path) -> None:
    output, state = tmp_path / "out", tmp_path / "out" / "state"
    with Run(output) as run:
        run.store([post(BODY, "116.00700")])
    whole = rows(state)
    assert whole == {SHOWN, LINKED, (CODE, "116.00700", "list", "", None)}
    with closing(sqlite3.connect(state / "ledger.sqlite")) as db, db:
        db.execute("DROP TABLE securities")
        db.execute("UPDATE meta SET value = '4' WHERE name = 'schema'")
    with Run(output) as run:
        assert run.ledger.states() == {CODE: "written"}
    assert rows(state) == set()
    with Run(output) as run:
        run.store([post()])  # unchanged
        assert run.outcomes == {CODE: "unchanged"}
    assert rows(state) == {SHOWN, LINKED}
    with Run(output) as run:
        run.store([post(BODY, "116.00700")])
    assert rebuild({"FINEWS_OUTPUT_DIR": str(output)})[0] == 1
    assert rows(state) == {SHOWN, LINKED}


def test_the_position_is_that_in_the_file(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.store([post()])
    (file,) = (tmp_path / "_posts").iterdir()
    text = post_format.parse(file.read_bytes(), file.name).body
    found = {secid: text[place:][:4] for _, secid, _, _, place in rows(tmp_path / "state")}  # type: ignore[index]
    assert found == {"1.600050": "<img", "0.000338": "<a h"}


def test_both_doors_and_a_rebuild_tell_the_same(world: World, crawl: Crawl, tmp_path: Path) -> None:
    crawled = crawl(world)
    assert (crawled.code, crawled.err) == (0, "")
    told = rows(crawled.output / "state")
    seed = {row[1:] for row in told if row[0] == CODE}
    assert seed == {("1.600050", "kline", "", world.site.article(CODE).text.index("<img"))}
    assert {row[2] for row in told} == {"kline", "link"}
    assert scrapy("reprocess", str(crawled.output / "_posts"), output=tmp_path / "again").code == 0
    assert rows(tmp_path / "again" / "state") == told
    assert scrapy("verify", "--rebuild", output=crawled.output).code == 0
    assert rows(crawled.output / "state") == told


@pytest.mark.parametrize("order", [("list", "body"), ("body", "list"), ("both",)])
def test_what_a_saved_list_says_counts_in_whichever_run_it_comes(order: tuple[str, ...], tmp_path: Path) -> None:
    item = {
        "code": ID,
        "title": "题",
        "showTime": POST.time,
        "mediaName": "甲报",
        "stockList": ["1.600050", "116.00700"],
    }
    pages = {
        "list": ("list.json", {"code": "1", "data": {"list": [item]}}),
        "body": (f"GetNewsText.do?id={CODE}.json", {"text": f"<p>中国联通的消息。{PICTURE}</p>"}),
    }
    for number, name in enumerate(order):
        for file, reply in pages.values() if name == "both" else [pages[name]]:
            (tmp_path / f"{number}").mkdir(exist_ok=True)
            (tmp_path / f"{number}" / file).write_text(json.dumps(reply))
        done = scrapy("reprocess", str(tmp_path / f"{number}"), output=tmp_path / "out")
    assert done.code == 0, done.out
    place = "<p>中国联通的消息。"
    assert {row[1:] for row in rows(tmp_path / "out" / "state")} == {
        ("1.600050", "list", "", len(place)), ("116.00700", "list", "", None)
    }  # fmt: skip


def test_the_site_and_the_lists_tell_the_same_in_any_order(world: World, crawl: Crawl, tmp_path: Path) -> None:
    told = []
    for order in (["finews", "eastmoney"], ["eastmoney", "finews"]):
        output = tmp_path / order[0]
        for name in order:
            own = ("eastmoney", "-a", "stock=600050,000338")
            run = (
                crawl(world, output=output)
                if name == "finews"
                else scrapy("crawl", *own, output=output, env=world.env())
            )
            assert run.code == 0, run.out + run.err
        told.append(rows(output / "state"))
    assert told[0] == told[1]
    assert (CODE, "1.600050", "list") in {row[:3] for row in told[0]}
    assert {row[2] for row in told[0]} == {"list", "kline", "link"}
