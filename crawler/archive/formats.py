"""The formats of saved files, a row each: how it is known, its reader, and what it cannot do."""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import TypeAlias

import brotli

from crawler import sites
from crawler.archive import closed, csv_reader, detect, examples, page_file
from crawler.archive.compression import codecs, decoders
from crawler.archive.compression.verified import Coding
from crawler.archive.entry import Cut, Entry, Reader, reporting_errors
from crawler.archive.http import har, reply_file
from crawler.archive.json import json_reader
from crawler.archive.mail import mail_reader
from crawler.archive.model import ReadResult, Skipped
from crawler.archive.tar import tar_reader
from crawler.archive.warc import warc_reader
from crawler.archive.zip import zip_reader

Test: TypeAlias = Callable[[bytes, str], bool]
"""Is asked with the first bytes of a file, and its path."""


def _no_page(head: bytes, path: str) -> bool:
    return detect.is_binary(head) or not detect.begins_as_page(head)  # brotli of a large page begins with a bracket


def _no_other(head: bytes, path: str) -> bool:
    return not detect.begins_as_html(head) and not detect.by_magic(head)


def _no_text(head: bytes, path: str) -> bool:
    """Tell whether a file called as a compressed one may be damaged: what a browser unpacked keeps its name."""
    inside = detect.asset_type(b"", path.rpartition(".")[0]) or ""
    return detect.is_binary(head) and not detect.by_magic(head) and not inside.startswith(detect.NO_PAGES)


@dataclass(frozen=True, slots=True)
class Format:
    """A format, known by its ``magic``, by its ``content``, or by its name when ``by_name`` believes that."""

    name: str
    read: Reader
    example: Callable[[bytes], bytes]
    """Makes a small file of it that holds the given page."""
    _: KW_ONLY
    magic: tuple[bytes, ...] = ()
    """How its files begin."""
    content: Test | None = None
    suffixes: tuple[str, ...] = ()
    by_name: Test = _no_page
    """Whether a file with such a suffix is taken for one although it does not begin so: then what is wrong is told."""
    nests: bool = False
    """Whether files are in it: they may nest up to a limit."""
    streams: bool = False
    """Whether it gives pages before it is read to its end, and goes on behind what is damaged."""
    cut: Cut | None = None
    """How large files of it are read in sections, by several."""
    cannot: str = ""
    """What is told instead of read."""

    def matches(self, head: bytes, path: str) -> bool:
        """Tell whether a file is one, by its first bytes and its path."""
        if self.magic and head.startswith(self.magic):
            return True
        if self.content and self.content(head, path):
            return True
        return detect.suffix(path) in self.suffixes and self.by_name(head, path)


def _compression(  # noqa: PLR0913 - a row has this many columns
    name: str,
    magic: bytes,
    suffixes: tuple[str, ...],
    coding: Coding,
    compress: Callable[[bytes], bytes],
    cannot: str = "",
    cut: Cut | None = None,
) -> Format:
    return Format(
        name,
        partial(codecs.read, coding=coding, magic=magic, suffixes=suffixes),
        compress,
        magic=(magic,) if magic else (),
        suffixes=suffixes,
        by_name=_no_text if magic else _no_page,
        nests=True,
        cut=cut,
        cannot=cannot,
    )


def _closed(  # noqa: PLR0913 - a row has this many columns
    name: str,
    magic: bytes = b"",
    suffixes: tuple[str, ...] | None = None,
    content: Test | None = None,
    example: bytes = b"\1",
    way_out: str = "unpack it first",
) -> Format:
    """Make the row of a format that nothing here reads; where nothing else is said, its name is its suffix."""
    return Format(
        name,
        partial(closed.read, name=name, way_out=way_out),
        lambda _: magic or example,
        magic=(magic,) if magic else (),
        content=content,
        suffixes=(name,) if suffixes is None else suffixes,
        by_name=_no_other,
        cannot=f"anything: {way_out}",
    )


