"""The figures of the docs' page, and their picture: each ratio a bar, with a mark where it is asked to be."""

import math
import os
import platform
import re
from collections.abc import Mapping
from html import escape

from asked import ASKED, is_reached
from harness import ROOT

PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "speed.svg"
_ROW, _LEFT, _WIDE, _RIGHT = 20, 350, 430, 70
"""Pixels: the height of a row, the room for names, for bars, and for numbers."""
_LEAST, _MOST = 0.01, 100
"""Where the axis, on which each step is ten times the one before, begins and ends."""
_BETWEEN = re.compile("(<!-- figures: written by `make bench DOCS=1` -->\n).*(<!-- end of figures -->)", re.DOTALL)


def write(*, quick: bool, load: float, ratios: Mapping[str, float], figures: Mapping[str, str]) -> None:
    """Put what was measured into the page, and draw it."""
    ratios = {name: round(value, 2) for name, value in ratios.items()}
    PICTURE.write_text(_picture(ratios), "utf-8")
    rows = [f"| {name} | {value:.2f} | {_asked(name, value)} |" for name, value in ratios.items()]
    rows = ["| ratio | measured | asked |", "|---|---:|---|", *rows, "", "| figure | of this machine |", "|---|---:|"]
    rows += [f"| {name} | {value} |" for name, value in figures.items()]
    cores = os.cpu_count() or 1
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores"
    busy = ", a machine that had much else to do: rough" if load > 2 * cores else ""
    told = f"{machine}, a load of {load:.0f}{busy}{'; partly of quick runs' if quick else ''}.\n\n" + "\n".join(rows)
    page = PAGE.read_text("utf-8")
    assert _BETWEEN.search(page), f"{PAGE} has no place for figures"
    PAGE.write_text(_BETWEEN.sub(lambda found: f"{found[1]}\n{told}\n\n{found[2]}", page), "utf-8")


def _asked(name: str, value: float) -> str:
    if name not in ASKED:
        return ""
    sign = "≥" if name.startswith("gain") else "≤"
    return f"{sign} {ASKED[name]:g}{'' if is_reached(name, value) else ': **not reached**'}"


def _picture(ratios: Mapping[str, float]) -> str:
    high = _ROW * (len(ratios) + 2)
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDE + _RIGHT}" height="{high}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for power in range(round(math.log10(_LEAST)), round(math.log10(_MOST)) + 1):
        x, wide = _x(10**power), 2 if power == 0 else 0.5
        pieces.append(f'<path d="M {x:.1f} {_ROW} V {high - _ROW}" stroke="#888" stroke-width="{wide}"/>')
        pieces.append(f'<text x="{x:.1f}" y="{high - 5}" text-anchor="middle">{10**power:g}</text>')
    for row, (name, value) in enumerate(ratios.items(), 1):
        top, x = _ROW * row, _x(value)
        color = "#999" if name not in ASKED else "#2a7" if is_reached(name, value) else "#c62"
        pieces.append(f'<text x="{_LEFT - 6}" y="{top + 14}" text-anchor="end">{escape(name)}</text>')
        pieces.append(f'<rect x="{_LEFT}" y="{top + 3}" width="{x - _LEFT:.1f}" height="{_ROW - 6}" fill="{color}"/>')
        mark = _x(ASKED[name]) if name in ASKED else _LEFT
        pieces.append(f'<text x="{max(x, mark) + 5:.1f}" y="{top + 14}">{value:.2f}</text>')
        if name in ASKED:
            pieces.append(f'<path d="M {mark:.1f} {top + 1} v {_ROW - 2}" stroke="#000" stroke-width="2"/>')
    return "\n".join([*pieces, "</svg>\n"])


def _x(value: float) -> float:
    """Where a ratio stands, those that are out of the picture at its edge."""
    inside = min(max(value, _LEAST), _MOST)
    return _LEFT + _WIDE * math.log(inside / _LEAST) / math.log(_MOST / _LEAST)
