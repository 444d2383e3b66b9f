"""What a run tells of its inputs: who lost an article, under which name, and what leaves the quarantine once it is mended."""

import os
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from reprocess import makers
from reprocess.makers import Art, saved
from reprocess.running import report, reprocess
from run_scrapy import scrapy
from torture.output_checks import quarantined

from crawler.reprocess import default_workers, most_workers

NOTICE = (
    "---\nlayout: post\ntitle: 开站\ndate: 2021-12-01 13:33:50\ncategories: sitenews\ntags: 站长消息\n---\n\n你好\n"
)


def test_a_file_that_is_mended_leaves_the_quarantine(tmp_path: Path) -> None:
    (file,) = saved(tmp_path / "saved", 1)
    text = file.read_text()
    file.write_text(text[: text.index("分析")])
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 5
    assert list(quarantined(tmp_path / "out").values()) == ["truncated: the body does not end"]
    file.write_text(text)
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 0
    assert quarantined(tmp_path / "out") == {}


@pytest.mark.parametrize("listed", [False, True])
def test_an_article_whose_only_page_cannot_be_read_is_found_and_lost(listed: bool, tmp_path: Path) -> None:
    (file,) = saved(tmp_path / "saved", 1)
    text = file.read_text()
    file.write_text(text[: text.index("分析")])
    if listed:
        (tmp_path / "saved/list.json").write_text(makers.listed(Art(0)))
    for times in (1, 2):
        assert reprocess(tmp_path / "out", tmp_path / "saved").code == 5
        told = report(tmp_path / "out")
        assert (told["found"], told["quarantined"], told["out_of_scope"]) == (1, 1, 0), times
    file.write_text(text)
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 0
    told = report(tmp_path / "out")
    assert (told["found"], told["written"]) == (1, 1)
    assert quarantined(tmp_path / "out") == {}


def test_the_site_s_own_notices_are_told_as_such(tmp_path: Path) -> None:
    saved(tmp_path / "saved", 1)
    (tmp_path / "saved/2021-12-01-init.md").write_text(NOTICE)
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 0
    told = report(tmp_path / "out")
    lines = {Path(line["path"]).name: (line["outcome"], line["reason"]) for line in told["inputs"]}
    assert lines["2021-12-01-init.md"] == ("out_of_scope", "the site's own notice, no article")


def test_a_failure_is_told_under_either_spelling_of_its_code(tmp_path: Path) -> None:
    """Bodies that name the article with and without NW: both lines say why it did not become a post."""
    art, folder = Art(1, title=""), tmp_path / "saved"
    folder.mkdir()
    (folder / f"NW{art.id}.json").write_text(makers.news_text(art))
    (folder / f"{art.id}.json").write_text(makers.news_text(art))
    assert reprocess(tmp_path / "out", folder).code == 5
    lines = report(tmp_path / "out")["inputs"]
    assert [(line["outcome"], line["reason"]) for line in lines] == [("quarantined", "no title")] * 2


def test_a_file_in_quarantine_is_named_from_the_root(tmp_path: Path) -> None:
    (file,) = saved(tmp_path / "saved", 1)
    file.write_text(file.read_text().partition("分析")[0])
    assert reprocess(tmp_path / "out", os.path.relpath(file, ROOT)).code == 5
    (named,) = scrapy("quarantine", "list", output=tmp_path / "out").out.split("\t")[2:]
    assert (named[:1], Path(named.strip()).resolve()) == ("/", file)


def test_a_reply_without_the_article_that_stood_there_is_lost_unless_another_file_tells_it(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / f"{Art(0).id}.txt").write_bytes(b"HTTP/1.1 503 Busy\r\n\r\n<html>try again later</html>")
    for outcome, code in (("quarantined", 5), ("out_of_scope", 0)):
        assert reprocess(tmp_path / "out", folder).code == code
        (line,) = [line for line in report(tmp_path / "out")["inputs"] if line["path"].endswith(".txt")]
        assert (line["outcome"], line["reason"]) == (outcome, "HTTP 503")
        assert [*quarantined(tmp_path / "out").values()] == ["HTTP 503"] * (code == 5)
        (folder / "x.html").write_text(makers.desktop(Art(0)))


def test_a_run_has_a_worker_for_each_core_that_it_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert (default_workers(), most_workers()) == (3, 48)
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert default_workers() == 1
