"""Drawing the chart of the day: an SVG of the size and look of the live picture, the same bytes for the same bars.

Needs matplotlib (the extra ``charts``), which is heavy: import this module when a chart is drawn.
"""

import io
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FixedLocator, FuncFormatter, LinearLocator

from crawler.pictures.history import Bar, History
from crawler.pictures.planner import AVERAGES, SHOWN_BARS

WIDTH, HEIGHT = 578, 276
"""CSS pixels, as the pictures in East Money's articles have them."""
RISE, FALL = "#e03030", "#109040"
"""Red rises and green falls on Chinese charts."""

_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',sans-serif"
_SVG = "{http://www.w3.org/2000/svg}"
_CORNERS = ((-0.35, 0), (-0.35, 1), (0.35, 1), (0.35, 0), (-0.35, 0))
"""Of a bar's rectangle: how far from its middle, and whether at its full height."""
_POINT = 0.75  # an SVG of matplotlib counts in points
_STYLE: dict[str, Any] = {"svg.fonttype": "none", "svg.hashsalt": "kline", "path.simplify": False}


def draw_chart(history: History, symbol: str) -> bytes:
    """The chart of the last SHOWN_BARS daily bars as SVG; each candle's ``id`` names its day and prices.

    Text stays text, so Chinese names need no font on the machine that draws.
    """
    bars = history.bars[-SHOWN_BARS:]
    with style.context(_STYLE, after_reset=True):  # whatever the machine's own matplotlibrc says
        figure = Figure(figsize=(WIDTH * _POINT / 72, HEIGHT * _POINT / 72), facecolor="white")
        prices = figure.add_axes((0.075, 0.33, 0.915, 0.575))
        volumes = figure.add_axes((0.075, 0.085, 0.915, 0.205))
        _draw_candles(prices, bars, history.decimal)
        texts = {"name": f"{history.name}  {symbol}  {bars[-1].day}", **_draw_averages(prices, history)}
        _draw_volumes(volumes, bars)
        _draw_frame(prices, volumes, bars, history.decimal)
        for x, gid in zip((0.075, 0.52, 0.68, 0.84), texts, strict=False):
            colour = {f"MA{n}": c for n, c in AVERAGES}.get(gid, "#333333")
            figure.text(x, 0.94, gid, fontsize=6.75, color=colour, gid=f"text-{gid}")
        drawing = io.BytesIO()
        figure.savefig(drawing, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _own(drawing.getvalue(), texts)


def _draw_candles(axes: Axes, bars: Sequence[Bar], decimal: int) -> None:
    for x, bar in enumerate(bars):
        body = Path([(x + dx, bar.close if full else bar.open) for dx, full in _CORNERS], closed=True)
        path = Path.make_compound_path(Path([(x, bar.low), (x, bar.high)]), body)
        colour = RISE if bar.close >= bar.open else FALL
        numbers = (f"{n:.{decimal}f}" for n in (bar.open, bar.close, bar.high, bar.low))
        gid = "candle_{}_o{}_c{}_h{}_l{}".format(bar.day, *numbers)
        axes.add_patch(PathPatch(path, facecolor=colour, edgecolor=colour, linewidth=0.6, gid=gid))


def _draw_averages(axes: Axes, history: History) -> dict[str, str]:
    """Draws the moving averages of the closing prices; returns the label of each."""
    closes = [bar.close for bar in history.bars]
    shown, labels = min(SHOWN_BARS, len(closes)), {}
    for days, colour in AVERAGES:
        ends = range(max(days, len(closes) - shown + 1), len(closes) + 1)
        means = [sum(closes[end - days : end]) / days for end in ends]
        if means:
            axes.plot(range(shown - len(means), shown), means, color=colour, linewidth=0.7, gid=f"MA{days}")
        labels[f"MA{days}"] = f"MA{days}: {means[-1]:.{history.decimal}f}" if means else f"MA{days}: -"
    return labels


def _draw_volumes(axes: Axes, bars: Sequence[Bar]) -> None:
    for name, colour, rises in (("volume-rise", RISE, True), ("volume-fall", FALL, False)):
        paths = [
            Path([(x + dx, bar.volume * full) for dx, full in _CORNERS], closed=True)
            for x, bar in enumerate(bars)
            if (bar.close >= bar.open) is rises
        ]
        if paths:
            axes.add_patch(PathPatch(Path.make_compound_path(*paths), color=colour, linewidth=0, gid=name))


def _draw_frame(prices: Axes, volumes: Axes, bars: Sequence[Bar], decimal: int) -> None:
    low, high = min(bar.low for bar in bars), max(bar.high for bar in bars)
    margin = (high - low) * 0.04 or abs(high) * 0.01 or 1
    prices.set_ylim(low - margin, high + margin)
    volumes.set_ylim(0, max(bar.volume for bar in bars) * 1.05 or 1)
    months = [x for x, bar in enumerate(bars) if x and bar.day.month != bars[x - 1].day.month]
    for axes, ticks in ((prices, 5), (volumes, 2)):
        axes.set_xlim(-1, max(len(bars), 20))
        axes.xaxis.set_major_locator(FixedLocator(months))
        axes.yaxis.set_major_locator(LinearLocator(ticks))
        axes.tick_params(length=0, labelsize=5.5, labelcolor="#666666", pad=2)
        axes.grid(color="#e6e6e6", linewidth=0.5)
        axes.set_axisbelow(True)
        for spine in axes.spines.values():
            spine.set(color="#d1d1d1", linewidth=0.6)
    prices.xaxis.set_major_formatter(FuncFormatter(lambda _x, _at: ""))
    volumes.xaxis.set_major_formatter(FuncFormatter(lambda x, _at: f"{bars[int(x)].day:%Y-%m}"))
    prices.yaxis.set_major_formatter(FuncFormatter(lambda y, _at: f"{y:.{decimal}f}"))
    volumes.yaxis.set_major_formatter(FuncFormatter(lambda y, _at: _short(y)))


def _short(volume: float) -> str:
    for unit, name in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if volume >= unit:
            return f"{volume / unit:.1f}{name}"
    return f"{volume:.0f}"


def _own(drawing: bytes, texts: dict[str, str]) -> bytes:
    """The drawing as only ours look: names filled in, sizes in pixels, no declaration, metadata or foreign names.

    Chinese text goes in after the drawing, because matplotlib wants a font that has its characters.
    """
    root: Any = etree.fromstring(drawing, etree.XMLParser(remove_comments=True, remove_blank_text=True, load_dtd=False))
    root.set("width", str(WIDTH))
    root.set("height", str(HEIGHT))
    for text in root.iter(f"{_SVG}text"):
        text.set("style", re.sub(r"font-family: [^;]*", f"font-family: {_FONTS}", text.get("style", "")))
        text.text = texts.get(text.getparent().get("id", "").removeprefix("text-"), text.text)
    for path in root.iter(f"{_SVG}path"):
        path.set("d", " ".join(path.get("d").split()))
    for sheet in root.iter(f"{_SVG}style"):
        del sheet.attrib["type"]
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8")) + b"\n"
