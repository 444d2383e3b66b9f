"""Posts on disk: one Markdown file each, and the stub of the list page of each category."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from crawler import post_format
from crawler.items import Post
from crawler.store.atomic import remove_leftovers, write_all, write_atomic

Written = Literal["written", "unchanged"]


class PostStore:
    """The ``_posts`` and ``category`` folders below an output folder."""

    def __init__(self, output: Path) -> None:
        self.posts = output / "_posts"
        self.categories = output / "category"
        self._with_stub: set[str] = set()

    def open(self) -> None:
        """Clear away what a killed run left behind."""
        remove_leftovers(self.posts)
        remove_leftovers(self.categories)

    def path(self, post: Post) -> Path:
        """Where the post is, or will be."""
        return self.posts / post_format.file_name(post)

    def write(self, post: Post, data: bytes) -> Written:
        """Make the post's file hold ``data``, the rendered post; ``unchanged`` when it did. Raises OSError."""
        return self.write_all([(post, data)])[0]

    def write_all(self, posts: Sequence[tuple[Post, bytes]]) -> list[Written]:
        """Do that for many, which costs less than one by one; all of them are durably in place when it returns."""
        outcomes: list[Written] = []
        files: dict[Path, bytes] = {}
        for post, data in posts:
            path = self.path(post)
            if path in files:  # each is told what became of it: the last one stays, as if they had come apart
                outcomes += _written(files)
                files = {}
            files[path] = data
        return outcomes + _written(files)

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


def _written(files: dict[Path, bytes]) -> list[Written]:
    return ["written" if new else "unchanged" for new in write_all(files)]
