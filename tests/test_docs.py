"""What the docs say of the tree, the settings, the commands and the exit codes is so: each pair is told together."""

import argparse
import re
import sys
import tomllib
from datetime import timedelta
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest
from forked_scrapy import ROOT
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler import columns, exits, pages, post_format, settings, sites
from crawler.chinese.spoken import SPOKEN as CHINESE
from crawler.data.forms import FORMS
from crawler.kline.addresses import SERVICES
from crawler.kline.markets import BY_NUMBER
from crawler.pages.eastmoney.eras import ERAS
from crawler.store.retry import RETRY_GAPS
from crawler.summary import summary

README = (ROOT / "README.md").read_text("utf-8")
FACTS = (ROOT / "docs" / "domain-facts.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DOCS = [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
ROOMS = sorted(
    f"{path.name}/" if path.is_dir() else path.name
    for path in (ROOT / "crawler").iterdir()
    if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
)
COMMANDS = sorted(path.stem for path in (ROOT / "crawler" / "commands").glob("[!_]*.py"))
CODES = {name: code for name, code in vars(exits).items() if name.isupper() and isinstance(code, int)}
PATH = re.compile(r"`((?:crawler|tests|docs|deploy|benchmarks)/[\w./-]+)`")
SETTING = re.compile(r"\bFINEWS_[A-Z_]*[A-Z]\b")


def _options(command: str) -> set[str]:
    """The options of a command that are not Scrapy's, nor those of every command."""
    kind = import_module(f"crawler.commands.{command}").Command
    one = object.__new__(kind)
    one.settings = Settings()
    scrapys = next(base for base in kind.__mro__ if base.__module__.startswith("scrapy."))
    words = []
    for add_options in (kind.add_options, scrapys.add_options):
        add_options(one, parser := argparse.ArgumentParser(conflict_handler="resolve"))
        words.append({word for word in parser._option_string_actions if word.startswith("--")})
    return words[0] - words[1] - {"--quiet", "--verbose"}


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


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    declared = {name for name in vars(settings) if name.startswith("FINEWS_")}
    rows = {
        name
        for line in README.splitlines()
        if line.startswith("| `FINEWS_")
        for name in SETTING.findall(line.split("|")[1])
    }
    where = [path for path in (ROOT / "crawler").rglob("*.py") if path.stem not in {"settings", "help"}]
    read = {name for path in where for name in SETTING.findall(path.read_text("utf-8"))}
    assert rows == declared
    assert rows == read - {"FINEWS_NO_SKIP", "FINEWS_TORTURE"}  # those of the tests


def test_other_pages_name_settings_that_there_are() -> None:
    pages = [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md"), ROOT / "Makefile", *ROOT.glob("deploy/**/*.*")]
    told = {name for page in pages if page.name != "CHANGELOG.md" for name in SETTING.findall(page.read_text("utf-8"))}
    assert told - set(settings.defaults) == {"FINEWS_NO_SKIP", "FINEWS_TORTURE"}


def test_every_exit_code_has_its_words_here_and_there() -> None:
    for name, begins in (
        ("README.md", "Exit codes: "),
        ("README.zh-CN.md", "退出码："),
        ("docs/states.md", "| code |"),
    ):
        told = (ROOT / name).read_text("utf-8").partition(f"\n{begins}")[2].partition("\n\n")[0]
        assert set(map(int, re.findall(r"(?:^|[·|] )(\d+) ", told, re.MULTILINE))) == set(CODES.values()), name
    assert len(set(CODES.values())) == len(CODES)
    assert set(exits.WORDS) >= set(CODES.values()) - {exits.WRONG_USAGE}  # Scrapy tells what is wrong itself


@pytest.mark.parametrize(("name", "begins"), [("README.md", "Exit codes: "), ("README.zh-CN.md", "退出码：")])
def test_both_readmes_say_of_an_exit_code_what_the_command_says(name: str, begins: str) -> None:
    """Up to the first sign, behind which the command says what to do."""
    told = (ROOT / name).read_text("utf-8").partition(f"\n{begins}")[2].partition("\n\n")[0].replace("\n", " ")
    rows = {int(code): words for code, words in re.findall(r"(?:^|· )(\d+) ([^·]*)", told)}
    said = {code: words if name == "README.md" else CHINESE[words] for code, words in exits.WORDS.items()}
    begun = {code: re.split("[:,：，]", words)[0] for code, words in said.items() if code != exits.FAULTS_FOUND}
    assert [code for code, words in begun.items() if not rows[code].startswith(words)] == []


@pytest.mark.parametrize("folder", ["commands", "spiders"])
def test_every_command_and_spider_has_its_row(folder: str) -> None:
    files = [path.read_text("utf-8") for path in (ROOT / "crawler" / folder).glob("*.py")]
    names = set(COMMANDS) if folder == "commands" else set()
    names |= {
        name for text in files if folder == "spiders" for name in re.findall(r'^    name = "(\w+)"', text, re.MULTILINE)
    }
    assert names
    rows = " ".join(line for line in README.splitlines() if line.startswith("| `finews "))
    assert [name for name in sorted(names) if not re.search(rf"finews (?:crawl )?{name}\b", rows)] == []


@pytest.mark.parametrize("name", ["architecture", "domain-facts", "adding"])
def test_every_kind_of_page_is_told_in_its_place(name: str) -> None:
    text = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    listed = re.findall("`([a-z-]+)`", text.partition("tried in this order:")[2].partition(".\n")[0])
    assert (listed or [row for row in rows if "/" not in row]) == list(pages.KINDS)


def test_options_in_the_rows_of_commands_are_those_of_the_code() -> None:
    own = {name: _options(name) for name in COMMANDS}
    for page in ("README.md", "README.zh-CN.md"):
        rows, command = {name: set[str]() for name in COMMANDS}, ""
        for line in (ROOT / page).read_text("utf-8").splitlines():
            if line.startswith(("| `finews ", "| … ")):
                named = re.match(r"\| `finews (\w+)", line)
                command = named[1] if named else command
                rows[command] |= set(re.findall(r"(?<![\w-])--[a-z-]+", line))
        assert rows == own, page
    told = {name for page in DOCS for name in re.findall(r" -a (\w+)=", page.read_text("utf-8"))}
    loader = SpiderLoader.from_settings(Settings(vars(settings)))
    assert told <= {name for spider in map(loader.load, loader.list()) for name in spider.arguments}


def test_numbers_of_the_code_are_those_of_the_docs() -> None:
    gaps = ", ".join(f"{gap / timedelta(hours=1):.0f}" for gap in RETRY_GAPS)
    assert f"(gaps of {gaps} hours)" in (ROOT / "docs" / "states.md").read_text("utf-8")
    table = FACTS.partition("### 6.4")[2].partition("\n\nA bare")[0]
    numbers = {n for row in table.splitlines() for cell in row.split("|")[1::3] for n in re.findall(r"\d+", cell)}
    assert {int(n) for n in numbers} == set(BY_NUMBER)
    assert "politely: less than two requests a second to a host" in README
    assert 1 / settings.DOWNLOAD_DELAY < 2
    gap, scale = settings.DOWNLOAD_DELAY, (ROOT / "docs" / "scale.md").read_text("utf-8")
    assert f"{gap} s between two on the average, are {24 * 60 * 60 / gap:,.0f} a day" in scale
    lengths = [n for n in range(1, 40) if re.fullmatch(sites.NEWS_ID, "1" * n)]
    assert f"| news id | {' or '.join(map(str, lengths))} digits" in (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert re.findall(r"(\d+)(?: digits until| since)", FACTS.partition("| news id |")[2].partition("|\n")[0]) == [
        str(length) for length in lengths
    ]


def test_what_is_known_of_every_host_and_every_era_stands_in_the_facts() -> None:
    lists = (columns.LIST_HOST, columns.ROLLING_HOST, columns.ROLLING_SCRIPT_HOST)
    hosts = {*sites.SITE_HOSTS, *sites.SHARE_HOSTS, *sites.PICTURE_HOSTS, *sites.LIST_HOSTS, *lists}
    hosts |= {service.host for service in SERVICES}
    assert [host for host in sorted(hosts) if host not in FACTS] == []
    assert [era.container.value for era in ERAS if era.container.value not in FACTS] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/format.md"])
def test_the_post_that_is_shown_is_one_that_is_written(name: str) -> None:
    """The seed post as it comes out, whose body is shortened there: its head, and its last two lines."""
    (seed,) = (ROOT / "crawler" / "demo" / "data").glob("*.md")
    written = post_format.render(post_format.parse(seed.read_bytes(), seed.name)).decode()
    head, _, rest = written.partition("\n---\n")
    text = (ROOT / name).read_text("utf-8")
    assert f"output/_posts/{seed.name}`" in text
    shown = text.partition(f"\n{head}\n---\n")[2].partition("\n```\n")[0]
    assert shown
    assert shown.split("\n")[1:] == rest.split("\n")[1:]


def test_the_summary_in_the_readmes_is_one_that_a_run_prints() -> None:
    numbers = {"found": 46, "written": 46, "unchanged": 0, "quarantined": 0, "out_of_scope": 0, "unfinished": 0}
    of_run = {"output": "output", "run": "20220114T050246Z-6690", "exit_code": exits.OK, "invented": True}
    told = summary({**numbers, **of_run, "counts": {"klines/resolved": 34, "origin/share": 46}, "reasons": {}})
    for name in ("README.md", "README.zh-CN.md"):
        assert f"```text\n{told}\n```" in (ROOT / name).read_text("utf-8")


def test_nothing_lies_about_that_nobody_uses() -> None:
    """Spiders and commands are found by their folder; what Scrapy is to load, the settings name; tables have the rest."""
    graph, loaded = grimp.build_graph("crawler", cache_dir=None), str(vars(settings))
    loaded += "".join(f"'crawler.data.forms.{form.module}'" for form in FORMS.values())
    loaded += "".join(f"'{kind.__name__}'" for kind in pages.KINDS.values())  # type: ignore[attr-defined]
    lonely = [
        name
        for name in sorted(graph.modules)
        if not re.fullmatch(r"crawler(?:\.(?:commands|spiders)\.\w+|.*\b__main__|(?:\.\w+)?)", name)
        and not graph.find_modules_that_directly_import(name)
        and not graph.find_children(name)
        and name not in loaded
    ]
    assert lonely == []


def test_packages_that_are_imported_are_declared_and_the_other_way_round() -> None:
    graph, of_import = (
        grimp.build_graph("crawler", include_external_packages=True, cache_dir=None),
        packages_distributions(),
    )
    roots = {name.partition(".")[0] for name in graph.modules} - {"crawler", *sys.stdlib_module_names}
    imported = {package.lower() for root in roots for package in of_import.get(root, [root])}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [
        *project["dependencies"],
        *(line for name in extras if name not in {"bench", "test"} for line in extras[name]),
    ]
    declared = {re.split(r"[^\w.-]|-(?=\d)", line)[0].lower().replace("_", "-") for line in lines}
    by_name = {"tzdata", "psycopg"}  # what others look for
    either = {"backports.zstd", "backports", "compression", "twisted"}  # by the version of Python; Scrapy's own
    assert {name.replace("_", "-") for name in imported} - either == declared - by_name - either
