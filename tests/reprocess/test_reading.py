"""Each input has one line of the report: what it tells of, what it may have cost, and whether another try may help."""

import json
from pathlib import Path

import pytest
from reprocess import makers
from reprocess.makers import Art

from crawler.archive import Cost, InputFile, Skipped, input_files
from crawler.items import Page
from crawler.reprocess import reading
from crawler.reprocess.reading import LARGE, ReportLine, is_large, may_cost, opened, read, sections_of, weight
from crawler.sites import Sites

SITES = Sites()
ART = Art(1)
URL = ART.url


def line_of(found: Page | Skipped) -> ReportLine:
    ((line, _),) = read(found, SITES)
    return line


def page(text: str, url: str = "") -> Page:
    return Page(url=url, body=text.encode(), source="saved/x.html")


def test_a_page_is_read_and_names_its_article() -> None:
    ((line, articles),) = read(page(makers.desktop(ART)), SITES)
    assert (line.path, line.outcome, line.codes, line.again) == ("saved/x.html", "read", [ART.id], False)
    assert [article.title for article in articles] == [ART.name]


def test_a_list_is_told_with_its_count_and_tells_of_no_article_as_its_own() -> None:
    ((line, articles),) = read(page(makers.listed(ART, Art(2))), SITES)
    assert (line.outcome, line.reason, line.codes, len(articles)) == ("read", "a list of 2 articles", [], 2)


@pytest.mark.parametrize(
    ("found", "outcome", "missing", "withdrawn", "again"),
    [
        (Skipped("x", "asset: image/png"), "out_of_scope", "", "", False),
        (Skipped("x", "truncated", failed=True), "quarantined", "", "", True),
        (Skipped("x", "HTTP 503", url=URL), "out_of_scope", ART.id, "", False),
        (Skipped("x", "HTTP 404", url=URL, gone=True), "out_of_scope", ART.id, "HTTP 404", False),
        (Skipped("x", "HTTP 404", url="https://a.com/", gone=True), "out_of_scope", "", "", False),
    ],
)
def test_what_stands_in_place_of_a_page(
    found: Skipped, outcome: str, missing: str, withdrawn: str, again: bool
) -> None:
    line = line_of(found)
    assert (line.outcome, line.missing, line.withdrawn, line.again) == (outcome, missing, withdrawn, again)
    assert not line.is_page or found.gone


def test_a_page_of_others_is_none_of_ours_but_where_an_article_should_stand_nobody_says_that_it_is_none() -> None:
    for url, reason, missing in (("", "not an article: forum post", ""), (URL, "forum post", ART.id)):
        line = line_of(page(makers.guba(7), url))
        assert (line.outcome, line.reason, line.missing) == ("out_of_scope", reason, missing)
    shell = "<html><head><title>x</title></head><body></body></html>"
    assert (line_of(page(shell, URL)).outcome, line_of(page(shell)).outcome) == ("quarantined", "out_of_scope")


def test_a_page_that_is_cut_off_may_have_cost_an_article() -> None:
    line = line_of(page(makers.desktop(ART).partition("分析")[0], URL))
    assert (line.outcome, line.missing, line.again) == ("quarantined", ART.id, False)


def test_an_error_of_ours_at_one_page_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("x" * 900)

    monkeypatch.setattr(reading.pages, "read", fails)
    line = line_of(page(makers.desktop(ART)))
    assert (line.outcome, line.again) == ("quarantined", True)
    assert line.reason.startswith("internal error: ZeroDivisionError: xxx")
    assert len(line.reason) == 300


def test_a_line_goes_into_a_tuple_and_comes_back() -> None:
    line = ReportLine("saved/x", "quarantined", "why", ["NW1"], False, "1", "words", True)
    assert ReportLine(*json.loads(json.dumps(line.values()))) == line
    assert line.named() == Page(url="", body=b"", source="saved/x")


def test_only_large_files_are_shared_out(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    for size, large in ((LARGE - 1, False), (LARGE, True)):
        with path.open("wb") as file:
            file.truncate(size)
        (found,) = input_files(path)
        assert isinstance(found, InputFile)
        assert (is_large(found), weight(found)) == (large, size)
        assert may_cost(found, Cost())
        assert not may_cost(found, Cost(spent=1 << 40))
    nothing = Skipped("x", "symlink to nothing")
    assert (is_large(nothing), weight(nothing), [*sections_of(nothing)]) == (False, 0, [])
    assert [*opened(nothing)] == [nothing]
    assert weight(page("<html>")) == 6
