"""Keeps cron's mail short: what ends a run is said once, and a failing robots.txt takes one line."""

import logging

from crawler.exits import RunError

_LOGGERS = (
    "scrapy.core.scraper",
    "scrapy.core.engine",
    "scrapy.utils.signal",
    "scrapy.downloadermiddlewares.robotstxt",
)


class QuietLog:
    """A log filter, on only while the crawl runs."""

    def __init__(self) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(_short)


def _short(record: logging.LogRecord) -> bool:
    """Drop what repeats the error that ends the run anyway; of a failing robots.txt, keep the message alone."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if isinstance(error, RunError):
        return False
    if record.name.endswith("robotstxt"):
        record.exc_info, record.exc_text = None, None
    return True
