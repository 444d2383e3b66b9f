"""Posts on disk: one Markdown file each, and the stub of the list page of each category."""

import errno
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeAlias

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
    write_atomic,
    writer,
)
from crawler.store.ledger import Ledger
from crawler.store.looking import is_file, is_folder, is_there
from crawler.store.on_disk import look
from crawler.store.outcomes import Record
from crawler.store.places import ONE, POSTS, place, stamp_of
from crawler.store.revisions import Revisions

Known: TypeAlias = Callable[[Sequence[str]], Mapping[str, Record]]
"""The files of articles, by their codes."""


class PostStore:
    """The ``_posts`` and ``category`` folders below an output folder."""

    def __init__(self, output: Path, *, keep_edited: bool = True, by: str = ONE) -> None:
        """``by``: where the files of new posts are put (places)."""
        self.keep_edited, self.by = keep_edited, by
        self.posts = output / POSTS
        self.categories = output / "category"
        self._parts = output / "state" / "parts"
        self._numbers = count()
        self.revisions = Revisions(output, self.posts, self._parts)
        self._with_stub: set[str] = set()

    def close(self, alive: Collection[str] = ()) -> None:
        """Let go of what was prepared and not committed, by any process but those writers."""
        for parts in self._parts.glob("*"):
            if parts.name not in alive:
                with _somebody_may_write():
                    shutil.rmtree(parts)
        if not alive and self._parts.is_dir():
            with _somebody_may_write():
                self._parts.rmdir()

    def writers(self) -> set[str]:
        """Those that prepared something that waits to be committed."""
        return {path.name for path in self._parts.glob("*")}

    def look(self, records: Iterable[Record]) -> list[OnDisk]:
        """The posts of these records as they lie on disk; edited ones only if they are kept. Raises OSError."""
        found = look(self.posts, records)
        return found if self.keep_edited else [one for one in found if one.status in {"written", "unreadable"}]

    def place(self, file: str) -> Path:
        """Where the post of this name is, or is to be."""
        return place(self.posts, file, self.by)

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
        file = self.place(done.file)
        for path in (file, *([self._stub(post)] if post.kind == "media" else [])):
            make_folder(path.parent)
            if is_folder(path) and path == file:  # which raises what else stands against a name
                raise IsADirectoryError(errno.EISDIR, "a folder stands in its place")
        name = f"{writer()}/{next(self._numbers)}{TEMP_SUFFIX}"
        make_folder((self._parts / name).parent)
        if prepare(file, done.data, self._parts / name):
            done.prepared = name
        else:
            done.outcome = "unchanged"
        before = post.on_disk and replace(post.on_disk, data=b"", articles=())
        bare = replace(post, body="", digest=None, on_disk=before, klines=(), links=(), listed=(), unused=())
        done.data, done.post = b"", bare

    def commit(self, done: Collection[Assembled]) -> None:
        """Put what was prepared, by any process, in the posts' places, durably. Raises OSError."""
        places = [(one, self.place(one.file)) for one in done]
        commit([(self._parts / one.prepared, path) for one, path in places if one.prepared])
        for one, path in places:
            one.prepared, one.stamp = "", stamp_of(path)

    def _stub(self, post: Post) -> Path:
        return self.categories / f"{post.category}.html"

    def remove_moved(self, done: Sequence[Assembled], ledger: Ledger, made: Mapping[str, str], known: Known) -> int:
        """Remove the files that articles had before their day was known better, or their code; how many.

        ``made``: codes of this run, which stay; ``known``: tells what files there were. Raises OSError, LedgerError.
        """
        files = {one.code: one.file for one in done}
        codes = {code for one in done if one.post for code in one.post.replaces} - files.keys() - made.keys()
        before = known([*files, *codes]).values()
        here = {*files.values()}  # a ledger may have a file under both spellings of a code
        moved = [one for one in before if one.file not in here]
        self.revisions.replace([one for one in moved if one.code in codes], ledger)
        self._unlink(moved)
        if codes:
            ledger.replaced(codes)
        return len(moved)

    def remove(self, gone: Sequence[Record], ledger: Ledger) -> None:
        """Put the posts of these records aside. Raises OSError, LedgerError."""
        self.revisions.replace(gone, ledger)
        self._unlink(gone)

    def _unlink(self, gone: Iterable[Record]) -> None:
        for one in gone:
            self.place(one.file).unlink(missing_ok=True)

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
        if not is_there(path) or (is_file(path) and stub_fault(path.read_text("utf-8", "replace"))):
            title, category = post_format.scalar(post.tag), post_format.scalar(post.category)
            write_atomic(path, f"---\nlayout: category\ntitle: {title}\ncategory: {category}\n---".encode())


@contextmanager
def _somebody_may_write() -> Iterator[None]:
    """A worker of a cluster outlives its run, if that was killed: what it adds meanwhile is left to the next."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            raise
