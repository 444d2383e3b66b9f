"""Drawn charts, read back from the SVG itself: days, prices, colours, places."""

import random
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import etree

from crawler.pictures.chart import FALL, RISE, draw_chart
from crawler.pictures.formats import Picture, check_picture
from crawler.pictures.planner import ASKED_BARS, AVERAGES, SHOWN_BARS
from crawler.pictures.prices import Bar, Prices

SVG = {"s": "http://www.w3.org/2000/svg"}
NUMBER = r"-?\d+(?:\.\d+)?"
CANDLE = re.compile(rf"candle_(?P<day>[\d-]+)_o(?P<o>{NUMBER})_c(?P<c>{NUMBER})_h(?P<h>{NUMBER})_l(?P<l>{NUMBER})")


def invented(count: int = ASKED_BARS, decimal: int = 2, name: str = "示例股份") -> Prices:
    rng, price, bars, day = random.Random(1), 4.0, [], date(2021, 9, 23)
    while len(bars) < count:
        day += timedelta(1)
        if day.weekday() < 5:
            opened, price = price, round(price * (1 + rng.gauss(0, 0.02)), decimal)
            high, low = max(opened, price) + rng.choice((0, 0.05)), min(opened, price) - rng.choice((0, 0.05))
            bars.append(Bar(day, opened, price, round(high, decimal), round(low, decimal), rng.randrange(10**6)))
    return Prices("600000", 1, name, decimal, tuple(bars))


def parsed(drawing: bytes) -> Any:
    return etree.fromstring(drawing)


def places(path: str) -> list[tuple[float, float]]:
    numbers = [float(n) for n in re.findall(NUMBER, path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_candles_say_and_show_the_same() -> None:
    history = invented()
    root = parsed(draw_chart(history, "600000.SH"))
    groups = [g for g in root.iter(f"{{{SVG['s']}}}g") if g.get("id", "").startswith("candle_")]
    bars = history.bars[-SHOWN_BARS:]
    assert len(groups) == len(bars) == 60
    drawn = []
    for group, bar in zip(groups, bars, strict=True):
        said = CANDLE.fullmatch(group.get("id"))
        assert said
        assert (said["day"], *map(float, said.group("o", "c", "h", "l"))) == (
            bar.day.isoformat(), bar.open, bar.close, bar.high, bar.low,
        )  # fmt: skip
        (path,) = group
        colour = RISE if bar.close >= bar.open else FALL
        assert f"fill: {colour}; stroke: {colour}" in path.get("style")
        (x, low), (_, high), (left, opened), (_, close), (right, _), *_ = places(path.get("d"))
        assert left < x < right
        drawn += [(bar.low, low), (bar.high, high), (bar.open, opened), (bar.close, close)]
    # every height follows from its price by one straight line, and higher prices stand higher
    (p0, y0), (p1, y1) = min(drawn), max(drawn)
    assert y0 > y1
    for price, y in drawn:
        assert y == pytest.approx(y0 + (price - p0) * (y1 - y0) / (p1 - p0), abs=0.01)
    xs = [places(group[0].get("d"))[0][0] for group in groups]
    assert xs == sorted(xs)


def test_texts_averages_and_volumes() -> None:
    history = invented()
    root = parsed(draw_chart(history, "600000.SH"))
    texts = root.xpath("//s:text/text()", namespaces=SVG)
    assert f"示例股份  600000.SH  {history.bars[-1].day}" in texts
    closes = [bar.close for bar in history.bars]
    for days, colour in AVERAGES:
        assert f"MA{days}: {sum(closes[-days:]) / days:.2f}" in texts
        (line,) = root.xpath(f"//s:g[@id='MA{days}']/s:path", namespaces=SVG)
        assert colour in line.get("style")
        assert len(places(line.get("d"))) == SHOWN_BARS
    for name, rises in (("volume-rise", True), ("volume-fall", False)):
        (columns,) = root.xpath(f"//s:g[@id='{name}']/s:path", namespaces=SVG)
        assert columns.get("d").count("M") == sum((b.close >= b.open) is rises for b in history.bars[-SHOWN_BARS:])


def test_an_average_is_rounded_alike_on_every_python() -> None:
    history = invented(count=20)
    closes = [6.0, 6.01] * 10
    bars = tuple(replace(bar, close=close) for bar, close in zip(history.bars, closes, strict=True))
    assert b">MA20: 6.00<" in draw_chart(replace(history, bars=bars), "600000.SH")


def test_the_size_of_the_original_and_nothing_that_runs() -> None:
    drawing = draw_chart(invented(name="<script>&amp;$x$ ]]>"), "600000.SH")
    assert check_picture(drawing) == Picture("svg", 578, 276)
    assert len(drawing) < 60_000
    assert b"<script" not in drawing


def test_the_same_bytes_in_every_process() -> None:
    program = (
        "import sys; from datetime import date; from crawler.pictures.chart import draw_chart; "
        "from crawler.pictures.prices import Bar, Prices; "
        "bars = tuple(Bar(date(2022, 1, n), 3, 3 + n % 3, 6, 2, n) for n in range(1, 29)); "
        "sys.stdout.buffer.write(draw_chart(Prices('1', 1, '名', 2, bars), 'x'))"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in "ab"
    )
    assert first == second
    assert first.startswith(b"<svg")


@pytest.mark.parametrize("count", [1, 2, 19, 20, 61])
def test_few_bars(count: int) -> None:
    root = parsed(draw_chart(invented(count), "600000.SH"))
    assert len(root.xpath("//s:g[starts-with(@id, 'candle_')]", namespaces=SVG)) == min(count, SHOWN_BARS)


@pytest.mark.parametrize("price", [0.0, 5.0, -37.63])
def test_days_without_trade(price: float) -> None:
    bars = tuple(Bar(date(2022, 1, n), price, price, price, price, 0) for n in range(3, 8))
    drawing = draw_chart(Prices("1", 1, "停牌", 3, bars), "x")
    assert check_picture(drawing).ext == "svg"
    assert len(parsed(drawing).xpath("//s:g[starts-with(@id, 'candle_')]", namespaces=SVG)) == 5