_as_lzma = partial(lzma.compress, format=lzma.FORMAT_ALONE)
FORMATS = (
    _compression(
        "gzip",
        b"\x1f\x8b\x08",
        ("gz", "gzip", "tgz"),
        codecs.GZIP,
        gzip.compress,
        cut=warc_reader.compressed(codecs.GZIP),
    ),
    _compression("zstd", b"\x28\xb5\x2f\xfd", ("zst", "zstd", "tzst"), codecs.ZSTD, decoders.zstd, "own dictionaries"),
    _compression("bzip2", b"BZh", ("bz2", "tbz", "tbz2"), codecs.BZIP2, bz2.compress),
    _compression("xz", b"\xfd7zXZ\0", ("xz", "txz"), codecs.XZ, lzma.compress),
    _compression("lzma", b"\x5d\0\0", ("lzma", "tlz"), codecs.LZMA, _as_lzma, "seeing damage: it has no checksum"),
    _compression("brotli", b"", ("br",), codecs.BROTLI, brotli.compress, "seeing damage; files of another name"),
    _closed("saz", way_out=closed.EXPORT),
    Format(
        "zip",
        zip_reader.read,
        examples.zip_file,
        magic=(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
        suffixes=("zip", "wacz"),
        nests=True,
        cut=zip_reader.CUT,
        cannot="passwords; parts of a split archive; a lost directory",
    ),
    Format(
        "tar",
        tar_reader.read,
        examples.tar_file,
        content=tar_reader.matches,
        suffixes=("tar",),
        nests=True,
        streams=True,
        cut=tar_reader.CUT,
        cannot="a reply of Scrapy's HTTP cache: unpack the tar first",
    ),
    Format(
        "warc",
        warc_reader.read,
        lambda page: examples.WARC + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(page), page),
        content=warc_reader.matches,
        suffixes=("warc", "arc"),
        nests=True,
        streams=True,
        cut=warc_reader.PLAIN,
        cannot="revisits: the payload is in another record; segments",
    ),
    Format(
        "mail",
        mail_reader.read,
        lambda page: examples.MAIL % page,
        content=mail_reader.matches,
        suffixes=("mht", "mhtml", "eml", "mbox"),
        by_name=_no_other,
        nests=True,
    ),
    Format("har", har.read, examples.har_file, content=har.matches, suffixes=("har",), by_name=_no_other, nests=True),
    _closed("rar", b"Rar!\x1a\x07"),
    _closed("7z", b"7z\xbc\xaf\x27\x1c"),
    _closed("webarchive", b"bplist00", way_out="save the page as HTML, or textutil -convert html"),
    _closed(
        "sqlite",
        suffixes=("sqlite", "sqlite3"),
        content=closed.is_database,
        example=closed.SQLITE,
        way_out=closed.EXPORT,
    ),
    _closed("dbm", b"\xcf\x9a\x57\x13", ("dbm", "pag"), closed.is_dbm, way_out=closed.EXPORT),
    _closed(
        "singlefilez",
        suffixes=(),
        content=closed.is_self_extracting,
        example=closed.SELF_EXTRACTING,
        way_out=closed.UNPACK_HTML,
    ),
    _closed("mitmproxy", suffixes=("mitm",), content=closed.is_flow, example=closed.FLOW, way_out=closed.EXPORT),
    _closed("cab", b"MSCF\0\0\0\0"),
    _closed("chm", b"ITSF"),
    *(_closed(*table, way_out=closed.SAVE_TABLE) for table in closed.TABLES),
    *map(_closed, ("iso", "emlx", "msg", "lz", "lz4")),
    Format("reply", reply_file.read, lambda page: examples.REPLY + page, content=reply_file.matches),
    Format("csv", csv_reader.read, examples.csv_file, content=csv_reader.matches),
    Format(
        "asset",
        page_file.asset,
        lambda _: b"\x89PNG\r\n",
        content=lambda head, path: detect.asset_type(head, path) is not None,
    ),
    Format("junk", page_file.junk, lambda _: b"\1\2\3", content=lambda head, _: detect.is_binary(head)),
    Format("json", json_reader.read, lambda _: b'{"text":""}', content=json_reader.matches),
    Format("page", page_file.read, lambda page: page, content=lambda _, __: True),
)
_TEXTS = frozenset({"txt", "log", "js", "mjs"})
"""Suffixes of companions, under which replies were saved, too."""


def _format(head: bytes, path: str) -> Format:
    return next(row for row in FORMATS if row.matches(head, path))


def format_of(entry: Entry) -> Format:
    """Tell the format of an entry that was looked at."""
    return _format(entry.head, entry.path)


def _promises_page(path: str) -> bool:
    """Tell by its name whether an empty file has lost a page: companions and hidden files never held one."""
    name, ending, known = path.rpartition("/")[2], detect.suffix(path), _format(b"", path).name
    if known == "asset":
        return ending in _TEXTS and sites.CODE.search(name) is not None
    return known != "page" or ending in detect.PAGE_SUFFIXES or not name.startswith(".")


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read a file or member of any format; whatever is wrong with it is told once, after what could be read of it."""
    yield from reporting_errors(entry, _read)


def _read(entry: Entry) -> Iterator[ReadResult]:
    entry.look()
    if not entry.head:
        entry.verify(streamed=False)
        yield Skipped(entry.source, "empty file", failed=_promises_page(entry.path))
        return
    known = format_of(entry)
    if known.nests and entry.depth >= entry.budget.limits.nesting:
        yield Skipped(entry.source, f"nested deeper than {entry.budget.limits.nesting} containers", failed=True)
        return
    entry.verify(streamed=known.streams)
    yield from known.read(entry)
