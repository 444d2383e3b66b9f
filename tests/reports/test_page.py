"""The page of a run: all that the report tells, in both languages, and foreign text as nothing but text."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from reports.runs import HOSTILE, filled
from store.samples import POST, made

from crawler import exits
from crawler.items import Page
from crawler.printable import UNSAFE, printable
from crawler.reports import page
from crawler.reports.page import CHARTS, TOLD
from crawler.store.run import Run
from crawler.words import LISTS

FOLDER = "reports"
TALKS = ("script", "img", "iframe", "link", "object", "form", "base", "use", "image", "foreignObject")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("output")


@pytest.fixture(scope="module")
def report(output: Path) -> dict[str, Any]:
    return filled(output, 40)


@pytest.fixture(scope="module")
def source(output: Path, report: dict[str, Any]) -> str:
    return (output / FOLDER / f"{report['run']}.html").read_text("utf-8")


@pytest.fixture(scope="module")
def tree(source: str) -> Any:
    return html.document_fromstring(source)


def test_the_newest_page_is_there_twice(output: Path, source: str) -> None:
    assert (output / FOLDER / "latest.html").read_text("utf-8") == source


def test_nothing_in_it_runs_or_asks(source: str, tree: Any) -> None:
    assert [node for name in TALKS for node in tree.iter(name)] == []
    assert [
        name for node in tree.iter() for name in node.attrib if name.startswith("on") or name in {"src", "style"}
    ] == []
    assert "<!--" not in source
    assert {href.partition(":")[0] for href in tree.xpath("//a/@href") if not href.startswith("..")} <= {
        "http", "https", Path(tree.xpath("//p/a/@href")[0]).name
    }  # fmt: skip
    assert UNSAFE.sub(lambda match: match[0].replace("\n", ""), source).count("\n") == 0
    assert not {sign for sign in UNSAFE.findall(source) if sign != "\n"}


def test_its_style_alone_is_allowed(tree: Any) -> None:
    (style,) = tree.iter("style")
    digest = b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_every_new_article_is_named_with_a_link_that_holds_its_code(report: dict[str, Any], tree: Any) -> None:
    links = {link.get("href"): link for link in tree.iter("a")}
    text = tree.text_content()
    assert len(report["new"]) == 40
    for one in report["new"]:
        assert printable(one["title"]) in text
        assert any(one["code"] in href for href in links)
    assert f"http://finews.zning.xyz/?infoCode={report['new'][-1]['code']}" in links


def test_titles_are_told_as_text_and_reasons_in_both_languages(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        one = made(
            replace(POST, title="A&B &lt;600050&gt; &quot;甲&#123;% x %}&#x202e; &lt;script>alert(1)&lt;/script>")
        )
        run.figures.wrote(one)
        run.book(one.code, "written")
        run.quarantined("NW2", "damaged text: read in a wrong encoding", Page(url="http://a.example/", body=b"x"))
        run.quarantined("NW3", "what nobody <b>knows</b>", Page(url="http://a.example/", body=b"x"))
        report = run.report(5)
    title = 'A&B <600050> "甲{% x %}\u202e <script>alert(1)</script>'
    assert [new["title"] for new in report["new"]] == [title]
    tree = html.document_fromstring((tmp_path / FOLDER / "latest.html").read_text("utf-8"))
    assert [link.text for link in tree.xpath("//section[1]//li/a")] == [printable(title)]
    for line in tree.xpath("//section[h2/span='Failed' or h2/span='Reasons']//li")[::2]:
        assert [span.text for span in line.xpath("span[@lang='zh']")] == ["文字损坏：用错了编码"]
        assert [span.text for span in line.xpath("span[@lang='en']")] == ["damaged text: read in a wrong encoding"]
    assert "".join(tree.itertext()).count("what nobody <b>knows</b>") == 2


def test_every_failure_is_told_with_its_raw_page(report: dict[str, Any], output: Path, tree: Any) -> None:
    text, links = tree.text_content(), tree.xpath("//a/@href")
    assert len(report["failed"]) == 2 * len(HOSTILE)
    for one in report["failed"]:
        assert printable(one["reason"]) in text
        assert printable(one["url"] or one["id"]) in text
        assert f"../{one['file']}" in links
        assert (output / one["file"]).is_file()


def test_charts_hold_the_numbers_of_the_report(report: dict[str, Any], tree: Any) -> None:
    assert report["charts"].keys() == CHARTS.keys()
    for name, chart in report["charts"].items():
        (figure,) = tree.xpath(f"//figure[@id='chart-{name}']")
        values = [title.text.rpartition(" ")[2] for title in figure.iterfind(".//rect/title")]
        assert values == [str(number) for numbers in chart["series"].values() for number in numbers if number], name
        texts = [text.text for text in figure.iterfind(".//text[@class='label']")]
        assert texts == (chart["labels"] if values else []), name  # on a quick machine nobody waits a second
        shown = [text.text for text in figure.xpath(".//text[not(@class)]")]
        assert shown == (values if len(chart["series"]) == 1 else []), name


@pytest.mark.parametrize("code", sorted(exits.WORDS))
def test_every_outcome_is_said_in_both_languages(code: int, report: dict[str, Any]) -> None:
    tree = html.document_fromstring(page({**report, "exit_code": code, "new": [], "failed": []}))
    (told,) = tree.find_class("outcome")
    said = {lang: "".join(told.xpath(f"*[@lang='{lang}']//text()")) for lang in ("zh", "en")}
    assert exits.WORDS[code].partition(": see ")[0] in said["en"]
    assert "above" not in said["en"]  # it stands below
    assert re.search("[\u4e00-\u9fff]", said["zh"])
    assert not re.search("[\u4e00-\u9fff]", said["en"])
    assert ("good" in told.get("class")) == (code == exits.OK)
    for number in ("found", "written", "unchanged", "quarantined"):
        assert str(report[number]) in said["zh"]
        assert str(report[number]) in said["en"]


def test_each_worker_of_a_shared_crawl_has_a_line_in_both_languages(report: dict[str, Any]) -> None:
    began, left = "2022-01-14T05:02:46+00:00", "2022-01-15T06:00:00+00:00"
    one = {"name": "a-1-f00", "started": began, "left": left, "articles": 12}
    died = {"name": "<b>-2-ba2", "started": began, "left": None, "articles": 3}
    tree = html.document_fromstring(page({**report, "workers": [one, died]}))
    (section,) = tree.xpath("//section[h2/span='Workers']")
    lines = {lang: section.xpath(f"h2/span[@lang='{lang}']|.//li") for lang in ("zh", "en")}
    for lang, (heading, *items) in lines.items():
        told = ["".join(item.xpath(f"text()|.//span[@lang='{lang}']//text()")) for item in items]
        assert heading.text == {"zh": "工作进程", "en": "Workers"}[lang]
        assert told == {
            "zh": ["a-1-f00: 完成 12 篇 2022-01-14 05:02:46 – 2022-01-15 06:00:00 UTC",
                   "<b>-2-ba2: 完成 3 篇 2022-01-14 05:02:46 UTC，未正常退出"],
            "en": ["a-1-f00: 12 articles done 2022-01-14 05:02:46 – 2022-01-15 06:00:00 UTC",
                   "<b>-2-ba2: 3 articles done 2022-01-14 05:02:46 UTC, died"],
        }[lang]  # fmt: skip
    assert "Workers" not in page(report)


def test_all_that_the_summary_lists_is_told() -> None:
    assert TOLD.keys() >= {*LISTS}


def test_a_run_that_did_nothing_has_a_page(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.report(exits.NOTHING_FETCHED)
    tree = html.document_fromstring((tmp_path / FOLDER / "latest.html").read_text("utf-8"))
    assert len(tree.xpath("//figure")) == len(CHARTS)
    assert "Failed" not in tree.text_content()


def test_the_ten_runs_before_are_beside_it(tmp_path: Path) -> None:
    runs = []
    for second in range(13):
        with Run(tmp_path) as run:
            run.id = f"20220114T0502{second:02}Z-6690"
            runs.append(run.report(second % 2)["run"])
    (tmp_path / FOLDER / f"{runs[4]}.html").unlink()
    (tmp_path / FOLDER / f"{runs[5]}.json").write_text("[]")
    (tmp_path / FOLDER / "notes.json").write_text("{}")
    with Run(tmp_path) as run:
        run.report(0)
    source = (tmp_path / FOLDER / "latest.html").read_text("utf-8")
    told = [name for name in runs if f">{name}<" in source or f"<li>{name} " in source]
    assert told == [*runs[2:5], *runs[6:]]
    assert f'href="{runs[12]}.html"' in source
    assert f'href="{runs[4]}.html"' not in source


@pytest.mark.parametrize("name", ["latest.html", "RUN.html"])
def test_a_page_that_cannot_be_costs_nothing_and_is_told(name: str, tmp_path: Path, capsys: Any) -> None:
    with Run(tmp_path) as run:
        (tmp_path / FOLDER / name.replace("RUN", run.id)).mkdir(parents=True)
        report = run.report(0)
    assert report["exit_code"] == 0
    assert run.fatal is None
    assert (tmp_path / FOLDER / f"{run.id}.json").is_file()
    assert "the report has no page: IsADirectoryError" in capsys.readouterr().err


def test_what_cannot_be_drawn_costs_nothing_and_is_told(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(CHARTS, "body-origins", None)
    with Run(tmp_path) as run:
        run.report(0)
    assert "the report has no page: AttributeError" in capsys.readouterr().err
