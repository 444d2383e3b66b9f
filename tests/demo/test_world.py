"""The world as a fixture and from the shell: it starts, leads clients in, hands on signals and exit codes, and ends."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from world import Client, World, generated_site, sample_site

DEMO = [sys.executable, "-W", "error", "-m", "crawler.demo"]
FETCH = "import urllib.request as u; r = u.urlopen({!r}); print(r.status, len(r.read()))"


def test_env_leads_a_process_in(world: World):
    for url in (
        "http://finews.withounder.com/",
        "https://push2his.eastmoney.com/api/qt/stock/kline/get?secid=1.600050",
    ):
        done = subprocess.run(
            [sys.executable, "-c", FETCH.format(url)], env=os.environ | world.env(), capture_output=True, check=False
        )
        assert done.stdout.startswith(b"200 "), done.stderr
    assert [record.scheme for record in world.requests] == ["http", "https"]


def test_no_proxy_of_the_caller_does_not_lead_out(world: World):
    env = os.environ | {"NO_PROXY": "*"} | world.env()
    done = subprocess.run(
        [sys.executable, "-c", FETCH.format("http://finews.withounder.com/")], env=env, capture_output=True, check=False
    )
    assert done.stdout.startswith(b"200 "), done.stderr


def test_other_authorities_are_not_trusted(world: World):
    url = "https://finews.withounder.com/"
    with World(world.site) as other:
        connection = Client(other).open(url)
        connection.port = world.port
        with pytest.raises(ssl.SSLCertVerificationError):
            Client(world).ask(connection, url)
        connection.close()


def test_it_listens_on_loopback_only(world: World):
    assert world.proxy_url == f"http://127.0.0.1:{world.port}"
    with pytest.raises(OSError):  # noqa: PT011 - any refusal will do
        socket.create_connection(("127.0.0.2", world.port), timeout=2)


def test_stopping_cuts_open_connections_and_frees_the_port(tmp_path: Path):
    world = World(sample_site(), ca_file=tmp_path / "ca.pem").start()
    with socket.create_connection(("127.0.0.1", world.port)) as idle:
        idle.sendall(b"GET http://finews.with")
        time.sleep(0.05)
        world.stop()
        assert idle.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", world.port), timeout=2)
    assert not [thread for thread in threading.enumerate() if thread.name == "demo-world"]
    assert world.ca_file.read_bytes().startswith(b"-----BEGIN CERTIFICATE")


def test_a_port_in_use_is_said(world: World):
    with pytest.raises(OSError, match="in use"):
        World(sample_site(), port=world.port).start()


def test_bad_requests_do_no_harm(world: World, client: Client):
    for raw in (
        b"\x16\x03\x01\x00",
        b"GET\r\n\r\n",
        b"",
        b"CONNECT finews.withounder.com:443 HTTP/1.1\r\nHost: x\r\n\r\n\0\0",
    ):
        with socket.create_connection(("127.0.0.1", world.port)) as connection:
            connection.sendall(raw)
    assert client.get("http://finews.withounder.com/").status == 200


def test_many_clients_at_once():
    with World(generated_site(300, 10)) as world:
        paths = [article.path for article in world.site.newest[:100]]
        replies: list[int] = []

        def crawl() -> None:
            client = Client(world)
            connection = client.open("https://finews.withounder.com/")
            urls = (f"https://finews.withounder.com{path}" for path in paths)
            replies.extend(client.ask(connection, url).status for url in urls)
            connection.close()

        threads = [threading.Thread(target=crawl) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert replies == [200] * 1600
        assert len(world.requests) == 1600
        world.forget_requests()
        assert world.requests == []


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
