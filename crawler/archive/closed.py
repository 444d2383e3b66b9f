"""Names containers that cannot be opened: those that no reader knows, and those whose beginning is damaged."""

from collections.abc import Iterator

from crawler.archive import detect
from crawler.archive.compression import codecs
from crawler.archive.entry import Entry
from crawler.archive.mail import mail_reader
from crawler.archive.model import ReadResult, Skipped

_NO_READER = {
    "application/x-rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/x-webarchive": "webarchive",
    "application/vnd.ms-cab-compressed": "cab",
    "application/vnd.ms-htmlhelp": "chm",
}
"""Media types that the first bytes tell, and the suffix of each."""
_NO_READER_NAMES = frozenset({*_NO_READER.values(), "iso", "emlx", "msg", "lz", "lz4"})
_COMPRESSED = frozenset(ending for compression in codecs.COMPRESSIONS for ending in compression.suffixes)
_NO_PAGES = ("image/", "font/", "audio/", "video/", "text/css", "text/javascript", "application/pdf")


def matches(head: bytes, path: str) -> bool:
    """Tell whether there may be pages in a file that no reader took, by its first bytes, else by its name."""
    ending = detect.suffix(path)
    if kind := detect.by_magic(head):
        return kind in _NO_READER
    if ending in _COMPRESSED:
        inside = detect.asset_type(b"", path.rpartition(".")[0]) or ""
        return detect.is_binary(head) and not inside.startswith(_NO_PAGES)
    return ending in _NO_READER_NAMES | mail_reader.SUFFIXES and not detect.begins_as_html(head)


def read(entry: Entry) -> Iterator[ReadResult]:
    """Say why it is not opened."""
    ending = detect.suffix(entry.path)
    kind = detect.by_magic(entry.head) or (f".{ending}" if ending in _NO_READER_NAMES else "")
    reason = f"a container that cannot be opened ({kind}): unpack it first"
    yield Skipped(entry.source, reason if kind else f"damaged: it does not begin as a .{ending} does", failed=True)
