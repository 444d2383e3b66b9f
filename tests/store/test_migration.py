"""A ledger of an earlier schema gets what it lacks, and what it knows is called as now."""

from dataclasses import replace
from pathlib import Path

from store.samples import CODE, POST, SITE, TIME, listed_article, made, record_list, sql, written_post

from crawler.store.history import Bytes
from crawler.store.ledger import Ledger
from crawler.store.tables import RENAMED, SCHEMA_VERSION

_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"


def test_a_ledger_of_an_earlier_schema_gets_what_it_lacks_and_keeps_what_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(f"sqlite:///{path}")
    record_list(ledger, listed_article())
    ledger.close()
    indexes = sql(path, _INDEXES)
    names = "open", "file", "unsettled", "category"
    sql(path, *(f"DROP INDEX articles_{name}" for name in names), "DROP TABLE pages", "UPDATE meta SET value = 0")
    sql(path, "ALTER TABLE articles DROP COLUMN next_try")
    ledger = Ledger(f"sqlite:///{path}")
    ledger.failed(CODE, "HTTP status 404")
    assert (ledger.states(SITE), ledger.list_pages(SITE)) == ({CODE: "quarantined"}, {})
    assert [task.title for task in ledger.due(SITE)] == ["题"]
    ledger.close()
    assert sql(path, _INDEXES) == indexes


def test_a_table_of_the_first_schema_that_was_called_as_one_of_now_gives_way(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(f"sqlite:///{path}").close()
    rows = "CREATE TABLE versions (code TEXT, sha256 TEXT, replaced TEXT NOT NULL, PRIMARY KEY (code, sha256))"
    sql(path, "DROP TABLE versions", rows, "INSERT INTO versions VALUES ('a', 'b', 'c')", "UPDATE meta SET value = 1")
    ledger = Ledger(f"sqlite:///{path}")
    post = written_post()
    ledger.will_come([(Bytes(CODE, post.sha256, 1, None, None, None), {})], durably=False)
    ledger.written([post])
    assert ledger.history([CODE, "a"]).keys() == {CODE}
    ledger.close()


def test_origins_that_were_called_otherwise_are_called_as_now(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(f"sqlite:///{path}")
    told = (("share", (0, 0, 0, ""), ("text",)), ("finews-page", (0, 0, 0, ""), ("title", "time")))
    ledger.written([made(replace(POST, sources=told))])
    now = ledger.records([CODE])
    ledger.close()
    for before, name in RENAMED.items():
        sql(path, f"UPDATE articles SET origin = replace(origin, '{name}', '{before}')")
        sql(path, f"UPDATE articles SET sources = replace(sources, '\"{name}\"', '\"{before}\"')")
    assert sql(path, "UPDATE meta SET value = 2 WHERE name = 'schema'", "SELECT origin FROM articles") == [
        ("share-json",)
    ]
    ledger = Ledger(f"sqlite:///{path}")
    assert ledger.records([CODE]) == now
    ledger.close()
    assert sql(path, "SELECT origin FROM articles") == [("share",)]


def test_of_posts_of_before_it_is_known_since_when_they_are_there_at_least(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(f"sqlite:///{path}")
    other = f"{CODE[:-1]}9"
    ledger.written([written_post(), made(replace(POST, code=other))])
    ledger.failed("NW202201142248170000", "HTTP status 404")
    digest = ledger.records([CODE])[CODE].sha256
    ledger.close()
    sql(path, "DROP TABLE versions", "DROP TABLE coming", f"UPDATE articles SET last_seen = '{TIME}'")
    sql(path, f"UPDATE articles SET sha256 = NULL WHERE code = '{other}'", "UPDATE meta SET value = 4")
    ledger = Ledger(f"sqlite:///{path}")
    (known,) = ledger.history([CODE, other, "NW202201142248170000"]).values()
    assert (known.code, known.sha256, known.version, known.revised) == (CODE, digest, 1, None)
    assert known.since
    assert known.since.isoformat() == known.first_seen.isoformat() == TIME  # type: ignore[union-attr]
    ledger.close()
    sql(path, "UPDATE versions SET version = 3", "UPDATE meta SET value = 4")
    ledger = Ledger(f"sqlite:///{path}")
    assert ledger.history([CODE])[CODE].version == 3, "what is known stays"
    ledger.close()
    assert sql(path, "SELECT value FROM meta WHERE name = 'schema'") == [(str(SCHEMA_VERSION),)]
