"""The world as a fixture: it starts, leads clients in, and ends."""

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from demo.asking import FETCH
from world import Client, World, generated_site, sample_site


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
