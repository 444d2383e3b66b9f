"""Saved pages in and out: folders, zip, tar, WARC, MHTML, HAR and more, read as a stream and never unpacked to disk."""

import os
from collections.abc import Iterator
from pathlib import Path

from crawler.archive.folder import Place, walk
from crawler.archive.found import Found, Limits, Unread
from crawler.archive.warc_writer import WarcWriter

__all__ = ["Found", "Limits", "Place", "Unread", "WarcWriter", "places"]


def places(path: Path, skip: Path | None = None) -> Iterator[Place | Unread]:
    """Walk a file or a folder: every file comes by once, unopened, or as an Unread that says why it is not opened.

    The order is that of the names, so that it is the same on every machine. What a place holds comes out of its
    ``open``, a Page or an Unread for every file and every member of a container: nothing that is wrong with one ends
    anything; it is reported with its reason, after what could be read before it. The folder ``skip``, when it lies
    below ``path``, is reported as one and not looked into.
    """
    yield from walk(path, skip and Path(os.path.realpath(skip)))
