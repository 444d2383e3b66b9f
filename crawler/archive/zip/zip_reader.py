"""Reads zip archives and WACZ, member by member."""

import stat
import zipfile
from collections.abc import Iterator
from functools import cache, partial
from typing import BinaryIO, cast

from crawler.archive import companions
from crawler.archive.budget import Budget
from crawler.archive.compression.decoders import DAMAGE
from crawler.archive.entry import Entry, Reader
from crawler.archive.http import http_cache
from crawler.archive.model import Exhausted, ReadResult, Skipped, printable
from crawler.archive.saved_url import article_in
from crawler.archive.zip import local_header
from crawler.archive.zip.zip_parts import before, counted, follows
from crawler.archive.zip.zip_rescue import Rescue
from crawler.items import Page

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
SUFFIXES = ("zip", "wacz")
_MOST_JOINED = 1000
"""Archives in one file: an empty one takes 22 bytes, and nobody joins so many."""
_CHUNK = 1 << 16


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every member, of all archives that were joined; of a damaged one what its local headers still tell."""
    file = entry.random_access()
    part: BinaryIO | None = file
    empty, joined = True, 0
    while part is not None:
        joined += 1
        if joined > _MOST_JOINED:
            raise Exhausted(f"more than {_MOST_JOINED} archives joined")
        try:
            archive = zipfile.ZipFile(part)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            yield from Rescue(entry, part, {}).members()
            yield Skipped(entry.source, f"truncated or damaged zip: {printable(str(error))}", failed=True)
            return
        with archive:
            wrong = _wrong(archive, part, entry.budget)
            for found in _members(entry, archive, wrong):
                empty = False
                yield found
            if wrong or not counted(part, archive):
                yield from _rescued(entry, archive, part, wrong)
                return
            part = before(file, archive)
    if follows(file):
        yield Skipped(entry.source, "truncated: another zip begins behind the end of this one", failed=True)
    elif empty:
        yield Skipped(entry.source, "empty archive")


def _wrong(archive: zipfile.ZipFile, file: BinaryIO, budget: Budget) -> set[int]:
    """Find where members should begin of which the directory says what is not so."""
    wrong = set()
    for info in archive.infolist():
        if not local_header.agrees(file, info):
            try:
                _check(archive, info, budget)
            except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, *DAMAGE):
                wrong.add(info.header_offset)
    return wrong


def _rescued(entry: Entry, archive: zipfile.ZipFile, file: BinaryIO, wrong: set[int]) -> Iterator[ReadResult]:
    """Read the other members by their own headers, and tell of those that have none."""
    headers = {info.header_offset: (info, local_header.read(file, info.header_offset)) for info in archive.infolist()}
    known = {
        at: header.start + info.compress_size for at, (info, header) in headers.items() if header and at not in wrong
    }
    rescue = Rescue(entry, file, known)
    yield from rescue.members()
    for at in sorted(wrong):
        name = _name(headers[at][0])
        if name not in rescue.told:
            yield Skipped(f"{entry.source}!{name}", "damaged: its header is not where it should be", failed=True)
    yield Skipped(entry.source, "damaged: its directory does not fit its members", failed=True)


def _members(entry: Entry, archive: zipfile.ZipFile, wrong: set[int]) -> Iterator[ReadResult]:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > entry.budget.limits.members:
        raise Exhausted(f"more than {entry.budget.limits.members} members")
    names = [_name(info) for info in members]
    owned = companions.companions(names)
    told = cache(lambda page: _told(entry, archive, members[names.index(page)], page))
    web_archive = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
    cached = _cached(names)
    for info, name in zip(members, names, strict=True):
        if info.header_offset in wrong:
            continue
        source, folder = f"{entry.source}!{name}", name.rpartition("/")[0] + "/"
        if folder in cached:
            if name.endswith("/response_body"):
                place = f"{entry.source}!{folder}"
                yield from http_cache.read(zipfile.Path(archive, folder), entry.budget.limits, place)
        elif owner := owned(name):
            if companions.may_be_page(name):
                yield from _member(entry, archive, info, name, partial(companions.read, owner=owner, told=told))
            else:
                yield companions.skipped(source, owner)
        elif web_archive and not name.startswith("archive/"):
            yield Skipped(source, "asset: index of a WACZ")
        else:
            yield from _member(entry, archive, info, name, entry.read)


def _cached(names: list[str]) -> set[str]:
    """The folders that are replies of Scrapy's HTTP cache."""
    held: dict[str, set[str]] = {}
    for name in names:
        if name.endswith("/response_body"):
            held[name.removesuffix("response_body")] = set()
    for name in names if held else ():
        folder, _, last = name.rpartition("/")
        if f"{folder}/" in held:
            held[f"{folder}/"].add(last)
    return {folder for folder, inside in held.items() if http_cache.is_entry(inside)}


def _told(entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> str:
    """Give the code of the article that the page called ``name`` tells."""
    found = _member(entry, archive, info, name, entry.read)
    return next((article_in(page) for page in found if isinstance(page, Page)), "")


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
        member = entry.member(name, name.replace("\\", "/"), cast("BinaryIO", stream))
        member.check = partial(_check, archive, info, entry.budget)
        yield from read(member)


def _check(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> None:
    """Read a member to its end; raises BadZipFile for a wrong checksum."""
    with archive.open(info) as stream:
        while (piece := stream.read(_CHUNK)) and budget.check(len(piece)):
            pass


def _name(info: zipfile.ZipInfo) -> str:
    """Spell a member's name: names without the UTF-8 flag are in the system's encoding, here mostly GBK."""
    if info.flag_bits & local_header.UTF8:
        return printable(info.filename)
    try:
        return printable(info.filename.encode("cp437").decode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return printable(info.filename)
