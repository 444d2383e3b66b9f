"""A chart as SVG, where its shape needs no browser to be judged."""

import re

import pytest
from lxml import etree

from crawler.reports.drawing import WIDTH, draw


@pytest.mark.parametrize(("label", "least"), [("字" * 18, 18 * 13), ("x" * 36, 36 * 7), ("字", 13), ("", 0)])
def test_labels_have_room_and_so_have_bars(label: str, least: int) -> None:
    drawn = draw({"labels": [label, "b"], "series": {"x": [1, 2]}})
    left = float(re.findall(r'<rect class="color-0" x="([\d.]+)"', drawn)[0])
    assert least <= left <= WIDTH * 0.75
    ends = [float(x) + float(width) for x, width in re.findall(r'<rect [^>]*x="([\d.]+)"[^>]* width="([\d.]+)"', drawn)]
    assert max(ends) + 5 * 7.8 <= WIDTH, "behind the bar stands a number"


@pytest.mark.parametrize(
    "series", [{"a": [1, 0], "b": [0, 0]}, {"a": [0, 0], "b": [0, 2]}, {"a": [0.0, 0.1], "b": [3, 0]}]
)
def test_each_number_but_zero_is_there_once(series: dict[str, list[float]]) -> None:
    drawn = draw({"labels": ["x", "y"], "series": series})
    values = [float(value) for value in re.findall("<title>[xy]: [ab] ([^<]*)", drawn)]
    assert values == [number for numbers in series.values() for number in numbers if number]


@pytest.mark.parametrize("series", [{}, {"a": []}, {"a": [0, 0.0]}])
def test_where_there_is_nothing_nothing_is_drawn(series: dict[str, list[float]]) -> None:
    assert draw({"labels": ["x", "y"], "series": series}) == ""


def test_bars_of_several_series_stand_behind_each_other() -> None:
    drawn = draw({"labels": ["x"], "series": {"a": [2], "b": [3]}})
    (one, width), (other, _) = re.findall(r'<rect [^>]*x="([\d.]+)"[^>]* width="([\d.]+)"', drawn)
    assert float(one) + float(width) == pytest.approx(float(other), abs=0.02)


def test_what_foreign_words_say_is_text() -> None:
    drawn = draw({"labels": ['<b>"&'], "series": {"</title><script>": [3]}})
    assert [
        element.tag.rpartition("}")[2] for element in etree.fromstring(drawn).iter()
    ] == "svg text rect title text".split()
