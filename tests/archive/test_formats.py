"""Every row of the table of formats does something: its example (examples.py) is known, by its beginning and by its name."""

import re
from pathlib import Path

import pytest

from crawler.archive.formats import FORMATS, Format


def suffixes(row: Format) -> tuple[str, ...]:
    """The names a file of this format may have; "" where its beginning alone tells it."""
    return row.suffixes if not row.magic and row.content is None else (*row.suffixes, "")


NAMES = [pytest.param(row, suffix, id=f"{row.name}-{suffix}") for row in FORMATS for suffix in suffixes(row)]


@pytest.mark.parametrize(("row", "suffix"), NAMES)
def test_an_example_is_known_by_its_beginning_and_by_its_name(
    tmp_path: Path, opened, html: bytes, row: Format, suffix: str
) -> None:
    (tmp_path / (f"x.html.{suffix}" if suffix else "x")).write_bytes(row.example(html))
    found = opened()
    told = {"asset": "asset: ", "junk": "binary"}.get(row.name, "not opened" * row.cannot.startswith("anything"))
    if told:
        assert [u.reason.startswith(told) for u in found.skipped] == [True]
    elif row.name == "json":
        assert [page.body for page in found.pages] == [row.example(html)]
    else:
        assert [page.body for page in found.pages] == [html]
        assert not [u for u in found.skipped if u.failed]


@pytest.mark.parametrize(("row", "suffix"), [name for name in NAMES if name.values[1]])
def test_a_file_that_is_only_called_so_is_told(tmp_path: Path, opened, row: Format, suffix: str) -> None:
    (tmp_path / f"x.{suffix}").write_bytes(b"\1\xff\xff\xff\2\xff" * 12)
    found = opened()
    assert not found.pages
    assert [u.failed for u in found.skipped][-1:] == [True]


@pytest.mark.parametrize("row", [row for row in FORMATS if row.nests], ids=lambda row: row.name)
def test_what_nests_has_an_end(tmp_path: Path, opened, html: bytes, row: Format) -> None:
    inner = html
    for _ in range(9):
        inner = row.example(inner) if row.name not in {"warc", "mail", "har"} else inner
    suffix = f".{row.suffixes[0]}"
    (tmp_path / f"x{suffix * 9}").write_bytes(inner)
    if inner != html and "" in suffixes(row):
        assert [u.reason for u in opened().skipped] == ["nested deeper than 8 containers"]


def test_each_row_is_in_the_docs_with_its_names_and_whether_it_is_read() -> None:
    text = (Path(__file__).parents[2] / "docs" / "archive.md").read_text("utf-8")
    cells = [re.split(r" *\| *", line)[1:4] for line in text.splitlines() if re.match(r"\| [a-z0-9]", line)][1:]
    told = {
        name: (set(re.findall(r"\.(\w+)", names.partition("by content")[0])), cannot[:8])
        for name, names, cannot in cells
    }
    by_name = {row.name: set(row.suffixes) for row in FORMATS}
    assert {name: names for name, (names, _) in told.items() if by_name.get(name)} == {
        k: v for k, v in by_name.items() if v
    }
    assert {name for name, (_, cannot) in told.items() if cannot == "anything"} == {
        row.name for row in FORMATS if row.cannot.startswith("anything")
    }
    assert told.keys() == by_name.keys()
