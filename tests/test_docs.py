"""What the docs say of the tree, the settings, the commands and the exit codes is so: each pair is told together."""

import re
from pathlib import Path

import pytest
from forked_scrapy import ROOT

from crawler import exits, pages, settings

README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DOCS = [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
ROOMS = sorted(
    f"{path.name}/" if path.is_dir() else path.name
    for path in (ROOT / "crawler").iterdir()
    if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
)
CODES = {name: code for name, code in vars(exits).items() if name.isupper() and isinstance(code, int)}
PATH = re.compile(r"`((?:crawler|tests|docs|deploy|benchmarks)/[\w./-]+)`")
SETTING = re.compile(r"\bFINEWS_[A-Z_]*[A-Z]\b")


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_every_path_that_is_named_is_there(file: Path) -> None:
    assert [path for path in PATH.findall(file.read_text("utf-8")) if not (ROOT / path).exists()] == []


def test_every_name_in_the_walkthroughs_is_in_the_code() -> None:
    adding = (ROOT / "docs" / "adding.md").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in (ROOT / "crawler").rglob("*.py"))
    names = set(re.findall(r"`([A-Z][A-Za-z_]{3,})`", adding))
    assert len(names) > 5
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", code)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_row(room: str) -> None:
    assert f"`{room}`" in ARCHITECTURE
    tree = README[README.index("scrapy.cfg  pyproject.toml") :]
    assert re.search(rf"(?:^|  ){re.escape(room)}(?= )", tree, re.MULTILINE)


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    declared = {name for name in vars(settings) if name.startswith("FINEWS_")}
    rows = {
        name
        for line in README.splitlines()
        if line.startswith("| `FINEWS_")
        for name in SETTING.findall(line.split("|")[1])
    }
    code = {name for path in (ROOT / "crawler").rglob("*.py") for name in SETTING.findall(path.read_text("utf-8"))}
    assert rows >= declared
    assert rows == code - {"FINEWS_NO_SKIP", "FINEWS_TORTURE"}  # those of the tests


def test_every_exit_code_has_its_words_here_and_there() -> None:
    told = README[README.index("Exit codes:") :].partition("\n\n")[0]
    assert set(map(int, re.findall(r"\b\d+\b", told))) == set(CODES.values())
    assert len(set(CODES.values())) == len(CODES)
    assert set(exits.WORDS) >= set(CODES.values()) - {exits.WRONG_USAGE}  # Scrapy tells what is wrong itself


@pytest.mark.parametrize("folder", ["commands", "spiders"])
def test_every_command_and_spider_has_its_row(folder: str) -> None:
    files = [path.read_text("utf-8") for path in (ROOT / "crawler" / folder).glob("*.py")]
    names = {path.stem for path in (ROOT / "crawler" / "commands").glob("[!_]*.py")} if folder == "commands" else set()
    names |= {
        name for text in files if folder == "spiders" for name in re.findall(r'^    name = "(\w+)"', text, re.MULTILINE)
    }
    assert names
    rows = " ".join(line for line in README.splitlines() if line.startswith("| `scrapy "))
    assert [name for name in sorted(names) if not re.search(rf"scrapy (?:crawl )?{name}\b", rows)] == []


@pytest.mark.parametrize("name", ["architecture", "domain-facts", "adding"])
def test_every_kind_of_page_is_told_in_its_place(name: str) -> None:
    text = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    listed = re.findall("`([a-z-]+)`", text.partition("tried in this order:")[2].partition(".\n")[0])
    assert (listed or [row for row in rows if "/" not in row]) == list(pages.KINDS)
