"""An interrupt is never lost: not in a finalizer, not in what runs at a fork."""

import subprocess
import sys

import pytest

_BEGIN = """
import os, signal
from crawler import interrupts
interrupts.install()
def come():
    os.kill(os.getpid(), signal.SIGTERM)
    for _ in range(9): pass
"""
_SWALLOWED = """
class Final:
    def __del__(self):
        come()
Final()
print("went on", flush=True)
interrupts.check()
"""
_HELD = """
os.register_at_fork(after_in_parent=come)
with interrupts.blocked():
    if os.fork() == 0:
        interrupts.leave_to_parent()
        print("child", signal.pthread_sigmask(signal.SIG_BLOCK, ()), flush=True)
        os._exit(0)
    os.wait()
    print("went on", flush=True)
"""


_WORKERS = """
import re, subprocess, time
from crawler.reprocess.pool import Processes
def busy(_, batch):
    print("busy", flush=True)
    re.match("(?:a|a)*b", "a" * 60)
subprocess.Popen(["/bin/sh", "-c", f"sleep 2; kill -TERM {os.getpid()}"])
pool, begun = Processes(None, 2), time.monotonic()
try:
    list(pool.each(busy, [[1]]))
finally:
    pool.close(at_once=True)
    print("soon" if time.monotonic() - begun < 10 else "late", flush=True)
"""


@pytest.mark.parametrize(
    ("script", "told"), [(_SWALLOWED, "went on"), (_HELD, "child set()\nwent on"), (_WORKERS, "busy\nsoon")]
)
def test_an_interrupt_ends_the_work_sooner_or_later(script: str, told: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", f"{_BEGIN}{script}print('never')"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stdout.strip() == told
    assert ended.stderr.rstrip().endswith("KeyboardInterrupt")
