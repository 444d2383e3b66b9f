"""What commands say of themselves, and which arguments they refuse."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.commands import quarantine, reprocess, verify
from crawler.items import Page

COMMANDS = {
    "quarantine": (
        quarantine,
        "list|retry|drop [ID...] [options]",
        "Show, retry or drop what could not be made into a post",
    ),
    "reprocess": (reprocess, "PATH... [options]", "Turn saved pages into posts"),
    "verify": (verify, "[PATH...] [options]", "Check written posts"),
}
OPTIONS = argparse.Namespace(workers=None, online=False, rebuild=False)


def command(module: Any, output: Path) -> FinewsCommand:
    made: FinewsCommand = module.Command()
    made.settings = Settings({"FINEWS_OUTPUT_DIR": str(output)})
    return made


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str, tmp_path: Path) -> None:
    module, syntax, description = COMMANDS[name]
    made = command(module, tmp_path)
    assert (made.syntax(), made.short_desc()) == (syntax, description)


@pytest.mark.parametrize(
    ("module", "args", "changed", "error"),
    [
        (quarantine, [], {}, "say list, retry or drop"),
        (quarantine, ["nonsense"], {}, "say list, retry or drop"),
        (quarantine, ["drop"], {}, "name the entries to drop"),
        (quarantine, ["retry", "nobody"], {}, "not in quarantine: nobody"),
        (reprocess, [], {}, "name at least one file or folder"),
        (reprocess, ["."], {"workers": 0}, "--workers 0: at least one is needed"),
        (reprocess, ["/nowhere/x"], {}, "no such file or folder: /nowhere/x"),
        (verify, ["/nowhere/x"], {}, "no such file or folder: /nowhere/x"),
    ],
)
def test_wrong_usage(module: Any, args: list[str], changed: dict[str, Any], error: str, tmp_path: Path) -> None:
    options = argparse.Namespace(**{**vars(OPTIONS), **changed})
    with pytest.raises((UsageError, ValueError), match=error):
        command(module, tmp_path).execute(args, options)


@contextmanager
def entry(output: Path) -> Iterator[FinewsCommand]:
    """The command, with one article in quarantine."""
    made = command(quarantine, output)
    with made.open_run() as run:
        run.quarantined("NW202201142248170578", "no title", Page(url="http://x/y", body=b"<p>"))
    yield made


def test_quarantine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with entry(tmp_path) as made:
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "NW202201142248170578\tno title\thttp://x/y\n"
        assert made.execute(["drop", "NW202201142248170578"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "dropped 1\n"
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == ""


def test_verify_tells_each_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    posts = tmp_path / "_posts"
    posts.mkdir()
    (posts / "2022-01-14-NW202201142248170578.md").write_text("no post")
    (tmp_path / "category").mkdir()
    (tmp_path / "category" / "jia.html").write_text("---\ntitle: <script>\ncategory: jia\n---")
    assert command(verify, tmp_path).execute([], OPTIONS) == exits.FAULTS_FOUND
    out = capsys.readouterr().out
    assert "2022-01-14-NW202201142248170578.md: " in out
    assert "jia.html: its title, its category or its text would not be safe" in out
    assert "checked 1, with faults 2" in out


SOUND = {"title": '"题"', "digest": "> 摘要", "categories": "emnews", "tags": "东财滚动新闻"}


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("title", '"<script>alert(1)</script>"', "its title would not be safe"),
        ("title", r'"x\" onclick=\"y"', "its title would not be safe"),
        ("title", '"{{ site }}"', "its title would not be safe"),
        ("digest", "> <img src=x onerror=alert(1)>", "its digest would not be safe"),
        ("digest", "> [x](javascript:alert(1))", "its digest would not be safe"),
        ("tags", """'x"autofocus'""", "its tag would not be safe"),
        ("categories", """'x"y'""", "category"),
        ("categories", "../x", "category"),
    ],
)
def test_verify_judges_all_that_layouts_print(
    part: str, text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, held in (("sound", SOUND), ("other", {**SOUND, part: text})):
        (tmp_path / name).mkdir()
        head = "".join(f"{key}: {held[key]}\n" for key in ("title", "categories", "tags"))
        head = head.replace("categories", "date: 2022-01-14 13:02:46 +0800\ncategories")
        (tmp_path / name / "2022-01-14-202201142248170578.md").write_text(
            f"---\nlayout: post\n{head}---\n{held['digest']}\n\n<p>正文</p>\n\n<http://a.example/>\n\n"
            "[返回东财滚动新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)"
        )
    assert command(verify, tmp_path).execute([str(tmp_path / "sound")], OPTIONS) == exits.OK
    assert command(verify, tmp_path).execute([str(tmp_path / "other")], OPTIONS) != exits.OK
    assert told in capsys.readouterr().out
