"""Pictures are asked for at their own hosts alone, once each, one after the other, and are small."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from world import Fault, World, sample_site

from crawler.pictures.fetch import Fetcher, NoPicture
from crawler.store.figures import Figures

HOST = "webquoteklinepic.eastmoney.com"
URL = f"https://{HOST}/GetPic.aspx?nid=1.600050&imageType=k"
PAUSE = 0.3


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with World(sample_site()) as running:
        for name, value in running.env().items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def fetcher(world: World) -> Fetcher:
    return Fetcher("a crawler", Figures(), PAUSE)


def test_a_picture_is_asked_for_once_and_others_of_the_host_a_while_later(world: World, fetcher: Fetcher) -> None:
    others = [URL.replace("600050", code) for code in ("600519", "601318")]
    first = fetcher.fetch(URL)
    assert [fetcher.fetch(url).data[:4] for url in (URL, *others, URL)] == [b"\x89PNG"] * 4
    assert fetcher.fetch(URL) is first
    assert [one.headers["user-agent"] for one in world.requests] == ["a crawler"] * 3
    times = [one.time for one in world.requests]
    assert min(after - before for before, after in pairwise(times)) >= PAUSE / 2


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("https", "http"),
        URL.replace(HOST, "finews.withounder.com"),
        URL.replace(HOST, f"{HOST}.example"),
        URL.replace(HOST, f"{HOST}:8443"),
        URL.replace(HOST, f"{HOST}@elsewhere.example"),
        "file:///etc/hostname",
    ],
)
def test_nothing_else_is_asked(url: str, world: World, fetcher: Fetcher) -> None:
    with pytest.raises(NoPicture, match="is not a host of pictures"):
        fetcher.fetch(url)
    assert world.requests == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("status", status=404), "404"),
        (Fault("redirect-loop"), "302"),
        (Fault("redirect-other-host", location=f"https://{HOST}/x"), "302"),
        (Fault("huge", size=3_000_000), "larger than"),
        (Fault("close"), "closed"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_what_cannot_be_had_is_told_and_not_asked_for_again(
    fault: Fault, reason: str, world: World, fetcher: Fetcher
) -> None:
    world.faults.replace(fault)
    for _ in range(2):
        with pytest.raises(NoPicture, match=reason) as told:
            fetcher.fetch(URL)
    assert len(world.requests) == 1
    assert getattr(told.value.__cause__, "closed", True), "as many may be missing as there are articles"
