"""Posts on disk: one Markdown file each, and the stub of the list page of each category."""

import errno
import os
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from crawler import post_format
from crawler.assemble.fault import stub_fault
from crawler.assemble.outcome import Assembled
from crawler.items import OnDisk, Post
from crawler.store.atomic import (
    OF_ONE_NAME,
    TEMP_SUFFIX,
    commit,
    make_folder,
    prepare,
    remove_leftovers,
    temp_of,
    write_atomic,
)
from crawler.store.ledger import Ledger
from crawler.store.on_disk import look, stamp_of
from crawler.store.outcomes import Record


class PostStore:
    """The ``_posts`` and ``category`` folders below an output folder."""

    def __init__(self, output: Path, *, keep_edited: bool = True) -> None:
        self.keep_edited = keep_edited
        self.posts = output / "_posts"
        self.categories = output / "category"
        self._parts = output / "state" / "parts"
        self._numbers = count()
        self._with_stub: set[str] = set()

    def open(self) -> None:
        """Clear away what a killed run left behind."""
        remove_leftovers(self.posts)
        remove_leftovers(self.categories)
        self.close()

    def close(self) -> None:
        """Let go of what was prepared and not committed, by any process."""
        if self._parts.is_dir():
            shutil.rmtree(self._parts)

    def look(self, records: Iterable[Record]) -> list[OnDisk]:
        """The posts of these records as they lie on disk; edited ones only if they are kept. Raises OSError."""
        found = look(self.posts, records)
        return found if self.keep_edited else [one for one in found if one.status == "written"]

    def prepare(self, done: Assembled) -> None:
        """Write the bytes of a post to where they wait for ``commit``, unless its file holds them. Raises OSError.

        A post that the disk can give no name is rejected. Each process prepares in a folder of its own: those that make
        files in one folder wait for each other.
        """
        if not done.data or not done.post:
            return
        try:
            self._prepare(done, done.post)
        except OSError as error:
            if error.errno not in OF_ONE_NAME:
                raise
            done.outcome, done.post, done.data = "quarantined", None, b""
            done.reason = f"cannot be written under its name: {error.strerror}"

    def _prepare(self, done: Assembled, post: Post) -> None:
        for path in (self.posts / done.file, *([temp_of(self._stub(post))] if post.kind == "media" else [])):
            make_folder(path.parent)
            if path.is_dir():  # raises what else stands against the name
                raise IsADirectoryError(errno.EISDIR, "a folder stands in its place")
        name = f"{os.getpid()}/{next(self._numbers)}{TEMP_SUFFIX}"
        make_folder((self._parts / name).parent)
        if prepare(self.posts / done.file, done.data, self._parts / name):
            done.prepared = name
        else:
            done.outcome = "unchanged"
        before = post.on_disk and replace(post.on_disk, data=b"", articles=())
        done.data, done.post = b"", replace(post, body="", digest=None, on_disk=before)

    def commit(self, done: Collection[Assembled]) -> None:
        """Put what was prepared, by any process, in the posts' places, durably. Raises OSError."""
        commit([(self._parts / one.prepared, self.posts / one.file) for one in done if one.prepared])
        for one in done:
            one.stamp = stamp_of(self.posts / one.file)

    def _stub(self, post: Post) -> Path:
        return self.categories / f"{post.category}.html"

    def remove_moved(self, done: Sequence[Assembled], ledger: Ledger, made: Mapping[str, str]) -> int:
        """Remove the files that articles had before their day was known better, or their code; how many.

        ``made``: codes of this run, which stay. Raises OSError, LedgerError.
        """
        files = {one.code: one.file for one in done}
        codes = {code for one in done if one.post for code in one.post.replaces} - files.keys() - made.keys()
        before = ledger.records([*files, *codes]).values()
        moved = [one for one in before if one.file != files.get(one.code)]
        for one in moved:
            (self.posts / one.file).unlink(missing_ok=True)
        if codes:
            ledger.replaced(codes)
        return len(moved)

    def write_stub(self, done: Assembled) -> None:
        """The stub of the category's list page, as the source site has it: no newline at the end.

        The first tag seen names it; one that is there stays unless it is unsafe. One process writes stubs, since posts
        of many share one.
        """
        post = done.post
        if post is None or post.kind != "media" or post.category in self._with_stub:
            return
        self._with_stub.add(post.category)
        path = self._stub(post)
        if not path.exists() or (path.is_file() and stub_fault(path.read_text("utf-8", "replace"))):
            title, category = post_format.scalar(post.tag), post_format.scalar(post.category)
            write_atomic(path, f"---\nlayout: category\ntitle: {title}\ncategory: {category}\n---".encode())
