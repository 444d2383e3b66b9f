"""A large archive in every form: little memory, the same bytes again, and every article read back by the form's own library."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import frontmatter
import pytest
from full_or_small import size
from run_scrapy import scrapy
from search.archives import drawn, put

from crawler.csv_export import inert
from crawler.data.forms import FORMS
from crawler.items import Post

NUMBER = size(300, 100_000)
LIMIT = 300 * 2**20
pytestmark = pytest.mark.timeout(size(120, 7200))
Told = tuple[str, str]
"""The title of an article, and when it was published."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("large")
    for start in range(0, NUMBER, 10_000):
        put(output, *posts()[start : start + 10_000])
    one = min((output / "_posts").iterdir())  # to be checked: odd texts were drawn, and few would pass
    done = scrapy("verify", "--rebuild", str(one), output=output, timeout=3600)
    assert f"articles in the ledger {NUMBER}" in done.out
    return output


def posts() -> list[Post]:
    return drawn(1, NUMBER)


def _jsonl(path: Path) -> Iterator[Told]:
    with path.open("rb") as file:
        for line in file:
            row = json.loads(line)
            yield row["title"], row["published"]


def _csv(path: Path) -> Iterator[Told]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["title"], row["published"]


def _parquet(path: Path) -> Iterator[Told]:
    query = (
        "SELECT title, strftime(published AT TIME ZONE 'Asia/Shanghai', '%Y-%m-%dT%H:%M:%S+08:00') FROM read_parquet(?)"
    )
    return iter(duckdb.execute(query, [str(path)]).fetchall())


def _notes(time: str) -> Callable[[Path], Iterator[Told]]:
    def read(folder: Path) -> Iterator[Told]:
        for path in folder.glob("*.md"):
            note = frontmatter.loads(path.read_text("utf-8"))
            yield note["title"], note[time]

    return read


READERS = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "obsidian": _notes("published"), "hugo": _notes("date")}


def test_every_form_has_a_reader() -> None:
    assert READERS.keys() == FORMS.keys()


@pytest.mark.parametrize("form", READERS)
def test_all_articles_are_read_back_and_the_same_again(form: str, output: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        done = scrapy("export", str(tmp_path / name), "--as", form, output=output, timeout=3000)
        assert (done.code, done.out) == (0, f"articles exported {NUMBER}\n"), done.err
        print(f"{form}: {NUMBER / done.seconds:.0f} posts/s, {done.peak / 2**20:.0f} MB")
        assert done.peak < LIMIT
    assert _same(tmp_path / "first", tmp_path / "second")
    expected = sorted((_shown(one.title, form), datetime.fromisoformat(one.time)) for one in posts())
    told = READERS[form](tmp_path / "first")
    assert sorted((title, datetime.fromisoformat(time).replace(tzinfo=None)) for title, time in told) == expected


def _shown(title: str, form: str) -> str:
    """A post's title as the form has it."""
    plain = title.replace("&lt;", "<").replace("&amp;", "&")
    return inert(plain) if form == "csv" else plain


def _same(one: Path, other: Path) -> bool:
    if one.is_file():
        return one.read_bytes() == other.read_bytes()
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in names)
