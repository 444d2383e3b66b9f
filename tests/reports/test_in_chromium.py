"""The page of a run in a headless Chromium: it says and asks for nothing, fits on a phone, and shows one language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jekyll.chromedriver import Chromium
from reports.runs import HOSTILE, filled

from crawler.printable import printable

LOOK = """
const shown = lang => [...document.querySelectorAll(`main [lang=${lang}]`)].filter(e => e.checkVisibility()).length;
const beyond = [...document.querySelectorAll('html, main *:not(svg *)')].filter(e => e.localName != 'span' && e.scrollWidth > e.clientWidth && e.clientWidth
  || e.getBoundingClientRect().right > innerWidth + 1);
const cut = [...document.querySelectorAll('svg')].flatMap(svg => [...svg.querySelectorAll('text')].filter(text => {
  const [box, text_box] = [svg.getBoundingClientRect(), text.getBoundingClientRect()];
  return text_box.left < box.left - 1 || text_box.right > box.right + 1 || text_box.bottom > box.bottom + 1; }));
const charts = {};
for (const figure of document.querySelectorAll('figure'))
  charts[figure.id] = [...figure.querySelectorAll('rect > title')].map(title => title.textContent.split(' ').pop());
return {charts, width: innerWidth, beyond: beyond.map(e => e.outerHTML.slice(0, 200)),
  cut: cut.map(e => e.textContent), text: document.body.innerText, title: document.title, zh: shown('zh'), en: shown('en'),
  scripts: document.scripts.length, background: getComputedStyle(document.body).backgroundColor};
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile"), "http://127.0.0.1:9") as running:
        yield running


@pytest.fixture(scope="module", params=[40, 20_000])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("output")
    return folder, filled(folder, request.param)


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page(output: tuple[Path, dict[str, Any]], width: int, chromium: Chromium) -> None:
    folder, report = output
    url = (folder / "reports/latest.html").as_uri()
    chromium.show_as(width, 800)
    chromium.events(), chromium.console()
    chromium.open(url)
    seen = chromium.run(LOOK)
    events = chromium.events()
    assert chromium.console() == []
    assert [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"] == [url]
    assert not [e for e in events if e["method"] in {"Page.javascriptDialogOpening", "Page.windowOpen"}]
    assert seen["width"] == width
    assert (seen["beyond"], seen["cut"], seen["scripts"]) == ([], [], 0)
    assert seen["title"] == f"finews {report['run']}: 5"
    for name, chart in report["charts"].items():
        numbers = [number for values in chart["series"].values() for number in values if number]
        assert [float(value) for value in seen["charts"][f"chart-{name}"]] == numbers, name
    missing = [foreign for foreign in map(printable, HOSTILE) if foreign not in seen["text"]]
    assert missing == []


def test_one_language_shows(output: tuple[Path, dict[str, Any]], chromium: Chromium) -> None:
    chromium.open((output[0] / "reports/latest.html").as_uri())
    for shown, hidden in (("en", "zh"), ("zh", "en"), ("en", "zh")):
        chromium.run(f"document.querySelector('label[for=lang-{shown}]').click()")
        seen = chromium.run(LOOK)
        assert seen[hidden] == 0
        assert seen[shown] >= 15


def test_light_and_dark(output: tuple[Path, dict[str, Any]], chromium: Chromium) -> None:
    seen = set()
    for scheme in ("light", "dark"):
        chromium.prefer(scheme)
        chromium.open((output[0] / "reports/latest.html").as_uri())
        seen.add(chromium.run(LOOK)["background"])
    assert seen == {"rgb(255, 255, 255)", "rgb(22, 25, 28)"}
