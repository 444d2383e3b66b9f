"""What is known costs little: it is asked of indexes, is in memory in parts, and is compared with the folder all the same."""

import random
import shutil
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from postgres_server import new_database
from sqlalchemy import event, insert
from store.samples import CODE, POST, SITE, made, written_post

from crawler.assemble.merge import worse_origins
from crawler.store.filed import File
from crawler.store.ledger import Ledger
from crawler.store.on_disk import compare
from crawler.store.places import listed, stamp_of
from crawler.store.run import Run
from crawler.store.tables import DOUBTED, articles, new_row
from crawler.verify import rebuild

TIME = "2022-01-14T00:00:00+00:00"


def filled(url: str, number: int) -> Ledger:
    """A ledger of so many articles that are written, and nothing is to be done for."""
    told = {"site": SITE, "state": "written", "origin": "share", "category": "jia", "sources": "[]" * 99}
    codes = (f"NW20220114{n:010}" for n in range(number))
    rows = [new_row(code, TIME) | told | {"file": f"2022-01-14-{code}.md", "stamp": f"1 {code}"} for code in codes]
    ledger = Ledger(url)
    with ledger._transaction() as db:
        db.execute(insert(articles), rows)
    return ledger


def ask(ledger: Ledger) -> list[Any]:
    """What a run without news asks of what is known."""
    due = ledger.due(SITE, worse=worse_origins(None))
    asked = [due, ledger.counted(SITE, ()), ledger.categories(), ledger.lost(), ledger.unlisted(), ledger.doubted(SITE)]
    after = ""
    while some := ledger.stamps(after):
        after = some[-1][0]
    return [*asked, after]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_an_index_answers_what_a_run_asks_of_all_that_is_known(database: str, tmp_path: Path) -> None:
    is_sqlite = database == "sqlite"
    ledger = filled(f"sqlite:///{tmp_path / 'ledger.sqlite'}" if is_sqlite else new_database(), 1500)
    said: list[tuple[str, Any]] = []
    listening = event.listens_for(ledger._engine, "before_cursor_execute")
    listening(lambda _db, _cursor, statement, parameters, *_: said.append((statement, parameters)))
    assert ask(ledger)[1][0] == {"written": 1500}
    asked = [(statement, given) for statement, given in said if statement.startswith("SELECT articles.")]
    assert len(asked) == 7
    with ledger._transaction() as db:
        if not is_sqlite:
            db.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        plans = [[str(row[-1]) for row in db.exec_driver_sql(f"{explain} {query}", given)] for query, given in asked]
    *_, doubted = (plan for (_, given), plan in zip(asked, plans, strict=True) if DOUBTED in str(given))
    assert not is_sqlite or "articles_open" in doubted[0], doubted
    for plan in plans:
        assert any("articles_" in line for line in plan), plan
        assert not is_sqlite or "file>" not in plan[0] or "COVERING" in plan[0], plan
        assert not any(line.strip() == "SCAN articles" or "Seq Scan on articles" in line for line in plan), plan
    ledger.close()


def test_what_a_run_asks_of_all_that_is_known_is_not_in_memory(tmp_path: Path) -> None:
    peaks = []
    for number in (11000, 33000):
        ledger = filled(f"sqlite:///{tmp_path / f'{number}.sqlite'}", number)
        ask(ledger)  # statements are compiled once
        tracemalloc.start()
        ask(ledger)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        ledger.close()
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_a_comparison_has_not_all_files_in_memory(tmp_path: Path) -> None:
    peaks = []
    for number in (5000, 15000):
        ledger, folder = filled(f"sqlite:///{tmp_path / f'{number}.sqlite'}", number), tmp_path / str(number) / "_posts"
        folder.mkdir(parents=True)
        for n in range(number):
            (folder / f"2022-01-14-NW20220114{n:010}.md").write_bytes(b"x")
        found = compare(folder, ledger)
        ledger.stamped(found.stamps)
        (folder / found.files[0].file).write_bytes(b"another")
        compare(folder, ledger)  # statements are compiled once
        tracemalloc.start()
        assert len(compare(folder, ledger).files) == 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        ledger.close()
    assert peaks[1] < 1.2 * peaks[0], peaks


