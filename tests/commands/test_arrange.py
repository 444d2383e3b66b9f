"""`finews arrange`: what it moves, and what it says it cannot."""

from pathlib import Path

import pytest
from commands.command import OPTIONS, command
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.commands import arrange
from crawler.exits import RunError
from crawler.store.lock import RunLock
from crawler.store.places import MONTH, ONE

NAME = "2022-01-14-NW202201142248170578.md"


def run(output: Path, folders: str, *args: str) -> int:
    made = command(arrange, output)
    assert made.settings
    made.settings.set("FINEWS_POST_FOLDERS", folders)
    return made.execute([*args], OPTIONS)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    posts = tmp_path / "output" / "_posts"
    posts.mkdir(parents=True)
    (posts / NAME).write_text("of a post")
    return posts


def test_posts_go_into_folders_of_months_and_back(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folders, moved, place in ((MONTH, 1, f"2022/01/{NAME}"), (MONTH, 0, f"2022/01/{NAME}"), (ONE, 1, NAME)):
        assert run(posts.parent, folders) == exits.OK
        assert capsys.readouterr().out == f"posts moved {moved}\n"
        assert (posts / place).read_text() == "of a post"
        assert len([*posts.rglob("*.md")]) == 1


def test_of_two_that_differ_both_stay(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = posts / "2022" / "01" / NAME
    other.parent.mkdir(parents=True)
    other.write_text("of another")
    assert run(posts.parent, MONTH) == exits.FAULTS_FOUND
    told = f"{posts / NAME}: another post of this name is {other}: remove one of them\nposts moved 0\n"
    assert capsys.readouterr().out == told
    assert ((posts / NAME).read_text(), other.read_text()) == ("of a post", "of another")


def test_it_refuses_words_a_wrong_setting_no_posts_and_another_run(posts: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="arrange takes no arguments"):
        run(posts.parent, MONTH, "now")
    with pytest.raises(ValueError, match="FINEWS_POST_FOLDERS='week': say one or month"):
        run(posts.parent, "week")
    with pytest.raises(ValueError, match="there are no posts in"):
        run(tmp_path / "none", MONTH)
    lock = RunLock(posts.parent)
    lock.take()
    with pytest.raises(RunError) as refused:
        run(posts.parent, MONTH)
    lock.release()
    assert refused.value.exit_code == exits.LOCKED
    assert (posts / NAME).is_file()
    assert run(posts.parent, MONTH) == exits.OK
