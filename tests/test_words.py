"""What is said is said in the reader's language: every text has its Chinese, and none is stored in it."""

import ast
import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest
from forked_scrapy import ROOT, START
from run_scrapy import finews, scrapy
from scrapy import commands as scrapys
from scrapy import exceptions
from world import World, generated_site

from crawler import exits, words
from crawler.chinese import CHINESE, checks, reasons, spoken, wrong_words
from crawler.chinese.help import HELP
from crawler.command_help import meanings
from crawler.reports.page import CHARTS, RETRY, TOLD
from crawler.summary import ending
from crawler.words import in_chinese, of_locale, say, speak, translated

CHINESE_SIGN = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
CODE = [
    path
    for path in (ROOT / "crawler").rglob("*.py")
    if path.relative_to(ROOT / "crawler").parts[0] not in {"chinese", "demo"}
]
REFUSING = (
    "commands", "sources", "spiders", "store", "telling", "reprocess", "command_line.py", "cli.py", "columns.py", "doctor.py",
    "data", "search", "origins.py", "settings_check.py", "settings_file.py", "site",
)  # fmt: skip
ERRORS = {
    "ValueError",
    "RunError",
    "UsageError",
    "UnusableLedger",
    "UnreachableLedger",
    "Finding",
    "refuse",
    "translated",
}
REASONS = {"Unreadable", "Rejected", "FormatError"}
VALUE = "X1"


