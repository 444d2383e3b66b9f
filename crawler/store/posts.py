"""Posts on disk: one Markdown file each, and the stub of the list page of each category."""

import os
import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Literal

from crawler import post_format
from crawler.items import Post
from crawler.store.atomic import TEMP_SUFFIX, commit, prepare, remove_leftovers, write_atomic

Written = Literal["written", "unchanged"]


class PostStore:
    """The ``_posts`` and ``category`` folders below an output folder."""

    def __init__(self, output: Path) -> None:
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

    def path(self, post: Post) -> Path:
        """Where the post is, or will be."""
        return self.posts / post_format.file_name(post)

    def write(self, post: Post, data: bytes) -> Written:
        """Make the post's file hold ``data``, the rendered post; ``unchanged`` when it did. Raises OSError."""
        return "written" if write_atomic(self.path(post), data) else "unchanged"

    def prepare(self, post: Post, data: bytes) -> str:
        """Begin to do that: what ``commit`` asks for, "" when the file holds it already. Raises OSError.

        Each process prepares in a folder of its own: those that make files in one folder wait for each other.
        """
        name = f"{os.getpid()}/{next(self._numbers)}{TEMP_SUFFIX}"
        try:
            return name if prepare(self.path(post), data, self._parts / name) else ""
        except FileNotFoundError:
            (self._parts / name).parent.mkdir(parents=True)
            return self.prepare(post, data)

    def commit(self, prepared: Iterable[tuple[str, str]]) -> None:
        """End what was prepared, by any process: (what ``prepare`` said, file name). Raises OSError."""
        commit([(self._parts / temp, self.posts / file) for temp, file in prepared])

    def remove(self, file: str) -> None:
        """Remove a post that has another name now, if it is there. Raises OSError."""
        (self.posts / file).unlink(missing_ok=True)

    def write_stub(self, post: Post) -> None:
        """The stub of the category's list page, as the source site has it: no newline at the end.

        The first tag seen names it. One process writes stubs, since posts of many share one.
        """
        if post.kind != "media" or post.category in self._with_stub:
            return
        self._with_stub.add(post.category)
        path = self.categories / f"{post.category}.html"
        if not path.exists():
            title, category = post_format.scalar(post.tag), post_format.scalar(post.category)
            write_atomic(path, f"---\nlayout: category\ntitle: {title}\ncategory: {category}\n---".encode())
