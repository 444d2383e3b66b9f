"""What replies say acts on no terminal, and makes no line of its own: in the summary, in lists, in the log."""

from pathlib import Path

from crawler.items import Page
from crawler.printable import printable
from crawler.store.run import Run
from crawler.summary import summary

EVIL = "a\x1b[2Jb\x07c\nexit 0: all well\r\x9b31md\u202ee\u2028f\x00g"


def is_plain(text: str) -> bool:
    return text.isprintable()


def test_it_is_spelled_out() -> None:
    assert printable("标题 “a”\t1") == "标题 “a”\\t1"
    assert printable(EVIL) == r"a\x1b[2Jb\x07c\nexit 0: all well\r\x9b31md\u202ee\u2028f\x00g"


def test_a_summary_has_its_own_lines_only(tmp_path: Path) -> None:
    with Run(tmp_path) as run:
        run.quarantined("NW202201142248170578", EVIL, Page(url=f"http://a/{EVIL}", body=b"x"))
        lines = summary(run.report(5)).split("\n")
    assert all(map(is_plain, lines))
    assert not any(line.startswith("exit 0") for line in lines)
