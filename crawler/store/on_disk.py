"""What lies in the posts' folder from earlier runs, compared with what the ledger knows of it."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from crawler import post_format
from crawler.assemble.versions import copies
from crawler.items import OnDisk
from crawler.store.outcomes import Record


class Listing(NamedTuple):
    """The posts' folder beside the ledger: what only one of them knows."""

    missing: list[str]
    """Codes of articles that the ledger calls written, and of which no file is there."""
    unknown: dict[str, str]
    """Files that the ledger does not know, by code."""


def compare(folder: Path, written: Mapping[str, str]) -> Listing:
    """One listing of the folder against the ledger's files, by code. Raises OSError."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    known = set(written.values())
    found = (post_format.FILE_NAME.fullmatch(name) for name in sorted(names - known))
    unknown = {match["code"]: match[0] for match in found if match}
    return Listing(sorted(c for c, file in written.items() if file not in names and c not in unknown), unknown)


def look(folder: Path, records: Iterable[Record]) -> list[OnDisk]:
    """Read the files of these records, where they are there. Raises OSError."""
    return [found for record in records if (found := _look(folder, record))]


def is_edited(data: bytes, record: Record) -> bool:
    """Whether the file holds other bytes than what was written last."""
    return record.sha256 is not None and hashlib.sha256(data).hexdigest() != record.sha256


def _look(folder: Path, record: Record) -> OnDisk | None:
    try:
        data = (folder / record.file).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None
    if record.sha256 is None:
        return OnDisk(record.code, record.file, data, "unknown")
    if is_edited(data, record):
        return OnDisk(record.code, record.file, data, "edited")
    post = post_format.parse(data, record.file)
    return OnDisk(record.code, record.file, data, "written", copies(post, record.sources))
