"""The ledger: states and moves, the frontier, what changed lists mean."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler import exits, post_format
from crawler.assemble.outcome import Assembled, of_post
from crawler.exits import RunError
from crawler.items import Article, Post
from crawler.store.engine import LedgerError
from crawler.store.frontier import Validators
from crawler.store.ledger import Ledger
from crawler.store.run import Run
from crawler.verify import against_ledger, rebuild

SITE = "finews.withounder.com"
CODE = "NW202201142248170578"


def _listed(title: str = "题", code: str = CODE) -> Article:
    return Article(code=code, origin="list", url=f"http://{SITE}/x/2022/01/14/{code}.html", title=title)


def _post(origin: str = "share", body: str = "<p>1</p>") -> Assembled:
    post = Post(
        code=CODE, kind="media", title="题", time="2022-01-14 13:02:46", category="x", tag="x新闻", link="", body=body, origin=origin,  # type: ignore[arg-type]
    )  # fmt: skip
    return of_post(post, post_format.render(post))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")


def _list(ledger: Ledger, *listed: Article, reason: str | None = None) -> list[str]:
    scope = {article.code: reason for article in listed}
    return [task.code for task in ledger.record_list("http://x/", SITE, Validators("e", None, "h"), listed, scope)]


def test_an_article_is_asked_for_until_it_is_written_and_again_when_its_title_changes(ledger: Ledger) -> None:
    assert _list(ledger, _listed()) == [CODE]
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.written([_post()])
    assert (_list(ledger, _listed()), ledger.due(SITE)) == ([], [])
    assert _list(ledger, _listed("R&amp;D")) == [CODE]
    ledger.written([_post(body="<p>2</p>")])
    assert _list(ledger, _listed("R&D")) == []
    assert ledger.list_pages(SITE) == {"http://x/": Validators("e", None, "h")}


def test_what_failed_is_tried_in_later_runs_up_to_a_limit_and_at_will(ledger: Ledger) -> None:
    _list(ledger, _listed())
    tries = 0
    while ledger.due(SITE):
        ledger.failed(CODE, "HTTP status 404")
        tries += 1
        assert tries < 20
    assert tries == 4  # the fifth waits for an hour
    assert ledger.retry(None) == 1
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_a_body_from_the_post_page_is_written_and_asked_for_again(ledger: Ledger) -> None:
    _list(ledger, _listed())
    ledger.written([_post("finews-page")])
    assert ledger.states(SITE) == {CODE: "written"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_filters_hold_for_one_run(ledger: Ledger) -> None:
    assert _list(ledger, _listed(), reason="filtered: older than asked for") == []
    assert ledger.states() == {CODE: "out_of_scope"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.left_out(CODE, "the site's own notice, no article")
    assert (ledger.due(SITE), _list(ledger, _listed("neu"))) == ([], [])


def test_a_list_is_remembered_before_it_is_read(ledger: Ledger) -> None:
    ledger.expect_list("http://y/", SITE)
    assert ledger.list_pages(SITE) == {"http://y/": Validators()}


def test_a_ledger_url_that_is_none() -> None:
    for url in ("nonsense", "nodialect://x", "mysql+nodriver://x"):
        with pytest.raises(ValueError, match="FINEWS_LEDGER_URL"):
            Ledger(url)


def _sql(ledger: Path, *statements: str) -> list[object]:
    with closing(sqlite3.connect(ledger)) as db, db:
        return [db.execute(statement).fetchall() for statement in statements][-1]


def test_a_ledger_of_an_earlier_schema_gets_what_it_lacks_and_keeps_what_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(f"sqlite:///{path}")
    _list(ledger, _listed())
    ledger.close()
    _sql(path, "ALTER TABLE articles DROP COLUMN next_try", "DROP TABLE pages", "UPDATE meta SET value = 0")
    ledger = Ledger(f"sqlite:///{path}")
    ledger.failed(CODE, "HTTP status 404")
    assert (ledger.states(SITE), ledger.list_pages(SITE)) == ({CODE: "quarantined"}, {})
    assert [task.title for task in ledger.due(SITE)] == ["题"]


def test_a_ledger_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    _sql(path, "CREATE TABLE meta (name, value)", "INSERT INTO meta VALUES ('schema', '99')")
    with pytest.raises(LedgerError, match=f"{path} has schema 99.*upgrade"):
        Ledger(f"sqlite:///{path}")
    assert _sql(path, "SELECT name FROM sqlite_master") == [("meta",)]


NO_DATABASE = b"no database, but long enough to be looked at" * 99


@pytest.mark.parametrize("what", ["no database", "torn", "foreign", "later", "odd"])
def test_a_ledger_that_cannot_be_used_is_told_in_one_sentence_and_a_rebuild_puts_it_aside(
    what: str, tmp_path: Path
) -> None:
    path = tmp_path / "out/state/ledger.sqlite"
    with Run(tmp_path / "out") as run:
        run.store([_post()])
    if what == "no database":
        path.write_bytes(NO_DATABASE)
    elif what == "torn":
        path.write_bytes(path.read_bytes()[:4096] + NO_DATABASE)
    elif what == "foreign":
        path.unlink()
        _sql(path, "CREATE TABLE meta (x)")
    else:
        _sql(path, f"UPDATE meta SET value = '{99 if what == 'later' else 'neu'}'")
    before = path.read_bytes()[:16]
    told = f"ledger sqlite:///{path} .*`scrapy verify --rebuild`"
    with pytest.raises(RunError, match=told) as error, Run(tmp_path / "out") as run, run.writing():
        run.earlier.compare()
    assert (error.value.exit_code, "\n" in str(error.value)) == (exits.NOT_WRITABLE, False)
    with pytest.raises(LedgerError, match="verify --rebuild"):
        against_ledger(Run(tmp_path / "out"))
    number, aside = rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path / "out"), "FINEWS_EDITED": "keep"})
    assert (number, aside and aside.read_bytes()[:16]) == (1, before)
    assert against_ledger(Run(tmp_path / "out")) == ([], set())


def test_what_the_disk_refuses_is_told_as_the_disk_s(tmp_path: Path) -> None:
    (tmp_path / "out/state/ledger.sqlite").mkdir(parents=True)
    with pytest.raises(RunError, match="cannot write below") as error, Run(tmp_path / "out"):
        pass
    assert error.value.exit_code == exits.NOT_WRITABLE


def test_two_files_of_one_article_are_one_in_a_rebuilt_ledger(ledger: Ledger) -> None:
    assert ledger.rebuild([_post(), _post(body="<p>2</p>")]) == 1
    assert [one.file for one in ledger.files()] == [f"2022-01-14-{CODE}.md"]
