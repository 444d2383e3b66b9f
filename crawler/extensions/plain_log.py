"""The log: what replies say acts on no terminal and makes no lines; what ends a run is said once, for cron's mail."""

import copy
import logging

from crawler import terminal
from crawler.crawl_part import CrawlPart
from crawler.exits import RunError
from crawler.printable import printable

_OWN_LINES = ("scrapy.crawler", "scrapy.middleware", "scrapy.statscollectors")
"""These print tables of their own over several lines."""


class PlainLog(CrawlPart):
    """Goes round the formatters that Scrapy gave the log, or makes JSON of it."""

    LISTENS_TO = ("spider_opened",)  # before, Scrapy makes the log's handler anew

    def spider_opened(self) -> None:
        """Take the log over; what none of its handlers takes is not made: Scrapy tells of each page."""
        root = logging.getLogger()
        root.setLevel(max(root.level, min((handler.level for handler in root.handlers), default=0)))
        for handler in root.handlers:
            if terminal.tells_in_json():
                handler.setFormatter(terminal.JsonFormatter())
            elif not isinstance(handler.formatter, _Plain):
                handler.setFormatter(_Plain(handler.formatter or logging.Formatter()))


class _Plain(logging.Formatter):
    """Another formatter's lines, without control characters; what is put into a message stays on its line."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self._formatter = formatter

    def format(self, record: logging.LogRecord) -> str:
        if record.args and not record.name.startswith(_OWN_LINES):
            record = copy.copy(record)
            if isinstance(record.args, dict):
                record.args = {name: _plain(value) for name, value in record.args.items()}
            elif isinstance(record.args, tuple):
                record.args = tuple(map(_plain, record.args))
        text = self._formatter.format(record)
        return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))


def _plain(value: object) -> object:
    return value if isinstance(value, int | float) else printable(str(value))


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
