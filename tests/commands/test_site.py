"""`finews site`: what it says, and with which exit code."""

from pathlib import Path

import pytest
from commands.command import OPTIONS, command
from random_posts import MEDIA
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.commands import site
from crawler.exits import RunError
from crawler.post_format import file_name, render


@pytest.fixture
def output(tmp_path: Path) -> Path:
    posts = tmp_path / "output" / "_posts"
    posts.mkdir(parents=True)
    (posts / file_name(MEDIA)).write_bytes(render(MEDIA))
    return posts.parent


def run(output: Path, root: Path) -> int:
    made = command(site, output)
    assert made.settings
    made.settings.set("FINEWS_SITE_LINKS", "own")
    return made.execute([str(root)], OPTIONS)


def test_it_says_what_it_made_and_what_it_left(
    output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "site"
    assert run(output, root) == exits.OK
    out = capsys.readouterr().out
    assert "posts 1, category 2, security 0, day 1, left out 0\n" in out
    assert f"jekyll build --source {root} --destination {root / '_site'}\n" in out
    (root / "_config.yml").write_text("title: mine\n")
    (output / "_posts" / "2022-01-14-x.md").write_text("no post")
    assert run(output, root) == exits.FAULTS_FOUND
    out = capsys.readouterr().out
    assert "2022-01-14-x.md: left out: no front matter" in out
    assert "_config.yml: not ours, or edited by hand: left as it is" in out
    assert "files written 0, removed 0" in out


def test_a_folder_that_cannot_be_written_is_told(output: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "lists").write_text("a file where a folder is to be")
    with pytest.raises(RunError, match="lists") as error:
        run(output, tmp_path / "site")
    assert error.value.exit_code == exits.NOT_WRITABLE


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ([], "name one folder"),
        (["a", "b"], "name one folder"),
    ],
)
def test_wrong_usage(args: list[str], error: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=error):
        command(site, tmp_path).execute(args, OPTIONS)
