"""Containers that nothing here opens: how those are known that no name tells, and the way out of each."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.model import ReadResult, Skipped


def read(entry: Entry, name: str, way_out: str) -> Iterator[ReadResult]:
    """Name a container that nothing here reads, with the way out."""
    yield Skipped(entry.source, f"not opened ({name}): {way_out}", failed=True)


def is_dbm(head: bytes, path: str) -> bool:
    """Tell whether a file is a database of the dbm family: Scrapy's cache has its replies in them, pickled.

    gdbm and Berkeley DB have magic numbers of either byte order, the latter behind 12 bytes; dbm.dumb is known by name.
    """
    name = path.rpartition("/")[2]
    berkeley = head[12:16] in {b"\x61\x15\x06\0", b"\0\x06\x15\x61", b"\x62\x31\x05\0", b"\0\x05\x31\x62"}
    gdbm = head[:4] in {bytes((n, 0x9A, 0x57, 0x13)) for n in (0xCD, 0xCE, 0xCF)} or head[:3] == b"\x13\x57\x9a"
    dumb = name.endswith((".dir", ".dat", ".bak")) and (head[:1] == b"'" or head[:2] == b"\x80\x04")
    return berkeley or gdbm or dumb


def is_database(head: bytes, path: str) -> bool:
    """Tell whether a file is an SQLite database, as requests-cache keeps one, and not the ledger beside posts."""
    return head.startswith(SQLITE) and not path.endswith("state/ledger.sqlite")


def is_self_extracting(head: bytes, path: str) -> bool:
    """Tell whether a page is a zip in itself, as SingleFileZ saves it: its text is packed."""
    return detect.begins_as_html(head) and (b"SingleFileZ" in head or b"<html data-sfz" in head)


def is_flow(head: bytes, path: str) -> bool:
    """Tell whether a file is what mitmproxy recorded: a netstring of a dictionary, whose first key is a word."""
    return re.match(rb"\d{2,9}:\d{1,2}:[a-z_]{2,20}[;,]\d{1,9}:", head) is not None


def is_old_excel(head: bytes, path: str) -> bool:
    """Tell whether a file is what Excel wrote before it wrote zips; what only has the name is HTML or a list."""
    return head.startswith(OLE) and not path.lower().endswith((".msg", ".doc", ".ppt"))


FLOW = b"20:7:version;2:21#}"
SQLITE = b"SQLite format 3\0"
SELF_EXTRACTING = b"<html data-sfz><body>"
UNPACK_HTML = "open it in a browser and save the page anew, or unpack it as a zip"
EXPORT = "have the program that made it save the pages as files, WARC or HAR"
SAVE_TABLE = "save its tables as JSON Lines or CSV"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Table(NamedTuple):
    """Files in which programs keep tables, articles among them."""

    name: str
    magic: bytes
    """How they begin, b"" where their name alone, or ``content``, tells."""
    suffixes: tuple[str, ...]
    content: Callable[[bytes, str], bool] | None = None
    example: bytes = b"\1"


TABLES = (
    Table("parquet", b"PAR1", ("parquet",)),
    Table("feather", b"ARROW1", ("feather", "arrow")),
    Table("hdf5", b"\x89HDF\r\n\x1a\n", ("h5", "hdf5")),
    Table("excel", b"", (), is_old_excel, OLE),
    Table("pickle", b"", ("pkl", "pickle")),
)
