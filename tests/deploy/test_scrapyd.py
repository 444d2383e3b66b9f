"""scrapyd: the project is deployed to a real one, a crawl is scheduled there, and it ends well."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deploy.conftest import tool
from forked_scrapy import ROOT
from world import World

pytestmark = pytest.mark.timeout(180)


class Scrapyd:
    """A scrapyd of its own on a free port of loopback."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        conf = (ROOT / "deploy" / "scrapyd" / "scrapyd.conf").read_text()
        (folder / "scrapyd.conf").write_text(conf.replace("6800", str(self.port)))
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.process = subprocess.Popen(
            [tool("scrapyd")], cwd=folder, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def ask(self, command: str, **data: str) -> dict[str, Any]:
        """What scrapyd says to a command; with data it is sent."""
        body = urllib.parse.urlencode(data).encode() if data else None
        with self._opener.open(f"{self.address}{command}", body, timeout=10) as reply:
            said: dict[str, Any] = json.load(reply)
        return said

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(100):
            try:
                self.ask("daemonstatus.json")
            except OSError:
                time.sleep(0.2)
            else:
                return
        pytest.fail("scrapyd does not answer")


@pytest.fixture
def scrapyd(world: World, tmp_path: Path) -> Iterator[Scrapyd]:
    folder = tmp_path / "scrapyd"
    folder.mkdir()
    running = Scrapyd(folder, world.env())
    try:
        running.wait()
        yield running
    finally:
        running.process.terminate()
        running.process.wait(20)


@pytest.mark.long
def test_a_crawl_is_deployed_and_scheduled(scrapyd: Scrapyd, tmp_path: Path) -> None:
    project, output = tmp_path / "project", tmp_path / "output"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "crawler", project / "crawler", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    shutil.copy(ROOT / "deploy" / "scrapyd" / "setup.py", project)
    config = (ROOT / "deploy" / "scrapyd" / "scrapy.cfg").read_text()
    (project / "scrapy.cfg").write_text(config.replace("http://localhost:6800/", scrapyd.address))
    deployed = subprocess.run(
        [tool("scrapyd-deploy")], cwd=project, capture_output=True, text=True, timeout=100, check=False
    )
    assert '"status": "ok"' in deployed.stdout, deployed.stdout + deployed.stderr

    assert {"finews", "share"} <= {*scrapyd.ask("listspiders.json?project=finews")["spiders"]}
    job = scrapyd.ask("schedule.json", project="finews", spider="finews", setting=f"FINEWS_OUTPUT_DIR={output}")[
        "jobid"
    ]
    for _ in range(200):
        finished = scrapyd.ask("listjobs.json?project=finews")["finished"]
        if finished:
            break
        time.sleep(0.3)
    assert [ended["id"] for ended in finished] == [job]
    (report,) = (output / "reports").glob("*-*.json")
    told = json.loads(report.read_text())
    assert (told["exit_code"], told["found"], told["written"]) == (0, 46, 46)
