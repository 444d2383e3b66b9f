"""A shutdown that takes too long is ended, with the report written and exit 11; one in time is left alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from forked_scrapy import ROOT

_SCRIPT = """
import asyncio, re, signal, subprocess, sys
from pathlib import Path
from crawling import make_crawler
from scrapy import signals
from crawler.extensions import prompt_stop
prompt_stop.GRACE, prompt_stop._STEP = 0.3, 0.01

def busy():
    subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -TERM {__import__('os').getpid()}"])
    re.match("(?:a|a)*b", "a" * 60)

async def main():
    signal.signal(signal.SIGTERM, lambda *_: None)  # as Scrapy's own: it waits for its turn
    crawler = make_crawler(Path(sys.argv[1]))
    extension = prompt_stop.PromptStop.from_crawler(crawler)
    crawler.crawling = True
    crawler.signals.send_catch_log(signals.engine_started)
    await asyncio.sleep(0.05)
    if sys.argv[2] == "busy":
        busy()
    crawler.crawling = False  # asked to stop
    if sys.argv[2] == "in time":
        crawler.signals.send_catch_log(signals.spider_closed, reason="shutdown")
    await asyncio.sleep(5 if sys.argv[2] == "late" else 1)
    print("ended by itself")

asyncio.run(main())
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("how", "code", "said"), [("late", 11, "exit 11"), ("in time", 0, "ended by itself"), ("busy", 11, "exit 11")]
)
def test_shutdown(how: str, code: int, said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path / "output"), how]
    path = f"{ROOT}:{ROOT / 'tests'}"
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, env={"PYTHONPATH": path}
    )
    assert done.returncode == code, done.stderr
    assert said in done.stdout
    assert len(list((tmp_path / "output/reports").glob("*.json"))) == 1
    assert (tmp_path / "output/reports/latest.html").is_file()
