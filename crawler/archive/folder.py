"""Walks folders, in the order of their names, and opens every file in them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from crawler import hosts
from crawler.archive import http_cache
from crawler.archive.companions import companions
from crawler.archive.entry import Entry
from crawler.archive.found import Found, Limits, Unread, shown
from crawler.archive.kinds import read as read_any
from crawler.archive.reasons import reason_of
from crawler.archive.streams import Budget

_MIRRORED = (hosts.SITE_HOST, *hosts.SHARE_HOSTS, ".eastmoney.com")


def walk(top: Path, limits: Limits, skip: Path | None = None) -> Iterator[Found]:
    """Open a file, or all files below a folder; sources are spelled with ``top`` before them, as it was given.

    ``skip`` is the real path of a folder that is not looked into.
    """
    if not top.is_dir():
        yield from _file(top, _relative(top.parent, top.parent, top.name), limits)
        return
    root = Path(os.path.realpath(top))
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda e: os.fsencode(e.name))
        except OSError as error:
            yield Unread(shown(str(folder)), reason_of(error), failed=True)
            continue
        if http_cache.is_entry({entry.name for entry in entries}):
            yield from http_cache.read(folder, limits, shown(f"{folder}/"))
            continue
        folders = []
        owned = companions(_relative(folder, top, entry.name) for entry in entries)
        for entry in entries:
            path = folder / entry.name
            if entry.is_symlink():
                yield Unread(shown(str(path)), _link_reason(path, root))
            elif not entry.is_dir(follow_symlinks=False):
                yield from _file(path, _relative(folder, top, entry.name), limits)
            elif owner := owned(_relative(folder, top, entry.name) + "/x"):
                yield from _companions(path, owner)
            elif skip and Path(os.path.realpath(path)) == skip:
                yield Unread(shown(str(path)), "the output folder: not read")
            else:
                folders.append(path)
        pending += reversed(folders)


def _relative(folder: Path, top: Path, name: str) -> str:
    """Give the path below ``top``, from the last known host's folder on when ``top`` lies in a mirror of it."""
    above = top.absolute().parts
    host = max(
        (i for i, part in enumerate(above) if part in hosts.SHARE_HOSTS or part.endswith(_MIRRORED)), default=None
    )
    return "/".join((*above[len(above) - 1 if host is None else host :], *folder.relative_to(top).parts, name))


def _link_reason(path: Path, root: Path) -> str:
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(root):
        return "symlink out of the tree: not followed"
    return "symlink: its target is read in its own place" if target.exists() else "symlink to nothing"


def _companions(folder: Path, owner: str) -> Iterator[Found]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            yield Unread(shown(str(Path(parent, name))), f"asset: of {shown(owner)}")


def _file(path: Path, relative: str, limits: Limits) -> Iterator[Found]:
    source = shown(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Unread(source, "not a file: a pipe, socket or device")
            return
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        yield Unread(source, reason_of(error), failed=True)
        return
    with stream:
        budget = Budget(limits, status.st_size)
        yield from read_any(Entry(source, shown(relative), stream, budget, read_any, seekable=True))
