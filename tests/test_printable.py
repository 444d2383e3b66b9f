"""What replies say acts on no terminal, and makes no line of its own: in the summary, in lists, in the log."""

import io
import logging
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from crawler.extensions.plain_log import PlainLog
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


@pytest.mark.parametrize("args", [(EVIL,), (ValueError(EVIL),), ({"x": EVIL},), ()])
def test_a_log_has_its_own_lines_only(args: tuple[object, ...]) -> None:
    root, stream = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    before, root.handlers = root.handlers, [handler]
    try:
        PlainLog(get_crawler()).spider_opened()
        logging.getLogger("some.where").warning(
            "told %(x)s" if isinstance(args[:1], dict) else "told %s" if args else EVIL.replace("\n", ""), *args
        )
    finally:
        root.handlers = before
    assert [is_plain(line) for line in stream.getvalue().splitlines()] == [True]
    assert stream.getvalue().startswith("WARNING: ")
