"""Keeps what replies say from acting on a terminal, or from making lines of its own, by way of the log."""

import copy
import logging

from crawler.printable import printable

_OWN_LINES = ("scrapy.crawler", "scrapy.middleware", "scrapy.statscollectors")
"""These print tables of their own over several lines."""


class PlainLog:
    """Goes round the formatters that Scrapy gave the log."""

    def __init__(self) -> None:
        for handler in logging.getLogger().handlers:
            if not isinstance(handler.formatter, _Plain):
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
