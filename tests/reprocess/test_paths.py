"""What is read: every file once, never the output folder by accident; and what is mended leaves the quarantine."""

import os
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import report, reprocess
from run_scrapy import scrapy
from torture.output_checks import mtimes, quarantined

NOTICE = (
    "---\nlayout: post\ntitle: 开站\ndate: 2021-12-01 13:33:50\ncategories: sitenews\ntags: 站长消息\n---\n\n你好\n"
)


def _save(folder: Path, count: int = 3) -> list[Path]:
    folder.mkdir(parents=True)
    files = [folder / f"{n}.html" for n in range(count)]
    for n, file in enumerate(files):
        file.write_text(makers.desktop(Art(n)))
    return files


def test_paths_that_hold_each_other_are_read_once(tmp_path: Path) -> None:
    top = tmp_path / "saved"
    files = _save(top / "sub")
    (tmp_path / "link").symlink_to(top)
    paths = (files[1], top, top / "sub", files[0], top, tmp_path / "link", f"{top}/./sub")
    assert reprocess(tmp_path / "out", *paths).code == 0
    assert sorted(line["path"] for line in report(tmp_path / "out")["inputs"]) == sorted(map(str, files))


def test_an_output_folder_among_the_pages_is_not_read(tmp_path: Path) -> None:
    top, output = tmp_path / "saved", tmp_path / "saved" / "out"
    files = _save(top)
    lost = Art(9)
    (top / f"NW{lost.id}.json").write_text(makers.news_text(lost))
    assert reprocess(output, top).code == 5
    times = mtimes(output)
    assert reprocess(output, top).code == 5
    assert mtimes(output) == times
    told = report(output)
    assert (told["unchanged"], told["quarantined"]) == (3, 1)
    lines = {line["path"]: (line["outcome"], line["reason"]) for line in told["inputs"]}
    assert lines.pop(str(output)) == ("out_of_scope", "the output folder: not read")
    assert lines.keys() == {*map(str, files), str(top / f"NW{lost.id}.json")}


def test_posts_in_the_output_folder_are_read_when_they_are_named(tmp_path: Path) -> None:
    _save(tmp_path / "saved")
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 0
    assert reprocess(tmp_path / "out", tmp_path / "out/_posts").code == 0
    assert report(tmp_path / "out")["unchanged"] == 3


def test_a_file_that_is_mended_leaves_the_quarantine(tmp_path: Path) -> None:
    (file,) = _save(tmp_path / "saved", 1)
    text = file.read_text()
    file.write_text(text[: text.index("分析")])
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 5
    assert list(quarantined(tmp_path / "out").values()) == ["truncated: the body does not end"]
    file.write_text(text)
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 0
    assert quarantined(tmp_path / "out") == {}


@pytest.mark.parametrize("listed", [False, True])
def test_an_article_whose_only_page_cannot_be_read_is_found_and_lost(listed: bool, tmp_path: Path) -> None:
    (file,) = _save(tmp_path / "saved", 1)
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
    _save(tmp_path / "saved", 1)
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
    (file,) = _save(tmp_path / "saved", 1)
    file.write_text(file.read_text().partition("分析")[0])
    assert reprocess(tmp_path / "out", os.path.relpath(file, ROOT)).code == 5
    (named,) = scrapy("quarantine", "list", output=tmp_path / "out").out.split("\t")[2:]
    assert (named[:1], Path(named.strip()).resolve()) == ("/", file)
