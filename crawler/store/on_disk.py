"""What lies in the posts' folder from earlier runs, compared with what the ledger knows of it."""

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from crawler import post_format, sites
from crawler.assemble.versions import copies
from crawler.items import OnDisk, Post
from crawler.store.ledger import Ledger
from crawler.store.outcomes import File, Record


class Listing(NamedTuple):
    """The posts' folder beside the ledger, each by the articles' codes."""

    missing: dict[str, str]
    """Files that the ledger calls written, and of which none is there, or nothing is in them."""
    unknown: dict[str, str]
    """Files that the ledger does not know."""
    edited: dict[str, str]
    """Files that hold something else than was written."""
    stamps: dict[str, str]
    """Of those that hold what was written, but do not look so: size and time."""


def compare(folder: Path, files: Collection[File]) -> Listing:
    """One listing of the folder against the ledger's files; read are those whose size or time is another than it was.

    Raises OSError.
    """
    there = _listed(folder)
    found = (post_format.FILE_NAME.fullmatch(name) for name in sorted(there.keys() - {one.file for one in files}))
    unknown = {one["code"]: one[0] for one in found if one and (one["day"] or sites.CODE.fullmatch(one["code"]))}
    gone = (one for one in files if one.wanted and one.file not in there and one.code not in unknown)
    other = [one for one in files if one.sha256 and there.get(one.file, one.stamp) != one.stamp]
    edited = {one.code: one.file for one in other if _differs(folder / one.file, one.sha256)}
    stamps = {one.code: there[one.file] for one in other if one.code not in edited}
    return Listing({one.code: one.file for one in gone}, unknown, edited, stamps)


def _listed(folder: Path) -> dict[str, str]:
    """The stamps of the files in the folder that hold something, by name. Raises OSError."""
    if not folder.is_dir():
        return {}
    with os.scandir(folder) as entries:
        return {entry.name: stamp for entry in entries if (stamp := stamp_of(entry))}


def stamp_of(file: Path | os.DirEntry[str]) -> str:
    """Size and time of a file, in one text; "" for an empty one, and for what is none: a folder, a link to nothing."""
    try:
        told = file.stat()
    except OSError:
        return ""
    return f"{told.st_size} {told.st_mtime_ns}" if stat.S_ISREG(told.st_mode) and told.st_size else ""


def _differs(path: Path, checksum: str | None) -> bool:
    """Whether the file holds other bytes than those of the checksum, as one that nobody may read does."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() != checksum
    except PermissionError:
        return True


class EarlierRuns:
    """What earlier runs left in the posts' folder, and the ledger knows or not. Raises OSError, LedgerError."""

    def __init__(self, folder: Path, ledger: Ledger, *, keep_edited: bool = True) -> None:
        self._folder, self._ledger, self._keep_edited = folder, ledger, keep_edited
        self._unknown: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        """The files that were written and are gone, by code."""
        self.edited: frozenset[str] = frozenset()
        """The files that somebody edited, and that are kept."""

    def compare(self) -> set[str]:
        """Compare folder and ledger, once at the beginning of a run; the articles whose files are there again.

        An article whose file is gone, or edited and not to be kept, is pending again, unless it waits for its next try.
        """
        files = self._ledger.files()
        self.missing, self._unknown, edited, stamps = compare(self._folder, files)
        self.edited = frozenset(edited.values() if self._keep_edited else ())
        due = self.missing if self._keep_edited else self.missing | edited
        again = {one.code for one in files if one.lost} - due.keys()
        self._ledger.ask_again([one.code for one in files if one.code in due and one.wanted and not one.waits])
        self._ledger.stamped(stamps)
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
    """The posts in the files; those that are none, or cannot be read, are passed over."""
    for file in files:
        try:
            yield post_format.parse(file.read_bytes(), file.name), file
        except (post_format.FormatError, OSError):
            continue


def _look(folder: Path, record: Record) -> OnDisk | None:
    path = folder / record.file
    if not stamp_of(path):
        return None
    try:
        data = path.read_bytes()
    except PermissionError:  # somebody's, and left as it is
        return OnDisk(record.code, record.file, b"", "edited")
    if record.sha256 is None:
        return OnDisk(record.code, record.file, data, "unknown")
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return OnDisk(record.code, record.file, data, "edited")
    post = post_format.parse(data, record.file)
    return OnDisk(record.code, record.file, data, "written", copies(post, record.sources))
