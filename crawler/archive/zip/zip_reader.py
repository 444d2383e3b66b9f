"""Reads zip archives and WACZ, member by member; large ones in sections: some members each, by their numbers."""

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from typing import BinaryIO, Self

from crawler.archive import companions
from crawler.archive.budget import Budget
from crawler.archive.entry import Cut, Entry, Reader
from crawler.archive.http import http_cache
from crawler.archive.model import MIB, Exhausted, ReadResult, Skipped, printable
from crawler.items import Page

_MEMBER, _END, _END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22
_UTF8 = 0x800
"""The flag of names in UTF-8."""
_CURE = "unzip joined archives one by one, repair others with `zip -FF`"
_NO_YEAR = 1980
"""The first year that a zip can tell, and the one of members without a time."""
_REACH = 1 << 16
"""How far from the end of the file zipfile looks for the end of an archive."""
_CHUNK = 1 << 16


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every member that the directory names; a directory that is lost, or not of all members, is told."""
    file, empty = entry.random_access(), True
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        yield Skipped(entry.source, f"truncated or damaged zip: {printable(str(error))}: {_CURE}", failed=True)
        return
    with archive:
        directory = Directory.of(archive, entry.budget.limits.members)
        for result in directory.read(entry):
            empty = False
            yield result
        if not tells_all(file, archive):
            yield Skipped(entry.source, f"damaged: not all members are in its directory: {_CURE}", failed=True)
        elif empty:
            yield Skipped(entry.source, "empty archive")


def tells_all(file: BinaryIO, archive: zipfile.ZipFile) -> bool:
    """Tell whether the directory is that of all members: of joined archives only the last has one."""
    members = archive.infolist()
    start = min((info.header_offset for info in members), default=archive.start_dir)
    file.seek(0)
    if start > 0 and file.read(4) in (_MEMBER, _END):
        return False
    file.seek(max(0, file.seek(0, io.SEEK_END) - _REACH - _END_SIZE))
    tail = file.read()
    end = tail.rfind(_END)
    count, comment = tail[end + 10 : end + 12], tail[end + _END_SIZE - 2 : end + _END_SIZE]
    behind = end + _END_SIZE + int.from_bytes(comment, "little")
    counted = int.from_bytes(count, "little") in {len(members), 0xFFFF}  # more are not told
    return counted and not tail.startswith(_MEMBER, behind)


@dataclass(frozen=True, slots=True)
class Directory:
    """An archive with all that the names of its members tell of each other."""

    archive: zipfile.ZipFile
    members: list[zipfile.ZipInfo]
    named: dict[str, zipfile.ZipInfo]
    owner: Callable[[str], str | None]
    """The page that a member belongs to, by their names."""
    cached: dict[str, set[str]]
    web_archive: bool

    @classmethod
    def of(cls, archive: zipfile.ZipFile, most: int) -> Self:
        """Read the names; raises Exhausted for more than so many members."""
        members = [info for info in archive.infolist() if not info.is_dir() or info.file_size]
        if len(members) > most:
            raise Exhausted(f"more than {most} members")
        names = [_name(info) for info in members]
        named = dict(zip(names, members, strict=True))
        web_archive = "datapackage.json" in named and any(name.startswith("archive/") for name in names)
        return cls(archive, members, named, companions.companions(names), _cached(names), web_archive)

    def read(self, entry: Entry, start: int = 0, end: int | None = None) -> Iterator[ReadResult]:
        """Read the members with these numbers."""

        @cache
        def told(page: str) -> str:
            return companions.article_of(_member(entry, self.archive, self.named[page], page, entry.read))

        for info in self.members[start:end]:
            yield from self._read(entry, info, told)

    def _read(self, entry: Entry, info: zipfile.ZipInfo, told: Callable[[str], str]) -> Iterator[ReadResult]:
        name = _name(info)
        source, folder = f"{entry.source}!{name}", name.rpartition("/")[0] + "/"
        if folder in self.cached:
            if name.endswith("/response_body"):
                opened = partial(_opened, entry, self.archive, self.named, folder)
                yield from http_cache.read(self.cached[folder], opened, entry.budget, f"{entry.source}!{folder}")
        elif owner := self.owner(name):
            if companions.may_be_page(name):
                yield from _member(entry, self.archive, info, name, partial(companions.read, owner=owner, told=told))
            else:
                yield companions.skipped(source, owner)
        elif self.web_archive and not name.startswith("archive/"):
            yield Skipped(source, "asset: index of a WACZ")
        elif name.startswith(("http://", "https://")):
            originals = _member(entry, self.archive, info, name, entry.read)
            yield from (replace(one, fetched=_fetched(info)) if isinstance(one, Page) else one for one in originals)
        else:
            yield from _member(entry, self.archive, info, name, entry.read)


def _fetched(info: zipfile.ZipInfo) -> datetime | None:
    """When HTTrack fetched a page that it keeps as it came, by its machine's clock: rewritten copies do not tell."""
    try:
        return datetime(*info.date_time, tzinfo=UTC) if info.date_time[0] > _NO_YEAR else None
    except ValueError:
        return None


