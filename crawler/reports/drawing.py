"""Numbers as horizontal bars: SVG that holds shapes and texts, and nothing that runs, styles or asks for something."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

WIDTH: Final = 420
"""Units; the page gives it as many pixels where it has them, and fewer on a phone."""
_ROW, _BAR, _EDGE, _LINE = 22, 18, 8, 14
"""Units: a row, its bar, the margins, and how far below the top of a row its text stands."""
_ROOM = 1.5
"""As much longer than the longest bar is the axis: the number stands behind the bar."""
_LETTER, _CHINESE = 7.8, 13.0
"""Units that a character of a label gets."""


def draw(chart: Mapping[str, Any]) -> str:
    """Bars from the top down, those of several series behind each other, each with what it says in its ``title``.

    The labels are printable. One series has its numbers behind the bars, too. "" where there is nothing to draw.
    """
    labels: Sequence[str] = chart["labels"]
    series: Mapping[str, Sequence[float]] = chart["series"]
    if not any(map(any, series.values())):
        return ""
    height = _ROW * len(labels) + 2 * _EDGE
    left = 2 * _EDGE + max(map(_width, labels))
    unit = (WIDTH - left - _EDGE) / (max(map(sum, zip(*series.values(), strict=True))) * _ROOM)
    drawn = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">']
    tops, ends = range(_EDGE, height, _ROW), [float(left)] * len(labels)
    for top, label in zip(tops, labels, strict=False):
        drawn.append(f'<text class="label" x="{left - 5:g}" y="{top + _LINE}">{escape(label)}</text>')
    for color, (name, numbers) in enumerate(series.items()):
        for row, number in enumerate(numbers):
            if number:
                where = f'x="{ends[row]:.2f}" y="{tops[row]}" width="{number * unit:.2f}" height="{_BAR}"'
                said = escape(f"{labels[row]}: {name} {number}")
                drawn.append(f'<rect class="color-{color}" {where}><title>{said}</title></rect>')
                ends[row] += number * unit
                if len(series) == 1:
                    drawn.append(f'<text x="{ends[row] + 5:.2f}" y="{tops[row] + _LINE}">{number}</text>')
    return "\n".join([*drawn, "</svg>"])


def _width(label: str) -> float:
    return sum(_CHINESE if sign >= "\u2e80" else _LETTER for sign in label)
