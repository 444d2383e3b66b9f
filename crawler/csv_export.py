"""CSV for people who open it in a spreadsheet: no cell is taken for a formula."""

from typing import Any

from scrapy.exporters import CsvItemExporter

_BEGINS_FORMULA = frozenset("=+-@＝＋－＠|%")
"""What spreadsheets take for the beginning of a formula, in full width, too, and of the calls that older ones know."""


def inert(value: str) -> str:
    """The text of a cell; behind an apostrophe where a spreadsheet would calculate it, blanks before it or not.

    So is one that begins with a tab, which some of them pass over.
    """
    shown = value.lstrip("\ufeff\0 \t\r\n\u3000\xa0")[:1]
    return f"'{value}" if shown in _BEGINS_FORMULA or value.startswith("\t") else value


class InertCsvExporter(CsvItemExporter):
    """Scrapy's exporter of CSV, each text made inert."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """A field's value as it is written."""
        serialized = super().serialize_field(field, name, value)
        return inert(serialized) if isinstance(serialized, str) else serialized
