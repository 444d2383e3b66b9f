"""What is read: every file once, and never the output folder by accident."""

from pathlib import Path

from reprocess import makers
from reprocess.makers import Art, saved
from reprocess.running import report, reprocess
from torture.output_checks import mtimes

from crawler.archive import Cost, InputFile, Section
from crawler.reprocess.reader import _InSections, _outermost
from crawler.reprocess.reading import ReportLine
from crawler.reprocess.steps import Read


def test_paths_that_hold_each_other_are_read_once(tmp_path: Path) -> None:
    top = tmp_path / "saved"
    files = saved(top / "sub")
    (tmp_path / "link").symlink_to(top)
    paths = (files[1], top, top / "sub", files[0], top, tmp_path / "link", f"{top}/./sub")
    assert reprocess(tmp_path / "out", *paths).code == 0
    assert sorted(line["path"] for line in report(tmp_path / "out")["inputs"]) == sorted(map(str, files))


def test_an_output_folder_among_the_pages_is_not_read(tmp_path: Path) -> None:
    top, output = tmp_path / "saved", tmp_path / "saved" / "out"
    files = saved(top)
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
    saved(tmp_path / "saved")
    assert reprocess(tmp_path / "out", tmp_path / "saved").code == 0
    assert reprocess(tmp_path / "out", tmp_path / "out/_posts").code == 0
    assert report(tmp_path / "out")["unchanged"] == 3


def _outside(tmp_path: Path, *paths: str) -> list[str]:
    found = _outermost([tmp_path / path for path in paths], tmp_path / "out")
    return [str(path.relative_to(tmp_path)) for path in found]


def test_the_outermost_of_paths_are_read_and_what_lies_in_the_output_is_held_by_none(tmp_path: Path) -> None:
    (tmp_path / "saved/sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "saved")
    assert _outside(tmp_path, "saved/sub", "saved", "savedtoo") == ["saved", "savedtoo"]
    assert _outside(tmp_path, "link", "saved/sub") == ["link"]
    assert _outside(tmp_path, "", "out/_posts", "saved") == [".", "out/_posts"]
    assert _outside(tmp_path, "nothing", "nothing") == ["nothing"]


def _section(file: InputFile, number: int) -> Section:
    return Section(file, number, number + 1)


def test_sections_go_on_as_long_as_each_was_read_and_all_of_them_keep_to_the_limits_of_their_file() -> None:
    file, other = InputFile("x.warc", "x.warc", 1000), InputFile("y.warc", "y.warc", 1000)
    lines = [(ReportLine("x", "read"), [])] * 2
    so_far = _InSections()
    half = Read(1, 1, lines, Cost(spent=40 << 20))
    assert so_far.goes_on(_section(file, 0), [half])
    assert so_far.goes_on(_section(other, 0), [half])
    assert so_far.lines == 2  # of each file by itself
    assert not so_far.goes_on(_section(other, 1), [half])  # 80 of at most 64 MiB
    assert so_far.lines == 2
    assert not so_far.goes_on(_section(file, 1), [])  # it was not read by itself
