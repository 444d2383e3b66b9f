"""What lies in the posts' folder from earlier runs, compared with what the ledger knows of it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from crawler import post_format
from crawler.assemble.versions import copies
from crawler.items import OnDisk, Post
from crawler.store.ledger import Ledger
from crawler.store.outcomes import File, Record


class Listing(NamedTuple):
    """The posts' folder beside the ledger: what only one of them knows."""

    missing: dict[str, str]
    """Files that the ledger calls written, and of which none is there, by code."""
    unknown: dict[str, str]
    """Files that the ledger does not know, by code."""


def compare(folder: Path, files: Collection[File]) -> Listing:
    """One listing of the folder against the ledger's files. Raises OSError."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    found = (post_format.FILE_NAME.fullmatch(name) for name in sorted(names.difference(one.file for one in files)))
    unknown = {match["code"]: match[0] for match in found if match}
    gone = (one for one in files if one.wanted and one.file not in names and one.code not in unknown)
    return Listing({one.code: one.file for one in gone}, unknown)


class EarlierRuns:
    """What earlier runs left in the posts' folder, and the ledger knows or not. Raises OSError, LedgerError."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder, self._ledger = folder, ledger
        self._unknown: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        """The files that were written and are gone, by code."""

    def compare(self) -> set[str]:
        """Compare folder and ledger, once at the beginning of a run; the articles whose files are there again.

        An article whose file is gone is pending again, unless it waits for its next try.
        """
        files = self._ledger.files()
        self.missing, self._unknown = compare(self._folder, files)
        again = {one.code for one in files if one.lost} - self.missing.keys()
        self._ledger.ask_again([one.code for one in files if one.code in self.missing and not one.waits])
        self._ledger.found_again(sorted(again))
        return again

    def records(self, codes: Sequence[str]) -> dict[str, Record]:
        """What is known of the files of those of the articles that have one."""
        known = self._ledger.records(codes)
        for code in codes:
            file = self._unknown.get(code)
            if file and not (code in known and (self._folder / known[code].file).exists()):
                known[code] = Record(code, file, None, ())
        return known

    def categories(self) -> set[str]:
        """The categories that the posts on disk point to."""
        posts = parsed(self._folder / file for file in self._unknown.values())
        return {*self._ledger.categories(), *(post.category for post, _ in posts)}


def look(folder: Path, records: Iterable[Record]) -> list[OnDisk]:
    """Read the files of these records, where they are there. Raises OSError."""
    return [found for record in records if (found := _look(folder, record))]


def parsed(files: Iterable[Path]) -> Iterator[tuple[Post, Path]]:
    """The posts in the files; those that are none are passed over. Raises OSError."""
    for file in files:
        try:
            yield post_format.parse(file.read_bytes(), file.name), file
        except (post_format.FormatError, IsADirectoryError):
            continue


def is_edited(path: Path, checksum: str | None) -> bool:
    """Whether the file is there and holds other bytes than those of the checksum, if it is known. Raises OSError."""
    if checksum is None or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() != checksum


def _look(folder: Path, record: Record) -> OnDisk | None:
    path = folder / record.file
    if not path.is_file():
        return None
    data = path.read_bytes()
    if record.sha256 is None:
        return OnDisk(record.code, record.file, data, "unknown")
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return OnDisk(record.code, record.file, data, "edited")
    post = post_format.parse(data, record.file)
    return OnDisk(record.code, record.file, data, "written", copies(post, record.sources))
