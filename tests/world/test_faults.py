"""Each kind of fault does what it says, and rules strike whom they name."""

import errno
import gzip
import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable

import pytest
from world import KINDS, Client, Fault, Reply, World

from crawler.demo.sample import SEED_CODE

HOME = "http://finews.withounder.com/"
ARTICLE = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id={SEED_CODE}"


def location(wanted: str) -> Callable[[Reply], bool]:
    return lambda reply: reply.status == 302 and reply.headers["Location"] == wanted


def json_is(check: Callable[[dict[str, object]], bool]) -> Callable[[Reply], bool]:
    return lambda reply: reply.status == 200 and check(json.loads(reply.body))


def charset(reply: Reply) -> str | None:
    return reply.headers.get_content_charset()


# kind -> address asked for, and what must be true of the reply.
REPLIES: dict[str, tuple[str, Callable[[Reply], bool]]] = {
    "status": (HOME, lambda reply: reply.status == 503),
    "utf8-declared-gb2312": (
        HOME,
        lambda reply: charset(reply) == "gb2312" and "金融消息" in reply.body.decode("utf-8"),
    ),
    "gbk-declared-utf8": (
        HOME,
        lambda reply: (
            charset(reply) == "utf-8" and b'charset="UTF-8"' in reply.body and "金融" in reply.body.decode("gb18030")
        ),
    ),
    "gbk": (
        HOME,
        lambda reply: charset(reply) == "gbk" and b'charset="gbk"' in reply.body and "金融" in reply.body.decode("gbk"),
    ),
    "redirect-loop": (HOME, location(HOME)),
    "redirect-verify": (HOME, location(HOME + "verify?from=/")),
    "redirect-other-host": (HOME, location("https://elsewhere.example/")),
    "redirect-loopback": (HOME, location("http://127.0.0.1/")),
    "redirect-file": (HOME, location("file:///etc/hostname")),
    "captcha": (HOME, lambda reply: reply.status == 200 and "captcha" in reply.text),
    "blocked-json": (ARTICLE, json_is(lambda value: value["code"] == 403 and value["data"] is None)),
    "empty-body": (HOME, lambda reply: (reply.status, reply.body) == (200, b"")),
    "html-for-json": (ARTICLE, lambda reply: reply.status == 200 and reply.text.startswith("<!DOCTYPE html>")),
    "json-without-bodies": (ARTICLE, json_is(lambda value: "Code" in value and not {"text", "content"} & set(value))),
    "json-null-bodies": (ARTICLE, json_is(lambda value: value["text"] is None and value["content"] is None)),
    "json-empty-bodies": (ARTICLE, json_is(lambda value: value["text"] == value["content"] == "")),
    "json-null-data": (ARTICLE, json_is(lambda value: value["data"] is None and "text" in value)),
    "json-not-utf8": (ARTICLE, lambda reply: b"\xff\xfe" in reply.body and reply.body.startswith(b'{"text"')),
    "cut": (ARTICLE, lambda reply: reply.body.startswith(b'{"') and not reply.body.endswith(b"}")),
    "garbage": (HOME, lambda reply: reply.status == 200 and len(set(reply.body)) == 256),
    "bad-gzip": (HOME, lambda reply: reply.headers["Content-Encoding"] == "gzip" and not is_gzip(reply.body)),
    "wrong-type": (HOME, lambda reply: reply.headers.get_content_type() == "image/png"),
    "empty-list": (HOME, lambda reply: "<h2" in reply.text and "<li>" not in reply.text),
    "garbage-list": (
        HOME,
        lambda reply: reply.status == 200 and "维护公告" in reply.text and "<section>" not in reply.text,
    ),
    "slow-headers": (HOME, lambda reply: reply.status == 200 and len(reply.body) > 1000),
    "slow-body": (HOME, lambda reply: reply.status == 200 and len(reply.body) > 1000),
    "huge": (HOME, lambda reply: len(reply.body) == 300_000),
}
# kind -> the error that a client meets instead of a reply.
ERRORS: dict[str, type[Exception]] = {
    "reset": ConnectionResetError,
    "reset-in-body": ConnectionResetError,
    "close": http.client.RemoteDisconnected,
    "truncated": http.client.IncompleteRead,
    "chunked-cut": http.client.IncompleteRead,
    "bad-status-line": http.client.BadStatusLine,
    "endless-headers": http.client.HTTPException,
}


def is_gzip(body: bytes) -> bool:
    try:
        gzip.decompress(body)
    except gzip.BadGzipFile:
        return False
    return True


def quietly(holds: Callable[[Reply], bool], reply: Reply) -> bool:
    try:
        return holds(reply)
    except (ValueError, KeyError):
        return False


def test_every_kind_is_shown_here():
    assert REPLIES.keys() | ERRORS.keys() == KINDS.keys()
    assert not REPLIES.keys() & ERRORS.keys()


@pytest.mark.parametrize("kind", REPLIES)
def test_replies(client: Client, kind: str):
    url, holds = REPLIES[kind]
    assert kind.startswith("slow") or not quietly(holds, client.get(url))
    client.world.faults.add(Fault(kind, seconds=0.2, size=300_000))
    assert holds(client.get(url))
    assert client.world.requests[-1].fault == kind


