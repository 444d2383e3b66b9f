"""What ends a run is not logged a second time, and a failing robots.txt takes one line."""

import logging
import sys

import pytest

from crawler.exits import NOT_WRITABLE, RunError
from crawler.extensions import quiet_log
from crawler.extensions.quiet_log import QuietLog


def record(name: str, error: Exception) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return logging.LogRecord(name, logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())


@pytest.fixture(autouse=True)
def _clean() -> None:
    QuietLog()
    yield
    for name in quiet_log._LOGGERS:
        logging.getLogger(name).removeFilter(quiet_log._short)


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
