"""The proxy leads to the invented hosts and nowhere else, keeps connections, and survives what is no request."""

import socket

import pytest
from world import Client, World

FINEWS = "http://finews.withounder.com"


@pytest.mark.parametrize("url", ["http://elsewhere.example/", "http://127.0.0.1/", "http://169.254.169.254/x"])
def test_unknown_hosts_are_no_gateway_out(client: Client, url: str):
    reply = client.get(url)
    assert reply.status == 502
    assert "no such host" in reply.text


def test_unknown_hosts_get_no_tunnel(client: Client):
    with pytest.raises(OSError, match="502"):
        client.get("https://elsewhere.example/")
    assert [(record.method, record.status) for record in client.world.requests] == [("CONNECT", 502)]


def test_it_is_no_web_server(client: Client):
    connection = client.open(FINEWS)
    assert client.ask(connection, "https://x/", None).status == 400
    connection.close()


def test_head_and_post(client: Client):
    head = client.get(FINEWS + "/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) > 1000
    assert client.get(FINEWS + "/", method="POST").status == 405


@pytest.mark.parametrize("url", [FINEWS + "/", "https://finews.withounder.com/"])
def test_connections_are_kept(client: Client, url: str):
    connection = client.open(url)
    first = client.ask(connection, url)
    socket = connection.sock
    for _ in range(3):
        assert client.ask(connection, url).body == first.body
    assert connection.sock is socket
    assert socket is not None
    client.ask(connection, url, {"Connection": "close"})
    assert connection.sock is None


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


def raw(world: World, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", world.port)) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def test_a_head_without_its_body_is_all_that_is_sent(world: World):
    reply = raw(world, b"HEAD http://finews.withounder.com/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert reply.startswith(b"HTTP/1.1 200 OK\r\n")
    assert reply.endswith(b"\r\n\r\n")
    assert b"<html" not in reply


@pytest.mark.parametrize("target", [b"finews.withounder.com:80", b"finews.withounder.com:8443", b"x:443"])
def test_a_tunnel_leads_to_port_443_of_a_known_host_alone(target: bytes, world: World):
    reply = raw(world, b"CONNECT %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % target)
    assert not reply.startswith(b"HTTP/1.1 200")