def test_files_of_which_nothing_tells_what_was_written_are_no_news_each_time(tmp_path: Path) -> None:
    """After the rebuild of a ledger that was lost, that is."""
    with Run(tmp_path) as run:
        run.store([written_post()])
    shutil.rmtree(tmp_path / "state")
    assert rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_EDITED": "keep"}) == (1, None)
    file = next((tmp_path / "_posts").iterdir())
    for data in (file.read_bytes(), b"another", b"", b"again"):
        file.write_bytes(data)
        for is_news in (True, False):
            with Run(tmp_path) as run:
                run.compare()
                assert (run.earlier.edited, run.earlier.missing) == (frozenset(), {} if data else {CODE: file.name})
                seen = run.ledger.files([file.name])
                assert seen[0].stamp == stamp_of(file) or not data
                assert compare(file.parent, run.ledger).files == ([] if data else seen), is_news


def _found_file_by_file(folder: Path, files: list[File]) -> list[Any]:
    """The same comparison as its words say it, with all that is known at once."""
    there = {name: stamp_of(path) for name, path in listed(folder).items()}
    held = {name for name, stamp in there.items() if stamp}
    known = {one.file for one in files}
    unknown = {name[11:-3]: name for name in held - known}
    missing = {one.code: one.file for one in files if one.file not in held and one.code not in unknown}
    other = [one for one in files if one.file in held and there[one.file] != one.stamp]
    mine = {one.code: one.file for one in other if b"mine" in Path(listed(folder)[one.file]).read_bytes()}
    stamps = {one.code: there[one.file] for one in other if one.code not in mine}
    return [missing, unknown, mine, {}, stamps]


WAYS = ("as it was", "gone", "empty", "touched", "edited", "to the month", "to the old ones", "twice", "a folder")


@pytest.mark.parametrize("seed", range(4))
def test_the_comparison_finds_what_one_file_by_file_finds(seed: int, tmp_path: Path) -> None:
    """Whatever became of each file; ``twice``: an empty one lies before it."""
    chance = random.Random(seed)
    codes = [f"NW2022{n % 12 + 1:02}14224817{n:04}" for n in range(60)]
    posts = [written_post()] + [made(replace(POST, code=code, time=f"2022-{code[6:8]}-14 13:02:46")) for code in codes]
    with Run(tmp_path) as run:
        run.store(posts)
        ways = {one.file: chance.choice(WAYS) for one in posts[1:]}
        for file, way in ways.items():
            _do(way, tmp_path / "_posts" / file)
        (tmp_path / "_posts/2022-01-13-NW202201130000000001.md").write_bytes(posts[0].data or b"strange")
        files = run.ledger.files(file for file, _ in run.ledger.stamps())
        assert len(files) == len(posts)
        found = compare(tmp_path / "_posts", run.ledger)
        assert [*found[:5]] == _found_file_by_file(tmp_path / "_posts", files)
        assert {*WAYS} == {*ways.values()}


def _do(way: str, path: Path) -> None:
    data = path.read_bytes()
    month = path.parent / path.name[:4] / path.name[5:7] / path.name
    old = path.parents[1] / "old_post" / path.name
    to = {"to the month": month, "twice": month, "to the old ones": old}.get(way)
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)
    if way in {"empty", "twice"}:
        path.write_bytes(b"")
    elif way in {"touched", "edited"}:
        path.unlink()
        path.write_bytes(data + b"mine" * (way == "edited"))
    elif way in {"gone", "a folder"}:
        path.unlink()
        if way == "a folder":
            path.mkdir()
