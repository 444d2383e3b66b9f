"""Reads tables of what crawlers made of articles: each row is the record that it would be in JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.json import page_records
from crawler.archive.model import ReadResult, Skipped
from crawler.pages.encoding import decode
from crawler.pages.promise import names_ours
from crawler.pages.record_fields import ADDRESSES, ARTICLE_NUMBER
from crawler.patterns import compiled

_NAMES = frozenset((*ADDRESSES, "newsid", "news_id", "art_code", "infocode", "info_code"))
"""Columns of addresses, and of articles' numbers."""
_NUMBER = compiled(rf'(?:^|[,;\t"]){ARTICLE_NUMBER}(?=[,;\t"\r\n]|\Z)', re.ASCII | re.MULTILINE)
_BROKEN = "no table: damaged or cut off"
_DELIMITERS = ",;\t"


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins with the names of columns, one of which holds addresses or numbers of articles."""
    return not detect.is_binary(head) and not detect.begins_as_page(head) and bool(_columns(decode(head)))


def _columns(text: str) -> list[str]:
    """Give the names in the first line; [] where they are no table's."""
    first = text.lstrip("\ufeff").partition("\n")[0].strip()
    names = [name.strip('"\ufeff ').lower() for name in first[:4000].split(_delimiter(first))]
    return names if len(names) > 1 and not _NAMES.isdisjoint(names) else []


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the rows of a table that names articles of ours."""
    text = decode(entry.everything()).lstrip("\ufeff")
    if not names_ours(text) and not _NUMBER.search(text):
        yield Skipped(entry.source, "asset: text/csv")
        return
    csv.field_size_limit(entry.budget.limits.member_bytes)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), strict=True)
    try:
        for source, row in entry.numbered(rows):
            if any(
                map(str.strip, row.pop(None, ()))
            ):  # cells of a text that nobody quoted: where it ends cannot be told
                yield Skipped(source, _BROKEN, failed=True)
                continue
            spelled = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
            yield page_records.page(row, spelled, source)
    except csv.Error:
        yield Skipped(entry.source, _BROKEN, failed=True)
