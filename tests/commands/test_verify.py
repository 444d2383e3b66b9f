"""`scrapy verify`: each fault is told with its file."""

from pathlib import Path

import pytest
from commands.command import OPTIONS, command

from crawler import exits
from crawler.commands import verify


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


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["/nowhere/x"], "no such file or folder: /nowhere/x"),
    ],
)
def test_wrong_usage(args: list[str], error: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=error):
        command(verify, tmp_path).execute(args, OPTIONS)