@pytest.mark.parametrize("url", [HOME, HOME.replace("http:", "https:")])
@pytest.mark.parametrize("kind", ERRORS)
def test_errors(client: Client, kind: str, url: str):
    client.world.faults.add(Fault(kind, first=1))
    # Through TLS, Python's client takes a reset for an early end.
    wanted = (ERRORS[kind], http.client.IncompleteRead, ssl.SSLError) if "https" in url else ERRORS[kind]
    with pytest.raises(wanted):
        client.get(url)
    assert client.world.requests[-1].fault == kind
    assert client.get(url).status == 200, "the world goes on"


@pytest.mark.parametrize("url", [HOME, HOME.replace("http:", "https:")])
@pytest.mark.parametrize(
    ("kind", "error"), [("reset", errno.ECONNRESET), ("reset-in-body", errno.ECONNRESET), ("close", 0)]
)
def test_resets_are_resets(client: Client, kind: str, error: int, url: str):
    client.world.faults.add(Fault(kind))
    connection = client.open(url)
    connection.request("GET", url if url == HOME else "/")
    assert connection.sock is not None
    time.sleep(0.2)
    assert connection.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == error
    connection.close()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 412, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("retry_after", [None, 7, "Fri, 14 Jan 2022 05:02:46 GMT"])
def test_statuses(client: Client, status: int, retry_after: str | int | None):
    client.world.faults.add(Fault("status", status=status, retry_after=retry_after))
    reply = client.get(HOME)
    assert reply.status == status == client.world.requests[-1].status
    assert reply.headers["Retry-After"] == (None if retry_after is None else str(retry_after))


def test_slow_headers_come_late_and_slow_bodies_drip(client: Client):
    client.world.faults.add(Fault("slow-headers", path="^/emnews", seconds=0.3), Fault("slow-body", seconds=0.6))
    headers, bodies = {}, {}
    for path in ("emnews/", ""):
        connection = client.open(HOME)
        start = time.monotonic()
        connection.request("GET", HOME + path)
        response = connection.getresponse()
        headers[path] = time.monotonic() - start
        response.read()
        bodies[path] = time.monotonic() - start - headers[path]
        connection.close()
    # Only what must have been waited for at least: a busy machine makes all of it longer.
    assert headers["emnews/"] >= 0.3
    assert headers[""] + bodies[""] >= 0.6
    assert bodies[""] > 0.1


def test_verify_page_itself_is_not_redirected(client: Client):
    client.world.faults.add(Fault("redirect-verify"))
    assert "captcha" in client.get(client.get(HOME).headers["Location"]).text


def test_endless_headers_end_with_the_client(client: Client):
    client.world.faults.add(Fault("endless-headers", first=1))
    with socket.create_connection(("127.0.0.1", client.world.port)) as raw:
        raw.sendall(f"GET {HOME} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = 0
        while received < 2_000_000:
            received += len(raw.recv(65536))
    assert client.get(HOME).status == 200


RULES = [
    (Fault("status"), [503, 503, 503]),
    (Fault("status", first=2), [503, 503, 200]),
    (Fault("status", host="*.eastmoney.com"), [200, 200, 200]),
    (Fault("status", host="finews.*"), [503, 503, 503]),
    (Fault("status", path=r"^/emnews"), [200, 200, 200]),
    (Fault("status", share=0.0), [200, 200, 200]),
]


@pytest.mark.parametrize(("rule", "statuses"), RULES)
def test_rules(client: Client, rule: Fault, statuses: list[int]):
    client.world.faults.add(rule)
    assert [client.get(HOME).status for _ in statuses] == statuses


def test_first_can_count_by_url(client: Client):
    client.world.faults.add(Fault("status", first=1, per_url=True))
    urls = [HOME, HOME + "emnews/"]
    assert [client.get(url).status for url in urls + urls] == [503, 503, 200, 200]


def test_first_rule_that_strikes_wins_and_rules_change(client: Client):
    client.world.faults.add(Fault("status", status=403, first=1), Fault("status", status=404))
    assert [client.get(HOME).status for _ in range(2)] == [403, 404]
    assert len(client.world.faults.rules) == 2
    client.world.faults.replace(Fault("status", status=410))
    assert client.get(HOME).status == 410
    client.world.faults.replace()
    assert client.get(HOME).status == 200


def struck(seed: int, order: list[int]) -> set[int]:
    faults = World(site=None, faults=[Fault("status", share=0.3)], seed=seed).faults  # type: ignore[arg-type]
    return {n for n in order if faults.strike("finews.withounder.com", f"/{n}")}


def test_chance_is_seeded_and_blind_to_order():
    there, back = list(range(1000)), list(range(1000))[::-1]
    assert struck(1, there) == struck(1, back)
    assert struck(1, there) != struck(2, there)
    assert 250 < len(struck(1, there)) < 350


def test_unknown_kinds_are_refused():
    with pytest.raises(ValueError, match="no fault kind 'flood'"):
        World(site=None, faults=[Fault("flood")])  # type: ignore[arg-type]
