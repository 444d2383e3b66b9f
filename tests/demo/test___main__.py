"""The world from the shell: it hands on signals and exit codes, and ends when it is told to."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from demo.asking import FETCH
from world import sample_site

DEMO = [sys.executable, "-W", "error", "-m", "crawler.demo"]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import sys; sys.exit(5)", 5),
        (FETCH.format("https://finews.withounder.com/emnews/"), 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 137),
    ],
)
def test_run_returns_the_exit_code(program: str, code: int):
    done = subprocess.run([*DEMO, "run", "--", sys.executable, "-c", program], check=False)
    assert done.returncode == code


def test_run_knows_when_there_is_no_such_command():
    done = subprocess.run([*DEMO, "run", "--", "/no/such/command", "-x"], capture_output=True, check=False)
    assert done.returncode == 127
    assert b"/no/such/command" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_hands_signals_on_once(number: signal.Signals):
    program = (
        "import signal, sys, time; got = []\n"
        f"signal.signal({int(number)}, lambda *_: got.append(1))\n"
        "print('ready', flush=True)\n"
        "while not got: time.sleep(0.01)\n"
        "time.sleep(0.2); sys.exit(40 + len(got))\n"
    )
    # A session of its own, so that the whole group can be signalled as a terminal does.
    with subprocess.Popen(
        [*DEMO, "run", "--", sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline() == b"ready\n"
        os.killpg(demo.pid, number)
        assert demo.wait(timeout=10) == 41


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_until_told_to_stop(tmp_path: Path, number: signal.Signals):
    ca_file = tmp_path / "ca.pem"
    command = [*DEMO, "serve", "--ca", str(ca_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        proxy, ca = demo.stdout.readline().split()[1], demo.stdout.readline().split()[1]
        assert ca == str(ca_file)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy}))
        with opener.open("http://finews.withounder.com/") as reply:
            assert reply.read().count(b"<h2 ") == len(sample_site().tags)
        demo.send_signal(number)
        assert demo.wait(timeout=10) == 0


@pytest.mark.parametrize("words", [[], ["run"], ["serve", "--port", "x"]])
def test_wrong_usage_is_exit_2(words: list[str]):
    assert subprocess.run([*DEMO, *words], capture_output=True, check=False).returncode == 2
