"""The figures of a run: sums that are those of the report, series that fit on a page, seconds that none counts twice."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from store.samples import POST, made

from crawler.items import KLine, OnDisk
from crawler.store import figures
from crawler.store.figures import MOST_BARS, MOST_NEW, Figures, Timeline, Waiting
from crawler.store.run import Run

KLINE = KLine(
    secid="1.600050", market=1, code="600050", exchange="SH", symbol="600050.SH", kind="kline", period="D", url="", spelling="", span=(0, 1),
)  # fmt: skip


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(figures, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def numbers(chart: figures.Chart) -> dict[str, dict[str, float]]:
    return {name: dict(zip(chart["labels"], values, strict=True)) for name, values in chart["series"].items()}


def test_what_is_no_longer_written_is_in_no_chart(tmp_path: Path) -> None:
    other = replace(POST, code="202201132246701777", time="2022-01-13 09:00:00", category="yi", origin="wap")
    with Run(tmp_path) as run:
        run.store([made(replace(POST, klines=(KLINE, KLINE))), made(replace(other, klines=(KLINE,)))])
        run.store([made(replace(POST, klines=(KLINE, KLINE)))])  # the same once more: unchanged
        run.quarantined("NW9", "no title")
        report = run.report(5)
    charts = {name: numbers(chart) for name, chart in report["charts"].items()}
    assert (report["written"], report["unchanged"]) == (1, 1)
    assert charts["articles-by-day"] == {"written": {"2022-01-13": 1}}
    assert charts["articles-by-category"] == {"written": {"yi": 1}}
    assert charts["body-origins"] == {"written": {"wap": 1}}
    assert charts["klines-by-exchange"] == {"klines": {"SH": 1}}
    assert charts["new-and-known"] == {"written": {run.id: 1}, "unchanged": {run.id: 1}}
    assert [one["code"] for one in report["new"]] == ["202201132246701777"]


def test_media_are_named_when_something_new_is_theirs(tmp_path: Path) -> None:
    other = replace(POST, code="202201132246701777", tag="A&amp;B新闻", category="yi")
    with Run(tmp_path) as run:
        run.store([made(POST), made(other)])
        assert run.report(0)["media"] == {"A&B": "yi", "甲报": "jia"}
    with Run(tmp_path) as run:
        run.store(
            [
                made(POST),
                made(replace(other, title="另题", on_disk=OnDisk(code="", file="", data=b"", status="written"))),
            ]
        )
        report = run.report(0)
    assert (report["written"], report["unchanged"], report["media"]) == (1, 1, {})


def test_known_ones_take_no_place_of_new_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MOST_NEW", 1)
    with Run(tmp_path) as run:
        run.store([made(POST)])
    with Run(tmp_path) as run:
        run.store([made(POST)])
        run.store([made(replace(POST, code="202201132246701777"))])
        assert [one["code"] for one in run.report(0)["new"]] == ["202201132246701777"]


def test_many_are_put_together_and_none_is_lost() -> None:
    told, outcomes = Figures(), {}
    for number in range(20_000):
        code, day = f"NW{number:018}", f"{2000 + number % 27}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        told.wrote(
            made(replace(POST, code=code, time=f"{day} 00:00:00", category=f"c{number % 700}\x9b", klines=(KLINE,)))
        )
        outcomes[code] = "written"
    report = told.told({"run": "r", "written": 20_000, "unchanged": 0}, outcomes)  # type: ignore[arg-type]
    for name, chart in report["charts"].items():
        assert len(chart["labels"]) <= MOST_BARS, name
        if chart["labels"]:
            assert sum(map(sum, chart["series"].values())) == 20_000, name
    assert report["charts"]["articles-by-day"]["labels"][0] == "2000"
    assert report["charts"]["articles-by-category"]["labels"][-1] == f"… +{700 - MOST_BARS + 1}"
    assert report["charts"]["articles-by-category"]["labels"][0] == "c0\\x9b"
    assert len(report["new"]) == MOST_NEW
    assert len(json.dumps(report)) < 200_000


def test_of_too_many_years_the_first_are_one_bar() -> None:
    told, years = Figures(), range(1990, 2030)
    for year in years:
        told.wrote(made(replace(POST, code=f"NW{year}", time=f"{year}-01-01 00:00:00")))
    report = told.told({"run": "r", "written": 40, "unchanged": 0}, dict.fromkeys((f"NW{y}" for y in years), "written"))
    chart = report["charts"]["articles-by-day"]
    assert chart["labels"][:2] == ["… 2000", "2001"]
    assert (chart["labels"][-1], chart["series"]["written"]) == ("2029", [11] + [1] * 29)


def test_a_long_time_has_longer_steps(clock: Clock) -> None:
    line = Timeline()
    for second in range(100):
        clock.now = 100.0 + second
        line.add("200" if second % 10 else "503")
    chart = line.chart()
    assert chart["labels"] == [f"0:0{seconds // 60}:{seconds % 60:02}" for seconds in range(0, 100, 4)]
    assert {name: sum(values) for name, values in chart["series"].items()} == {"200": 90, "503": 10}
    assert chart["series"]["200"][:3] == [3, 4, 3]


def test_of_many_names_the_rare_ones_are_one_series() -> None:
    line = Timeline()
    for status in range(900):
        for _ in range(1 + (status < 3)):
            line.add(str(status))
    series = line.chart()["series"]
    assert len(series) == figures.MOST_SERIES + 1
    assert {"0", "1", "2", "…"} <= series.keys()
    assert sum(map(sum, series.values())) == 903


def test_no_second_of_waiting_counts_twice(clock: Clock) -> None:
    host = Waiting()
    host.begin()
    clock.now += 1
    host.begin()
    host.pause(5)  # while two are under way
    clock.now += 2
    host.end()
    host.end()
    assert host.seconds == 3
    clock.now += 10  # two of them after the pause
    assert host.seconds == 6
    host.begin()
    clock.now += 4
    assert (host.seconds, host.seconds) == (10, 10)


def test_a_pause_that_is_not_waited_for_does_not_count(clock: Clock) -> None:
    host = Waiting()
    host.pause(float("inf"))
    clock.now += 2
    host.pause_ends()
    clock.now += 50
    assert host.seconds == 2


def test_what_other_workers_noted_is_taken_in() -> None:
    ours, theirs = Figures(), Figures()
    ours.wrote(made(POST))
    theirs.wrote(made(replace(POST, code="202201132246701777", tag="乙报新闻", category="yi")))
    theirs.answers.add("200")
    ours.take_in(json.loads(json.dumps(theirs.so_far())))
    assert ours.told({"run": "r", "written": 0, "unchanged": 0}, {})["media"] == {"乙报": "yi", "甲报": "jia"}