def _template(node: ast.AST) -> str:
    """The text with a hole for each value; "" for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _template(node.left) + (_template(node.right) or "{}")
    return ""


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return [*ast.walk(ast.parse(path.read_text("utf-8")))]


def _texts(path: Path, names: Collection[str] = ()) -> Iterator[str]:
    for node in _nodes(path):
        if not names:
            yield _template(node)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            yield from filter(None, map(_template, node.args))


def _refusals() -> set[str]:
    return {
        text
        for path in CODE
        if path.relative_to(ROOT / "crawler").parts[0] in REFUSING
        for text in _texts(path, ERRORS)
        if re.search("[a-z]{3}", text.replace("{}", ""))
    }


def _reasons() -> set[str]:
    return {text for path in CODE for text in _texts(path, REASONS) if re.search("[a-z]{3} ", text)}


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    speak("")


def test_every_word_has_its_chinese() -> None:
    said = [*words.WORDS.values(), *exits.WORDS.values(), *CHARTS.values(), *TOLD.values(), RETRY]
    assert [text for text in said if text not in CHINESE] == []


def test_every_refusal_and_every_reason_has_its_chinese() -> None:
    refusals, whys = _refusals(), _reasons()
    assert len(refusals) > 100
    assert len(whys) > 20
    told = sorted(text.replace("{}", VALUE) for text in refusals | whys)
    assert [text for text in told if in_chinese(text) == text] == []


def test_the_parts_of_the_table_share_no_text_and_hold_the_same_values() -> None:
    assert len(CHINESE) == sum(map(len, (spoken.SPOKEN, wrong_words.WRONG_WORDS, checks.CHECKS, reasons.REASONS, HELP)))
    for english, chinese in CHINESE.items():
        holes = re.findall(r"\{\d?\}", english)
        assert sorted(holes) == sorted(re.findall(r"\{\d?\}", chinese)), english
        assert not CHINESE_SIGN.search(english.replace("国内经济", "")), english
        assert CHINESE_SIGN.search(chinese) or not re.search("[a-z]{2}", english.replace("{}", "")), english


def test_every_row_is_said_somewhere() -> None:
    code = [*CODE, *Path(scrapys.__path__[0]).glob("*.py")]
    texts = {text.replace("{}", VALUE) for path in code for text in _texts(path)}
    parts = "\n".join([*texts, *meanings().values()])
    foreign = (
        "argument {}: ",
        "Invalid -",
        *(name for name in vars(exceptions) if name.endswith("Error")),
    )  # argparse's and Scrapy's
    unsaid = []
    for english in CHINESE:
        longest = max(re.split(r"\{\d?\}", english), key=len).strip(" `:(")
        if longest not in parts and not english.startswith(foreign):
            unsaid.append(english)
    assert unsaid == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("there is no command crwal: did you mean crawl?", "没有 crwal 这个命令：是不是 crawl？"),
        ("there is no command posts: did you mean reports?", "没有 posts 这个命令：是不是 reports？"),
        ("robots.txt: HTTP status 503", "robots.txt：HTTP 状态 503"),
        ("a.example refuses: HTTP status 403", "a.example 拒绝：HTTP 状态 403"),
        ("DownloadTimeoutError: 30 s", "等待超时：30 s"),
        ("HTTP status {0} {x}", "HTTP 状态 {0} {x}"),
        ("what nobody knows", "what nobody knows"),
        ("", ""),
    ],
)
def test_texts_are_known_by_what_stands_between_their_values(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese
    speak("en")
    assert translated(english) == english


def test_a_foreign_text_is_no_trap() -> None:
    text = "exit " * 100_000
    assert in_chinese(text).endswith("exit ")


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LC_CTYPE": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides_where_nothing_else_does(environ: dict[str, str], language: str) -> None:
    assert of_locale(environ) == language


def test_numbers_stand_beside_their_words() -> None:
    speak("zh")
    assert say("written", 12) == "已写入 12"
    assert say("and").join([say("found", 3), say("failed", 1)]) == "发现 3，失败 1"


def test_all_of_a_run_is_said_in_one_language_and_stored_in_english(tmp_path: Path) -> None:
    """Through both doors; -s, file and environment are heard, each over the one after it."""
    args = ("crawl", "finews", *START, "-a", "since=2022-01-02")
    with World(generated_site(6, 2)) as world:
        env = world.env() | {"LC_ALL": "zh_CN.UTF-8", "FINEWS_STAND_IN": "1"}
        chinese = scrapy(*args, output=tmp_path / "zh", env=env)
        (tmp_path / "finews.toml").write_text('FINEWS_LANG = "zh"\n')
        by_file = finews(*args, folder=tmp_path, env=env | {"LC_ALL": "C"})
        english = finews(*args, folder=tmp_path, env=env | {"FINEWS_LANG": "en"}, timeout=60)
        by_word = scrapy(*args, "-s", "FINEWS_LANG=en", output=tmp_path / "en", env=env | {"FINEWS_LANG": "zh"})
    assert {one.code for one in (chinese, by_file, english, by_word)} == {chinese.code}
    for done in (chinese, by_file):
        lines = done.out.splitlines()
        assert re.fullmatch(r"文章：发现 \d+，已写入 \d+，未变 0，隔离 \d+，范围外 \d+", lines[0])
        assert [line for line in lines if not CHINESE_SIGN.search(line)] == []
        assert lines[-1] == f"退出码 {done.code}：{CHINESE[exits.WORDS[done.code]]}"
    for done in (english, by_word):
        assert not CHINESE_SIGN.search(done.out)
    report = json.loads(next((tmp_path / "zh" / "reports").glob("*.json")).read_text("utf-8"))
    assert not [reason for reason in report["reasons"] if CHINESE_SIGN.search(reason)]
    page = (tmp_path / "zh" / "reports" / "latest.html").read_text("utf-8")
    assert re.findall(r'id="lang-(\w+)" checked', page) == ["zh"]
    speak("zh")
    assert CHINESE_SIGN.search(ending(report, "quiet") or "无")


@pytest.mark.parametrize(
    "args",
    [
        ("crwal",),
        ("crawl", "finews", "-a", "sicne=2022-01-01"),
        ("crawl", "finews", "-s", "FINEWS_CLEANNG=source"),
        ("reprocess", ".", "--workers", "none"),
        ("report",),
    ],
    ids=" ".join,
)
def test_refusals_are_in_chinese(args: tuple[str, ...], tmp_path: Path) -> None:
    done = finews(*args, folder=tmp_path, env={"FINEWS_LANG": "zh"})
    assert done.code == exits.WRONG_USAGE
    assert CHINESE_SIGN.search(done.err.splitlines()[-1])
    assert "did you mean" not in done.err


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    done = finews("doctor", "-s", "FINEWS_LANG=fr", folder=tmp_path)
    assert "FINEWS_LANG=fr: say en or zh" in done.out
    done = finews("verify", "-s", "FINEWS_LANG=fr", folder=tmp_path)
    assert (done.code, done.err.strip()) == (2, "finews verify: FINEWS_LANG=fr: say en or zh")
