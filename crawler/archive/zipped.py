"""Reads zip archives and WACZ, member by member."""

import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from crawler.archive import http_cache
from crawler.archive.companions import companions
from crawler.archive.entry import Entry
from crawler.archive.found import Exhausted, Found, Unread, shown
from crawler.archive.streams import Budget
from crawler.archive.zip_parts import before, follows
from crawler.archive.zip_rescue import rescue

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
SUFFIXES = ("zip", "wacz")
_MOST_JOINED = 1000
"""Archives in one file: an empty one takes 22 bytes, and nobody joins so many."""
_UTF8_FLAG = 0x800
_CHUNK = 1 << 16


def read(entry: Entry) -> Iterator[Found]:
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
        except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
            part.seek(0)
            yield from rescue(entry, part)
            yield Unread(entry.source, f"truncated or damaged zip: {shown(str(error))}", failed=True)
            return
        with archive:
            for found in _members(entry, archive):
                empty = False
                yield found
            part = before(file, archive)
    if follows(file):
        yield Unread(entry.source, "truncated: another zip begins behind the end of this one", failed=True)
    elif empty:
        yield Unread(entry.source, "empty archive")


def _members(entry: Entry, archive: zipfile.ZipFile) -> Iterator[Found]:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > entry.budget.limits.members:
        raise Exhausted(f"more than {entry.budget.limits.members} members")
    names = [_name(info) for info in members]
    owned = companions(names)
    web_archive = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
    cached = _cached(names)
    for info, name in zip(members, names, strict=True):
        source, folder = f"{entry.source}!{name}", name.rpartition("/")[0] + "/"
        if folder in cached:
            if name.endswith("/response_body"):
                place = f"{entry.source}!{folder}"
                yield from http_cache.read(zipfile.Path(archive, folder), entry.budget.limits, place)
        elif owner := owned(name):
            yield Unread(source, f"asset: of {owner}")
        elif web_archive and not name.startswith("archive/"):
            yield Unread(source, "asset: index of a WACZ")
        else:
            yield from _member(entry, archive, info, name)


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


def _member(entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Found]:
    source = f"{entry.source}!{name}"
    if stat.S_ISLNK(info.external_attr >> 16):
        yield Unread(source, "not a file: a link")
        return
    if info.flag_bits & 1:
        yield Unread(source, "encrypted", failed=True)
        return
    try:
        stream = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        yield Unread(source, f"damaged: {shown(str(error))[:160]}", failed=True)
        return
    with stream:
        member = entry.member(name, name.replace("\\", "/"), cast("BinaryIO", stream))
        member.check = partial(_check, archive, info, entry.budget)
        yield from entry.read(member)


def _check(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> None:
    """Read a member to its end, no further than who reads it may come; raises BadZipFile for a wrong checksum."""
    left = budget.left()
    with archive.open(info) as stream:
        while left >= 0 and (piece := stream.read(_CHUNK)):
            left -= len(piece)


def _name(info: zipfile.ZipInfo) -> str:
    """Spell a member's name: names without the UTF-8 flag are in the system's encoding, here mostly GBK."""
    if info.flag_bits & _UTF8_FLAG:
        return shown(info.filename)
    try:
        return shown(info.filename.encode("cp437").decode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return shown(info.filename)
