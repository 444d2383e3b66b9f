"""Walks folders, in the order of their names; what it comes by is opened by whoever reads it."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crawler import sites
from crawler.archive import companions
from crawler.archive.budget import Budget
from crawler.archive.entry import Entry, Reader
from crawler.archive.formats import read as read_any
from crawler.archive.http import http_cache
from crawler.archive.model import Limits, ReadResult, Skipped, printable, reason_of

_MIRRORED = (*sites.SITE_HOSTS, *sites.SHARE_HOSTS, sites.EAST_MONEY)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file, or the folder of one reply of an HTTP cache, that nobody has opened yet: cheap to hand to a process."""

    path: str
    name: str
    """The path that tells its address, with slashes; "" for the folder of an HTTP cache."""
    size: int = 0
    """Bytes on disk."""
    times: tuple[int, int] = (0, 0)
    """When its bytes were changed, and when anything of it was, in nanoseconds."""
    owner: str = ""
    """The path of the page that it is a companion of, if it is one."""

    def open(self, limits: Limits) -> Iterator[ReadResult]:
        """Give every page in it, and a reason for everything else."""
        if self.owner:
            owner = _file(Path(self.owner), printable(Path(self.owner).name), limits)
            read = partial(companions.read, owner=self.owner, told=lambda _: companions.article_of(owner))
            return _file(Path(self.path), self.name, limits, read)
        if self.name:
            return _file(Path(self.path), self.name, limits)
        return _reply(Path(self.path), limits)


def input_files(top: Path, skip: Path | None = None) -> Iterator[InputFile | Skipped]:
    """Give a file, or all files below a folder, unopened, or a Skipped that says why one is not opened.

    The order is that of the names, so that it is the same on every machine; sources are spelled with ``top`` before
    them, as it was given. What a file holds comes out of its ``open``: a Page or a Skipped for it, and for every member
    of a container; nothing that is wrong with one ends anything. The folder ``skip``, when it lies below ``top``, is
    reported as one and not looked into.
    """
    skip = skip and Path(os.path.realpath(skip))
    if not os.path.isdir(top):  # noqa: PTH112 - whoever opens what cannot be looked at tells why
        yield _input_file(str(top), _names_below(top.parent, top.parent) + printable(top.name), _look(os.stat, top))
        return
    root = Path(os.path.realpath(top))
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.listdir(os.fsencode(folder)))  # noqa: PTH208 - names alone: there may be very many
        except OSError as error:
            yield Skipped(printable(str(folder)), reason_of(error), failed=True)
            continue
        if http_cache.is_entry({*filter(http_cache.is_part, map(os.fsdecode, entries))}):
            yield InputFile(str(folder), "")
            continue
        folders = []
        place, name = str(folder / "x")[:-1], _names_below(folder, top)
        owned = companions.companions(name + os.fsdecode(entry) for entry in entries)
        for entry in map(os.fsdecode, entries):
            path = place + entry
            seen = _look(os.lstat, path)
            if seen and stat.S_ISLNK(seen.st_mode):
                yield Skipped(printable(path), _link_reason(Path(path), root))
            elif not (seen and stat.S_ISDIR(seen.st_mode)):
                page = owned(name + entry)
                yield _input_file(path, printable(name + entry), seen, place + page.removeprefix(name) if page else "")
            elif owner := owned(f"{name}{entry}/x"):
                yield from _companions(Path(path), f"{name}{entry}", place + owner.removeprefix(name))
            elif skip and Path(os.path.realpath(path)) == skip:
                yield Skipped(printable(path), "the output folder: not read")
            else:
                folders.append(Path(path))
        pending += reversed(folders)


def _look(how: Callable[[str | Path], os.stat_result], path: str | Path) -> os.stat_result | None:
    try:
        return how(path)
    except (OSError, ValueError):  # whoever opens it tells why
        return None


def _input_file(path: str, name: str, seen: os.stat_result | None, owner: str = "") -> InputFile:
    if not seen:
        return InputFile(path, name, owner=owner)
    return InputFile(path, name, seen.st_size, (seen.st_mtime_ns, seen.st_ctime_ns), owner)


def _names_below(folder: Path, top: Path) -> str:
    """Give the path of a folder below ``top``, from the last known host's folder on when that lies above ``top``."""
    above = top.absolute().parts
    host = max(
        (i for i, part in enumerate(above) if part in sites.SHARE_HOSTS or part.endswith(_MIRRORED)), default=None
    )
    parts = (*above[len(above) - 1 if host is None else host :], *folder.relative_to(top).parts)
    return "".join(f"{part}/" for part in parts)


def _link_reason(path: Path, root: Path) -> str:
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(root):
        return "symlink out of the tree: not followed"
    is_there = os.path.exists(target)  # noqa: PTH110 - also of a name that is too long
    return "symlink: its target is read in its own place" if is_there else "symlink to nothing"


def _companions(folder: Path, name: str, owner: str) -> Iterator[InputFile | Skipped]:
    """Come by the files of a companion folder; ``name`` is its path that tells addresses."""
    unread: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unread.append):
        folders.sort()
        for file in sorted(files):
            path = Path(parent, file)
            if companions.may_be_page(file) and not path.is_symlink():
                below = printable(f"{name}/{path.relative_to(folder).as_posix()}")
                yield _input_file(str(path), below, _look(os.stat, path), owner)
            else:
                yield companions.skipped(printable(str(path)), owner)
    for error in unread:
        yield Skipped(printable(str(error.filename)), reason_of(error), failed=True)


def _reply(folder: Path, limits: Limits) -> Iterator[ReadResult]:
    place = printable(f"{folder}/")
    try:
        names = os.listdir(folder)  # noqa: PTH208
    except OSError as error:
        yield Skipped(f"{place}response_body", reason_of(error), failed=True)
        return
    yield from http_cache.read(
        names, lambda name: (folder / name).open("rb"), Budget(limits, limits.member_bytes), place
    )


def _file(path: Path, name: str, limits: Limits, read: Reader = read_any) -> Iterator[ReadResult]:
    source = printable(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Skipped(source, "not a file: a pipe, socket or device")
            return
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        yield Skipped(source, reason_of(error), failed=True)
        return
    with stream:
        budget = Budget(limits, status.st_size)
        yield from read(Entry(source, name, stream, budget, read_any, seekable=True))