def _cached(names: list[str]) -> dict[str, set[str]]:
    """The folders that are replies of Scrapy's HTTP cache, and what is in each."""
    held: dict[str, set[str]] = {}
    for name in names:
        if name.endswith("/response_body"):
            held[name.removesuffix("response_body")] = set()
    for name in names if held else ():
        folder, _, last = name.rpartition("/")
        if f"{folder}/" in held:
            held[f"{folder}/"].add(last)
    return {folder: inside for folder, inside in held.items() if http_cache.is_entry(inside)}


def _opened(
    entry: Entry, archive: zipfile.ZipFile, named: dict[str, zipfile.ZipInfo], folder: str, name: str
) -> BinaryIO:
    return entry.inside(name, archive.open(named[folder + name])).stream


def _member(
    entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, read: Reader
) -> Iterator[ReadResult]:
    source = f"{entry.source}!{name}"
    if stat.S_ISLNK(info.external_attr >> 16):
        yield Skipped(source, "not a file: a link")
        return
    if info.flag_bits & 1:
        yield Skipped(source, "encrypted", failed=True)
        return
    try:
        stream = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        yield Skipped(source, f"damaged: {printable(str(error))[:160]}", failed=True)
        return
    with stream:
        member = entry.inside(name.replace("\\", "/"), stream, name)
        member.check = partial(_check, archive, info, entry.budget)
        yield from read(member)


def _check(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> None:
    """Read a member to its end; raises BadZipFile for a wrong checksum."""
    with archive.open(info) as stream:
        while (piece := stream.read(_CHUNK)) and budget.check(len(piece)):
            pass


def _name(info: zipfile.ZipInfo) -> str:
    """Spell a member's name: names without the UTF-8 flag are in the system's encoding, here mostly GBK."""
    if info.flag_bits & _UTF8:
        return printable(info.filename)
    try:
        return printable(info.filename.encode("cp437").decode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return printable(info.filename)


_LARGEST = 8 * MIB
"""Bytes of a member from which on the archive is not cut: in a larger one (the WARC of a WACZ) may be most pages."""


def _ends(file: BinaryIO, size: int) -> Iterator[int]:
    """Give the numbers behind the last member of each section."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir() or info.file_size]
            sizes = [info.compress_size for info in members]
            is_whole = tells_all(file, archive) and not any(info.file_size > _LARGEST for info in members)
    except (zipfile.BadZipFile, EOFError, NotImplementedError):  # whoever reads it tells
        return
    if not is_whole or sum(sizes) < 2 * size:
        return
    held = 0
    for number, one in enumerate(sizes, 1):
        held += one
        if held >= size or number == len(sizes):
            yield number
            held = 0


def _read(entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    """Read members; the directory is kept for the next sections that this process reads."""
    seen = os.fstat(entry.stream.fileno())
    which = seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns
    directory = _directory(os.getpid(), which, entry.stream.name, entry.budget.limits.members)
    yield from directory.read(entry, start, end)


@lru_cache(maxsize=1)
def _directory(_process: int, _which: tuple[int, ...], path: str, most: int) -> Directory:
    """Open an archive, in each process by itself: forked ones have one place in a file that is open."""
    return Directory.of(zipfile.ZipFile(path), most)


CUT = Cut(_ends, _read)
