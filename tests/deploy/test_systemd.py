"""The systemd units are right, and the service may do little."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from forked_scrapy import ROOT

UNITS = ROOT / "deploy" / "systemd"


@pytest.fixture(autouse=True)
def _analyze() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze IS MISSING (Debian: systemd): the units were not looked at")


def _analyzed(*words: str) -> str:
    done = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_units_are_right(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        text = unit.read_text()
        (tmp_path / unit.name).write_text(text.replace("/opt/finews/bin/finews", sys.executable))
    assert not _analyzed("verify", *map(str, sorted(tmp_path.iterdir())))


def test_a_wrong_unit_is_seen(tmp_path: Path) -> None:
    unit = tmp_path / "finews.service"
    unit.write_text((UNITS / "finews.service").read_text().replace("Type=oneshot", "Type=onshot"))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "onshot" in done.stderr


def test_the_service_may_do_little() -> None:
    told = _analyzed("security", "--offline=true", str(UNITS / "finews.service"))
    exposure = re.search(r"exposure level for finews.service: ([\d.]+)", told)
    assert exposure
    assert float(exposure[1]) <= 2
