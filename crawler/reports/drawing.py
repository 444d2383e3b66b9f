"""A chart as SVG: drawn by pygal, and nothing left in it that runs, styles or asks for something."""

import sys
from typing import Any, Final

from lxml import etree

WIDTH: Final = 420
"""Units; the page gives it as many pixels where it has them, and fewer on a phone."""
_BAR, _EDGE = 22, 8
_ROOM = 1.5
"""As much longer than the longest bar is the axis: the number stands behind the bar."""
_LETTER, _WIDER = 7.8, 5.2
"""Units that pygal gives a character of a label, and that a Chinese one needs besides."""
_OFF: Final = ("{*}script", "{*}style", "{*}defs", "{*}title", etree.Comment)


def draw(chart: dict[str, Any]) -> str:
    """Bars from the top down, each with its number in ``desc.value``; those of several series behind each other.

    The labels are printable. "" where there is nothing to draw.
    """
    labels, series = chart["labels"], chart["series"]
    if not any(map(any, series.values())):
        return ""
    longest = max(map(sum, zip(*series.values(), strict=True)))
    wide = max(len(label) * _LETTER + sum(sign >= "\u2e80" for sign in label) * _WIDER for label in labels)
    wide -= max(map(len, labels)) * _LETTER
    drawn = _bars(
        width=WIDTH, height=_BAR * len(labels) + 2 * _EDGE, margin=_EDGE, margin_left=_EDGE + wide,
        range=(0, longest * _ROOM), value_formatter=str, print_values=len(series) == 1,
        print_values_position="top", truncate_label=-1, show_legend=False, show_x_labels=False,
        no_prefix=True, js=[], css=[], disable_xml_declaration=True,
    )  # fmt: skip
    drawn.x_labels = labels[::-1]  # pygal begins at the bottom
    for name, numbers in series.items():
        drawn.add(name, numbers[::-1])
    return _plain(etree.fromstring(drawn.render()), labels, list(series))


def _bars(**how: Any) -> Any:
    """A chart of pygal's, which is loaded here: of most runs there is nothing to draw."""
    import pygal  # noqa: PLC0415
    from pygal.style import Style  # noqa: PLC0415

    # It looks for plugins at every import in the process from here on, in a way that Python warns of. We use none.
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
    style = Style(font_family="sans-serif", label_font_size=13, value_font_size=13)
    return pygal.HorizontalStackedBar(style=style, **how)


def _plain(svg: Any, labels: list[str], names: list[str]) -> str:
    for node in list(svg.iter(*_OFF)):
        node.getparent().remove(node)
    for node in svg.iter():
        node.attrib.pop("style", None)
    del svg.attrib["id"]
    for name, bars in zip(names, svg.findall(".//{*}g[@class='bars']"), strict=True):
        bars[:] = bars[::-1]
        for bar, label in zip(list(bars), labels, strict=True):
            (value,) = bar.findall("{*}desc[@class='value']")
            if float(value.text) == 0:
                bars.remove(bar)
                continue
            for desc in bar.findall("{*}desc"):
                if desc is not value:
                    bar.remove(desc)
            etree.SubElement(bar, "{http://www.w3.org/2000/svg}title").text = f"{label}: {name} {value.text}"
    text: str = etree.tostring(svg, encoding="unicode")
    return text
