"""`make bench`: what its harness measures, and that the page of figures says of each whether it is as asked."""

import re
import sys
from xml.etree import ElementTree as ET

import pytest
from forked_scrapy import ROOT

from benchmarks.asked import ASKED, is_reached
from benchmarks.harness import Found, interleaved, run

ROWS = re.findall(
    r"^\| ([^|]+) \| ([\d.]+) \| ([^|]*) \|$", (ROOT / "docs" / "speed.md").read_text("utf-8"), re.MULTILINE
)
BURN = "import subprocess, sys\nx = b'x' * 50_000_000\nwhile sum(__import__('os').times()[:2]) < 0.3: pass\n"
CHILD = "subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"


def test_a_process_costs_what_it_and_its_own_cost() -> None:
    alone = run(sys.executable, "-c", BURN)
    both = run(sys.executable, "-c", BURN + CHILD, BURN)
    assert 0.3 <= alone.cpu <= alone.seconds + 0.1
    assert both.cpu >= 0.6
    assert alone.peak > 50
    with pytest.raises(RuntimeError, match="exit 3\nwhy"):
        run(sys.executable, "-c", "print('why'); raise SystemExit(3)")


def test_tasks_take_turns_and_the_first_round_is_not_counted() -> None:
    done: list[str] = []
    took = iter([100.0, 100.0, 1, 10, 3, 30, 2, 20])

    def task(name: str) -> float:
        done.append(name)
        return next(took)

    assert interleaved({"a": lambda: task("a"), "b": lambda: task("b")}, 3) == {"a": 2, "b": 20}
    assert "".join(done) == "abababab"
    assert interleaved({"a": lambda: 5.0}, 1) == {"a": 5}


def test_ratios_and_figures_are_kept_apart() -> None:
    found = Found(quick=True)
    found.ratio("a / b", 3, 2)
    found.figure("rate", 12345.6, "posts/s")
    assert (found.ratios, found.figures, found.size(9, 1)) == ({"a / b": 1.5}, {"rate": "12,346 posts/s"}, 1)


def test_the_page_tells_what_is_asked_and_what_is_not_reached() -> None:
    assert len(ROWS) > 20
    for name, measured, asked in ROWS:
        assert bool(asked) == (name in ASKED), name
        if asked:
            assert f"{ASKED[name]:g}" in asked
            assert ("not reached" in asked) != is_reached(name, float(measured)), name
    assert ASKED.keys() >= {
        "page 5 KB / lxml",
        "page 112 KB / lxml",
        "pair 17 KB / lxml",
        "warc / fastwarc",
        "chart ms",
    }
    assert is_reached("gain of 2 workers, files / of 2 plain processes", 1)


def test_the_picture_shows_the_ratios_of_the_page() -> None:
    texts = [node.text for node in ET.parse(ROOT / "docs" / "speed.svg").findall(".//{*}text")]
    assert [name for name, _, _ in ROWS if name not in texts] == []
