"""Saved pages in and out: folders, zip, tar, WARC, MHTML, HAR and more, read as a stream and never unpacked to disk."""

import os
from collections.abc import Iterator
from pathlib import Path

from crawler.archive.folder import walk
from crawler.archive.found import Found, Limits, Unread
from crawler.archive.warc_writer import WarcWriter

__all__ = ["Found", "Limits", "Unread", "WarcWriter", "open_path"]


def open_path(path: Path, limits: Limits = Limits(), skip: Path | None = None) -> Iterator[Found]:  # noqa: B008 - it is frozen
    """Open a file or a folder: every file and every member of a container comes out once, as a Page or as an Unread.

    The order is that of the names, so that it is the same on every machine. Nothing that is wrong with a file ends the
    walk: it is reported with its reason, after what could be read before it. The folder ``skip``, when it lies below
    ``path``, is reported as one and not looked into.
    """
    yield from walk(path, limits, skip and Path(os.path.realpath(skip)))
