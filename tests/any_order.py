"""What users do to an output folder, in any order, and what must hold at the end: nothing lost, edits kept."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from run_scrapy import Done
from world import World

Scrapy = Callable[..., Done]
CRAWL = ("crawl", "finews", "-a", "start=http://finews.withounder.com/")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^']*|(?<=, )1[78]\d{8}(?=, )")
"""Times of runs, and when pages were fetched, in seconds."""
SEED = "2022-01-14-NW202201142248170578.md"


@dataclass
class Folder:
    """An output folder, what a crawl of the same site wrote elsewhere, and the edits that somebody made."""

    world: World
    scrapy: Scrapy
    output: Path
    perfect: Path
    edits: dict[str, bytes] = field(default_factory=dict)

    @property
    def posts(self) -> Path:
        return self.output / "_posts"

    def crawled(self) -> Done:
        return self.scrapy(*CRAWL, output=self.output, env=self.world.env())

    def copy(self, output: Path) -> "Folder":
        """The same folder elsewhere."""
        if self.output.exists():
            shutil.copytree(self.output, output)
        return replace(self, output=output, edits=dict(self.edits))

    def state(self) -> str:
        """What a later run meets, but for clocks: equal folders have equal states."""
        told = [repr(sorted(_posts(self.posts).items())), repr(sorted(self.edits.items()))]
        told += [path.name for path in sorted((self.output / "quarantine").glob("*.json"))]
        if (file := self.output / "state/ledger.sqlite").exists():
            with closing(sqlite3.connect(file)) as ledger:
                lines = sorted(line for line in ledger.iterdump() if line.startswith("INSERT"))
            told += [_CLOCK.sub("", line) for line in lines]
        return sha256("\n".join(told).encode()).hexdigest()

    def take(self, step: str) -> None:
        STEPS[step](self)
        self.edits = {name: data for name, data in self.edits.items() if _data(self.posts / name) == data}


def _data(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _reprocess(folder: Folder, source: Path) -> None:
    if source.exists():
        folder.scrapy("reprocess", str(source), "--workers", "1", output=folder.output)


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
        assert folder.scrapy("verify", "--rebuild", output=folder.output).code in {0, 9}


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


def check(folder: Folder) -> None:
    """Whatever was done: a crawl has every article and every edit, and another one changes nothing."""
    perfect = _posts(folder.perfect / "_posts")
    done = folder.crawled()
    assert done.code == 0, done.out + done.err
    assert sorted(done.posts()) == sorted(perfect)
    assert [name for name, data in done.posts().items() if data != {**perfect, **folder.edits}[name]] == []
    before = {path: path.stat().st_mtime_ns for path in folder.posts.iterdir()}
    again = folder.crawled()
    assert (again.code, "written 0," in again.out) == (0, True), again.out + again.err
    assert {path: path.stat().st_mtime_ns for path in folder.posts.iterdir()} == before


def begin(world: World, scrapy: Scrapy, output: Path, folder: Path) -> Folder:
    """An empty folder; in ``folder`` is what an undisturbed crawl writes, with the pages that it saw, made once."""
    perfect = folder / "perfect"
    if not (perfect / "_posts").exists():
        assert scrapy(*CRAWL, "-s", "FINEWS_ARCHIVE=1", output=perfect, env=world.env()).code == 0
    return Folder(world, scrapy, output, perfect)
