"""What skips is a failure where nothing may."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPS = "import pytest\n\n\ndef test_it():\n    pytest.skip('{}')\n"
MARKED = "import pytest\n\n\n@pytest.mark.skip(reason='no chromium')\ndef test_it():\n    pass\n"
MODULE = "import pytest\n\npytest.importorskip('no_such_module')\n"


def _run(folder: Path, text: str, *options: str, no_skip: str) -> int:
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": paths, "FINEWS_NO_SKIP": no_skip}
    command = [sys.executable, "-m", "pytest", "-p", "no_skips", "--reruns", "1", *options, "test_it.py"]
    return subprocess.run(command, cwd=folder, env=env, check=False, capture_output=True).returncode


@pytest.mark.parametrize("text", [SKIPS.format("no chromium"), MARKED, MODULE], ids=["test", "mark", "module"])
def test_nothing_skips(tmp_path: Path, text: str) -> None:
    assert _run(tmp_path, text, no_skip="1") in {1, 2}


@pytest.mark.long
def test_nothing_skips_in_several_processes(tmp_path: Path) -> None:
    assert _run(tmp_path, SKIPS.format("no chromium"), "-n", "2", no_skip="1") == 1


def test_elsewhere_a_skip_is_no_failure(tmp_path: Path) -> None:
    assert _run(tmp_path, SKIPS.format("no chromium"), no_skip="") == 0


def test_the_posts_that_are_not_ours_may_be_missing(tmp_path: Path) -> None:
    assert _run(tmp_path, SKIPS.format("THE SOURCE'S OWN POSTS".replace("'", "\\'")), no_skip="1") == 0
