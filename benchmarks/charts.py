"""The chart of a day."""

from datetime import date, timedelta

from harness import Found, cpu, interleaved

from crawler.pictures.chart import draw_chart
from crawler.pictures.prices import Bar, Prices

_AT_ONCE = 20


def measure(found: Found) -> None:
    bars = tuple(
        Bar(date(2022, 1, 1) + timedelta(day), 4.0 + day % 7, 4.1 + day % 7, 4.5 + day % 7, 3.9 + day % 7, 1e6 + day)
        for day in range(120)
    )
    history = Prices("600050", 1, "测试股份", 2, bars)
    took = interleaved({"chart": lambda: cpu(draw_chart, [(history, "600050.SH")] * _AT_ONCE)}, found.size(25, 5))
    found.ratios["chart ms"] = took["chart"] / _AT_ONCE * 1000
