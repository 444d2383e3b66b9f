"""The line for cron: it prints what is new or wrong, and in a quiet hour nothing."""

import re
from pathlib import Path

import pytest
from deploy.conftest import Shell
from forked_scrapy import ROOT
from world import Fault, World

TABLE = ROOT / "deploy" / "cron" / "finews.crontab"


def _command(folder: Path) -> str:
    (line,) = (line for line in TABLE.read_text().splitlines() if "finews crawl" in line)
    *when, command = line.split(maxsplit=5)
    assert len(when) == 5
    return command.replace("/srv/finews", str(folder)).replace("/opt/finews/bin/finews", "finews")


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_line_of_the_readme(page: str, shell: Shell, tmp_path: Path) -> None:
    (line,) = re.findall(r"^```crontab\n(.*)\n```$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    clone = tmp_path / "srv"
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "finews").symlink_to(tmp_path / "bin" / "finews")
    done = shell(line.split(maxsplit=5)[5].replace("/srv/finews", str(clone)), tmp_path, FINEWS_LANG="zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(list((clone / "output" / "_posts").iterdir())) > 0


@pytest.mark.long
def test_cron_is_told_what_is_new_and_what_failed(world: World, shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    folder.mkdir()
    first = shell(_command(folder), folder)
    assert (first.returncode, first.stderr) == (0, "")
    assert len(first.stdout.splitlines()) == len(list((folder / "output" / "_posts").iterdir()))

    quiet = shell(_command(folder), folder)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")

    (folder / "output" / "_posts" / "2022-01-14-NW202201142248170578.md").unlink()
    again = shell(_command(folder), folder)
    assert again.returncode == 0
    assert ["202201142248170578" in line for line in again.stdout.splitlines()] == [True]

    world.faults.replace(
        Fault("garbage", path="/renminyoudianbao/2022/01/14/"), Fault("garbage", path="202201142248170578")
    )
    (folder / "output" / "_posts" / "2022-01-14-NW202201142248170578.md").unlink()
    (folder / "finews.toml").write_text("RETRY_TIMES = 1\n")
    failed = shell(_command(folder), folder)
    assert failed.returncode == 5
    assert "202201142248170578" in failed.stdout + failed.stderr
