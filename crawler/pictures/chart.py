"""Drawing the chart of the day: an SVG of the size and look of the live picture, the same bytes for the same bars."""

from collections.abc import Iterator, Sequence
from html import escape
from math import fsum
from typing import NamedTuple

from crawler.pictures.planner import AVERAGES, SHOWN_BARS
from crawler.pictures.prices import Bar, Prices

WIDTH, HEIGHT = 578, 276
"""CSS pixels, as the pictures in East Money's articles have them."""
RISE, FALL = "#e03030", "#109040"
"""Red rises and green falls on Chinese charts."""
_LEFT, _RIGHT = 43.35, 572.22
_HALF = 0.35
"""Half a candle's width, in days."""
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',sans-serif"
_SMALL, _LARGE = "font-size: 7.3px; fill: #666666", "font-size: 9px"


class _Panel(NamedTuple):
    """A part of the chart: its edges in pixels from the top, the numbers at them, and how many days it shows."""

    top: float
    bottom: float
    low: float
    high: float
    days: int

    def x(self, day: float) -> float:
        """Where a day stands; few of them leave the right side empty."""
        return _LEFT + (day + 1) * (_RIGHT - _LEFT) / (max(self.days, 20) + 1)

    def y(self, number: float) -> float:
        return self.bottom - (number - self.low) * (self.bottom - self.top) / (self.high - self.low)

    def line(self, *points: tuple[float, float]) -> str:
        """A line through points, each a day and a number, as a path is written."""
        return "M " + " L ".join(f"{self.x(day):.2f} {self.y(number):.2f}" for day, number in points)

    def box(self, day: int, number: float, other: float) -> str:
        left, right = day - _HALF, day + _HALF
        return self.line((left, number), (left, other), (right, other), (right, number)) + " Z"

    def ticks(self, count: int) -> list[float]:
        return [self.low + (self.high - self.low) * n / (count - 1) for n in range(count)]


def draw_chart(history: Prices, symbol: str) -> bytes:
    """The chart of the last SHOWN_BARS daily bars as SVG; each candle's ``id`` names its day and prices.

    Text stays text, so Chinese names need no font on the machine that draws.
    """
    bars, decimal = history.bars[-SHOWN_BARS:], history.decimal
    low, high = min(bar.low for bar in bars), max(bar.high for bar in bars)
    margin = (high - low) * 0.04 or abs(high) * 0.01 or 1
    prices = _Panel(26.22, 184.92, low - margin, high + margin, len(bars))
    volumes = _Panel(195.96, 252.54, 0, max(bar.volume for bar in bars) * 1.05 or 1, len(bars))
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">',
        _path(f"M 0 0 H {WIDTH} V {HEIGHT} H 0 Z", "fill: #ffffff"),
        *_frame(prices, bars, [f"{n:.{decimal}f}" for n in prices.ticks(5)]),
        *_frame(volumes, bars, [_short(n) for n in volumes.ticks(2)]),
        *_months(volumes, bars),
        *(_candle(prices, day, bar, decimal) for day, bar in enumerate(bars)),
        *_columns(volumes, bars),
        _text(_LEFT, 16.6, f"{history.name}  {symbol}  {bars[-1].day}", f"{_LARGE}; fill: #333333"),
    ]
    for x, (days, colour) in zip((300.56, 393.04, 485.52), AVERAGES, strict=True):
        means = _average(history, days)
        if means:
            pieces.append(_group(f"MA{days}", _path(prices.line(*means), f"fill: none; stroke: {colour}")))
        label = f"MA{days}: {means[-1][1]:.{decimal}f}" if means else f"MA{days}: -"
        pieces.append(_text(x, 16.6, label, f"{_LARGE}; fill: {colour}"))
    return "\n".join([*pieces, "</svg>\n"]).encode()


def _average(history: Prices, days: int) -> list[tuple[float, float]]:
    """The mean of so many closing prices for each shown day that has them: exact, as ``sum`` is not on each Python."""
    closes = [bar.close for bar in history.bars]
    before = max(0, len(closes) - SHOWN_BARS)
    ends = range(max(days, before + 1), len(closes) + 1)
    return [(end - 1 - before, fsum(closes[end - days : end]) / days) for end in ends]


def _firsts(bars: Sequence[Bar]) -> list[int]:
    """The first days of months."""
    return [day for day, bar in enumerate(bars) if day and bar.day.month != bars[day - 1].day.month]


def _frame(panel: _Panel, bars: Sequence[Bar], labels: Sequence[str]) -> Iterator[str]:
    """The panel's border, its grid and the numbers at its left."""
    ys = [panel.y(number) for number in panel.ticks(len(labels))]
    grid = [f"M {_LEFT} {y:.2f} H {_RIGHT}" for y in ys]
    grid += [f"M {panel.x(day):.2f} {panel.top} V {panel.bottom}" for day in _firsts(bars)]
    yield _path(" ".join(grid), "fill: none; stroke: #e6e6e6; stroke-width: 0.7")
    box = f"M {_LEFT} {panel.top} H {_RIGHT} V {panel.bottom} H {_LEFT} Z"
    yield _path(box, "fill: none; stroke: #d1d1d1; stroke-width: 0.8")
    for y, label in zip(ys, labels, strict=True):
        yield _text(_LEFT - 3, y + 2.6, label, f"{_SMALL}; text-anchor: end")


def _months(panel: _Panel, bars: Sequence[Bar]) -> Iterator[str]:
    for day in _firsts(bars):
        yield _text(panel.x(day), panel.bottom + 9.5, f"{bars[day].day:%Y-%m}", f"{_SMALL}; text-anchor: middle")


def _candle(panel: _Panel, day: int, bar: Bar, decimal: int) -> str:
    numbers = (f"{n:.{decimal}f}" for n in (bar.open, bar.close, bar.high, bar.low))
    shape = f"{panel.line((day, bar.low), (day, bar.high))} {panel.box(day, bar.open, bar.close)}"
    style = f"fill: {_colour(bar)}; stroke: {_colour(bar)}; stroke-width: 0.8"
    return _group("candle_{}_o{}_c{}_h{}_l{}".format(bar.day, *numbers), _path(shape, style))


def _columns(panel: _Panel, bars: Sequence[Bar]) -> Iterator[str]:
    for name, colour in (("volume-rise", RISE), ("volume-fall", FALL)):
        boxes = [panel.box(day, 0, bar.volume) for day, bar in enumerate(bars) if _colour(bar) == colour]
        if boxes:
            yield _group(name, _path(" ".join(boxes), f"fill: {colour}"))


def _colour(bar: Bar) -> str:
    return RISE if bar.close >= bar.open else FALL


def _short(volume: float) -> str:
    unit, name = next(((u, n) for u, n in ((1e9, "G"), (1e6, "M"), (1e3, "k")) if volume >= u), (0, ""))
    return f"{volume / unit:.1f}{name}" if unit else f"{volume:.0f}"


def _path(shape: str, style: str) -> str:
    return f'<path d="{shape}" style="{style}"/>'


def _group(name: str, inside: str) -> str:
    return f'<g id="{name}">{inside}</g>'


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" style="font-family: {_FONTS}; {style}">{escape(text, quote=False)}</text>'
