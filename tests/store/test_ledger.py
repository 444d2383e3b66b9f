"""A ledger is read beside whoever writes to it, and put aside whole when it cannot be used."""

from pathlib import Path

import pytest
from store.samples import CODE, sql, written_post

from crawler.store.engine import LedgerError
from crawler.store.ledger import Ledger, ledger_to_read, set_aside


def test_none_is_read_where_none_is_or_none_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    with ledger_to_read(url) as ledger:
        assert ledger is None
    assert not [*tmp_path.iterdir()], "to look makes no file"
    (tmp_path / "ledger.sqlite").touch()
    with ledger_to_read(url) as ledger:
        assert ledger is None


def test_it_is_read_while_another_writes_and_cannot_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    writer = Ledger(f"sqlite:///{path}")
    writer.written([written_post()])
    with ledger_to_read(f"sqlite:///{path}") as ledger:
        assert ledger
        assert ledger.states() == {CODE: "written"}
        writer.failed(CODE, "HTTP status 404")
        assert ledger.states() == {CODE: "quarantined"}
        with pytest.raises((LedgerError, OSError)):
            ledger.failed(CODE, "another reason")
    writer.close()


def test_what_a_killed_run_left_in_its_log_is_read_and_nothing_is_touched(tmp_path: Path) -> None:
    writer = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    writer.written([written_post()])
    killed = tmp_path / "killed"
    killed.mkdir()
    for suffix in ("", "-wal"):
        (killed / f"ledger.sqlite{suffix}").write_bytes((tmp_path / f"ledger.sqlite{suffix}").read_bytes())
    writer.close()
    before = {path.name: path.read_bytes() for path in killed.iterdir()}
    assert before["ledger.sqlite-wal"]
    with ledger_to_read(f"sqlite:///{killed / 'ledger.sqlite'}") as ledger:
        assert ledger
        assert ledger.states() == {CODE: "written"}
    assert {path.name: path.read_bytes() for path in killed.iterdir()} == before


def test_a_ledger_is_put_aside_with_its_log(tmp_path: Path) -> None:
    path, folder = tmp_path / "ledger.sqlite", tmp_path / "aside"
    folder.mkdir()
    assert set_aside(f"sqlite:///{path}", folder) is None
    writer = Ledger(f"sqlite:///{path}")
    writer.written([written_post()])
    held = {suffix: (tmp_path / f"ledger.sqlite{suffix}").read_bytes() for suffix in ("", "-wal")}
    aside = set_aside(f"sqlite:///{path}", folder)
    writer.close()
    assert aside
    assert not [*tmp_path.glob("ledger*")]
    assert {suffix: Path(f"{aside}{suffix}").read_bytes() for suffix in held} == held
    assert sql(aside, "SELECT code FROM articles") == [(CODE,)]


def test_one_on_a_server_stays_where_it_is(tmp_path: Path) -> None:
    assert set_aside("postgresql+psycopg://me@127.0.0.1/news", tmp_path) is None
