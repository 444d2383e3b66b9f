"""Keeps what replies say from acting on a terminal, or from making lines of its own, by way of the log."""

import copy
import logging

from crawler import terminal
from crawler.crawl_part import CrawlPart
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
