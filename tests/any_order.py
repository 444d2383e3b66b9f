"""What users do to an output folder, in any order, and what must hold at the end: nothing lost, edits kept."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from forked_scrapy import Done
from run_scrapy import Crawl, scrapy
from world import World

SEED = "2022-01-14-NW202201142248170578.md"


@dataclass
class Folder:
    """An output folder, what a crawl of the same site wrote elsewhere, and the edits that somebody made."""

    world: World
    crawl: Crawl
    output: Path
    perfect: Path
    edits: dict[str, bytes] = field(default_factory=dict)

    @property
    def posts(self) -> Path:
        return self.output / "_posts"

    def crawled(self) -> Done:
        return self.crawl(self.world, output=self.output)

    def take(self, step: str) -> None:
        STEPS[step](self)
        self.edits = {name: data for name, data in self.edits.items() if _data(self.posts / name) == data}


def _data(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _reprocess(folder: Folder, source: Path) -> None:
    if source.exists():
        scrapy("reprocess", str(source), "--workers", "1", output=folder.output)


def _edit(folder: Folder) -> None:
    """One edit that reads as a post of ours, and one that does not."""
    for name, data in list(_posts(folder.posts).items())[:3:2]:
        edited = data.replace(b"</p>", "（读者注）</p>".encode(), 1) if name != SEED else data + " 读者附注".encode()
        (folder.posts / name).write_bytes(edited)
        folder.edits[name] = edited


def _posts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.md"), reverse=True)}


def _delete_posts(folder: Folder) -> None:
    for name in list(_posts(folder.posts))[::2]:
        (folder.posts / name).unlink()


def _restore(folder: Folder) -> None:
    """Every third post as it was, and no other."""
    shutil.rmtree(folder.posts, ignore_errors=True)
    folder.posts.mkdir(parents=True)
    for name, data in list(_posts(folder.perfect / "_posts").items())[::3]:
        (folder.posts / name).write_bytes(data)


def _rebuild(folder: Folder) -> None:
    if folder.posts.is_dir():
        assert scrapy("verify", "--rebuild", output=folder.output).code in {0, 9}


STEPS: dict[str, Callable[[Folder], object]] = {
    "crawl": Folder.crawled,
    "reprocess-pages": lambda folder: _reprocess(folder, folder.perfect / "archive"),
    "reprocess-posts": lambda folder: _reprocess(folder, folder.posts),
    "rebuild": _rebuild,
    "ledger-deleted": lambda folder: shutil.rmtree(folder.output / "state", ignore_errors=True),
    "posts-deleted": _delete_posts,
    "backup-restored": _restore,
    "edit": _edit,
}


def check(folder: Folder, steps: Sequence[str]) -> None:
    """Take the steps; then a crawl has every article and every edit, and another one changes nothing."""
    for step in steps:
        folder.take(step)
    perfect = _posts(folder.perfect / "_posts")
    done = folder.crawled()
    assert done.code == 0, done.out + done.err
    assert sorted(done.posts()) == sorted(perfect)
    assert [name for name, data in done.posts().items() if data != {**perfect, **folder.edits}[name]] == []
    before = {path: path.stat().st_mtime_ns for path in folder.posts.iterdir()}
    again = folder.crawled()
    assert (again.code, "written 0," in again.out) == (0, True), again.out + again.err
    assert {path: path.stat().st_mtime_ns for path in folder.posts.iterdir()} == before


def perfect(world: World, crawl: Crawl, folder: Path) -> Path:
    """What an undisturbed crawl of the world writes, with the pages that it saw; made once."""
    output = folder / "perfect"
    if not (output / "_posts").exists():
        assert crawl(world, "-s", "FINEWS_ARCHIVE=1", output=output).code == 0
    return output
