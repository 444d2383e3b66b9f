"""What is put into a message of the log stays on its line, and acts on no terminal."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from scrapy.utils.test import get_crawler

from crawler.exits import NOT_WRITABLE, RunError
from crawler.extensions import plain_log
from crawler.extensions.plain_log import PlainLog, QuietLog

EVIL = "a\x1b[2Jb\x07c\nexit 0: all well\r\x9b31md\u202ee\u2028f\x00g"


def is_plain(text: str) -> bool:
    return text.isprintable()


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


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log, as the extension has taken it over."""
    root, stream = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    before, level, root.handlers = root.handlers, root.level, [handler]
    try:
        PlainLog(get_crawler()).spider_opened()
        yield stream
    finally:
        root.handlers = before
        root.setLevel(level)


def test_arguments_by_name_and_numbers_stay_what_they_are(log: io.StringIO) -> None:
    logging.getLogger("x").warning("%(name)s %(number)03d %(part).1f", {"name": "a\nb\x07", "number": 7, "part": 0.25})
    assert log.getvalue() == "WARNING: a\\nb\\x07 007 0.2\n"


def test_tables_and_tracebacks_keep_their_lines_and_nothing_in_them_acts(log: io.StringIO) -> None:
    logging.getLogger("scrapy.crawler").warning("settings:\n%(told)s", {"told": "{'A': 1,\n\t'B': '\x1b'}"})
    assert log.getvalue() == "WARNING: settings:\n{'A': 1,\n\t'B': '\\x1b'}\n"
    logging.getLogger("x").warning("failed", exc_info=ValueError("a\x1b[2Jb"))
    assert log.getvalue().endswith("ValueError: a\\x1b[2Jb\n")


def test_it_goes_round_a_formatter_once(log: io.StringIO) -> None:
    (handler,) = (one for one in logging.getLogger().handlers if getattr(one, "stream", None) is log)
    before = handler.formatter
    PlainLog(get_crawler()).spider_opened()
    assert handler.formatter is before


def test_what_no_handler_takes_is_not_made() -> None:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    try:
        root.handlers = [logging.StreamHandler(io.StringIO())]
        root.handlers[0].setLevel(logging.ERROR)
        root.setLevel(logging.DEBUG)
        PlainLog(get_crawler()).spider_opened()
        assert root.level == logging.ERROR
    finally:
        root.handlers = before
        root.setLevel(level)


def record(name: str, error: Exception) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return logging.LogRecord(name, logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())


@pytest.fixture(autouse=True)
def _clean() -> None:
    QuietLog()
    yield
    for name in plain_log._LOGGERS:
        logging.getLogger(name).removeFilter(plain_log._short)


@pytest.mark.parametrize("name", ["scrapy.core.scraper", "scrapy.core.engine", "scrapy.utils.signal"])
def test_what_ends_the_run_is_said_by_the_run(name: str) -> None:
    logger = logging.getLogger(name)
    assert not logger.filter(record(name, RunError("disk full", NOT_WRITABLE)))
    other = record(name, ValueError("x"))
    assert logger.filter(other)
    assert other.exc_info


def test_robots() -> None:
    name = "scrapy.downloadermiddlewares.robotstxt"
    short = record(name, ValueError("x"))
    assert logging.getLogger(name).filter(short)
    assert (short.exc_info, short.exc_text, short.getMessage()) == (None, None, "failed")
