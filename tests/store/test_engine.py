"""The ledger's database: earlier and later schemas, damaged files, addresses that are none."""

import socket
from pathlib import Path

import pytest
from store.samples import sql, written_post

from crawler import exits
from crawler.exits import RunError
from crawler.store.engine import Database, LedgerError
from crawler.store.ledger import Ledger
from crawler.store.run import Run
from crawler.verify import against_ledger, rebuild


def test_a_ledger_url_that_is_none() -> None:
    for url in ("nonsense", "nodialect://x", "mysql+nodriver://x"):
        with pytest.raises(ValueError, match="FINEWS_LEDGER_URL"):
            Ledger(url)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://h/x", "oracle://h/x", "postgresql+nosuch://h/x", "sqlite+nosuch:///x"]
)
def test_which_databases_are_possible_is_told_for_any_other(url: str) -> None:
    with pytest.raises(
        ValueError, match=r"a ledger is kept in sqlite:///FILE or, .* in postgresql\+psycopg://"
    ) as told:
        Ledger(url)
    assert "No module named" not in str(told.value)


def test_a_ledger_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    sql(path, "CREATE TABLE meta (name, value)", "INSERT INTO meta VALUES ('schema', '99')")
    with pytest.raises(LedgerError, match=f"{path} has schema 99.*upgrade"):
        Ledger(f"sqlite:///{path}")
    assert sql(path, "SELECT name FROM sqlite_master") == [("meta",)]


NO_DATABASE = b"no database, but long enough to be looked at" * 99


@pytest.mark.parametrize("what", ["no database", "torn", "foreign", "later", "odd"])
def test_a_ledger_that_cannot_be_used_is_told_in_one_sentence_and_a_rebuild_puts_it_aside(
    what: str, tmp_path: Path
) -> None:
    path = tmp_path / "out/state/ledger.sqlite"
    with Run(tmp_path / "out") as run:
        run.store([written_post()])
    if what == "no database":
        path.write_bytes(NO_DATABASE)
    elif what == "torn":
        path.write_bytes(path.read_bytes()[:4096] + NO_DATABASE)
    elif what == "foreign":
        path.unlink()
        sql(path, "CREATE TABLE meta (x)")
    else:
        sql(path, f"UPDATE meta SET value = '{99 if what == 'later' else 'neu'}'")
    before = path.read_bytes()[:16]
    told = f"ledger sqlite:///{path} .*`verify --rebuild`"
    with pytest.raises(RunError, match=told) as error, Run(tmp_path / "out") as run, run.writing():
        run.earlier.compare()
    assert (error.value.exit_code, "\n" in str(error.value)) == (exits.NOT_WRITABLE, False)
    with pytest.raises(LedgerError, match="verify --rebuild"):
        against_ledger(Run(tmp_path / "out"))
    number, aside = rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path / "out"), "FINEWS_EDITED": "keep"})
    assert (number, aside and aside.read_bytes()[:16]) == (1, before)
    assert against_ledger(Run(tmp_path / "out")) == ([], set())


@pytest.mark.parametrize("query", ["", "?connect_timeout=3"])
def test_a_ledger_on_a_server_that_is_not_there_is_told_without_its_password(query: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    address = f"127.0.0.1:{port}/news{query}"
    with pytest.raises(RunError, match="cannot be reached") as error:
        Run(tmp_path, f"postgresql+psycopg://me:sesame@{address}").__enter__()
    told = str(error.value)
    assert (error.value.exit_code, "sesame" in told, "\n" in told) == (exits.NOT_WRITABLE, False, False)
    assert "FINEWS_LEDGER_URL" in told
    assert f"127.0.0.1:{port}/news" in told


def test_what_the_disk_refuses_is_told_as_the_disk_s(tmp_path: Path) -> None:
    (tmp_path / "out/state/ledger.sqlite").mkdir(parents=True)
    with pytest.raises(RunError, match="cannot write below") as error, Run(tmp_path / "out"):
        pass
    assert error.value.exit_code == exits.NOT_WRITABLE


@pytest.mark.parametrize(
    "url",
    [
        "oracle+nodriver://u:S3cret@127.0.0.1/x",
        "oracle://u:S3/c@ret@127.0.0.1/x",
        "nosuch://h/x?password=S3cret&a=1",
        "postgresql+nosuch://u:S3cret@127.0.0.1/x",
        "://u:S3cret@h",
        "mysql+pymysql://u:S3cret@h/x",
    ],
)
def test_no_message_holds_a_password(url: str) -> None:
    with pytest.raises(ValueError, match="FINEWS_LEDGER_URL") as told:
        Database(url)
    assert "S3" not in str(told.value)
    assert told.value.__suppress_context__
