"""Where posts lie: all in one folder, or a folder a month; each is found at either place, whatever is set.

So a file keeps its place when it is written anew, and only ``arrange`` brings posts to where the setting has them.
"""

import filecmp
import os
import re
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from crawler.patterns import compiled
from crawler.store.atomic import is_temp, make_folder, sync_folder
from crawler.store.looking import contents, is_folder

ONE: Final = "one"
MONTH: Final = "month"
FOLDERS: Final = (ONE, MONTH)
"""What FINEWS_POST_FOLDERS may say: ``_posts/NAME`` or ``_posts/YYYY/MM/NAME``."""
POSTS: Final = "_posts"
OLD: Final = "old_post"
"""Beside the posts' folder: those that no site is built of any more. In all else they are posts like the others."""
_DAY = compiled(r"(\d{4})-(\d\d)-\d\d", re.ASCII)
_YEAR_NAME, _MONTH_NAME = compiled(r"\d{4}", re.ASCII), compiled(r"\d\d", re.ASCII)


def roots(posts: Path) -> list[Path]:
    """The posts' folder, and that of the old ones where there is one. Raises OSError."""
    return [posts, *([old] if is_folder(old := posts.with_name(OLD)) else [])]


def posts_of(output: Path) -> Path:
    """The posts' folder of an output folder; raises ValueError where there is none, OSError."""
    if not is_folder(output / POSTS):
        raise ValueError(f"there are no posts in {output}: FINEWS_OUTPUT_DIR names the folder of a crawl")
    return output / POSTS


def _places(root: Path | str, file: str) -> list[str]:
    """Where a post of this name may lie: the one folder, and that of the month, where its name tells a day."""
    day = _DAY.match(file)
    return [f"{root}/{file}", *([f"{root}/{day[1]}/{day[2]}/{file}"] if day else [])]


@lru_cache(16)  # every post is looked for several times, and to spell folders takes longer than to ask the disk
def _spelled(posts: Path) -> tuple[str, str]:
    """The posts' folder, and that of the old ones."""
    return str(posts), str(posts.with_name(OLD))


def place(posts: Path, file: str, by: str = ONE) -> Path:
    """Where the post of this name is, in whichever folder; where it is to be (``by``) if it is nowhere.

    Of several the first that holds something: of one folder before the month's, the old ones last.
    """
    folder, old = _spelled(posts)
    places = _places(folder, file)
    there = None
    for path in (*places, *_places(old, file)):
        try:
            told = os.lstat(path)
        except (OSError, ValueError):
            continue
        if stamp_of(path) if stat.S_ISLNK(told.st_mode) else stamp(told):
            return Path(path)
        there = there or path
    return Path(there or places[-1 if by == MONTH else 0])


def listed(posts: Path, *, old: bool = True) -> dict[str, str]:
    """The paths of the files of posts by name, each where ``place`` finds it; ``old``: those of the old ones, too.

    What editors and file systems keep of theirs under hidden names is none. Raises OSError.
    """
    found: dict[str, str] = {}
    for root in roots(posts) if old else [posts]:
        for folder, files in files_in(root, []):
            for name in (file.name for file in files):
                if name not in found or not stamp_of(found[name]):
                    found[name] = f"{folder}{os.sep}{name}"
    return found


def read(posts: Path, file: str) -> tuple[Path, bytes]:
    """The post of this name, and where it is, though it be moved meanwhile. Raises OSError."""
    with suppress(FileNotFoundError):
        return (path := place(posts, file)), contents(path)
    return (path := place(posts, file)), contents(path)


def files_in(root: Path, left: list[Path], *, again: bool = True) -> Iterator[tuple[Path, Iterator[os.DirEntry[str]]]]:
    """The folders of posts below a folder of them, each with its files; ``left``: gets temp files, and nameless ones.

    ``again``: the one folder comes twice where there are others: one may be moved meanwhile. Whoever asks goes through
    all files of a folder before the next, and asks a file what it is asked while it is the last one. Raises OSError.
    """
    if not is_folder(root):
        return
    others, months = list[Path](), list[Path]()
    yield root, _posts_in(root, others)
    for year in sorted(path for path in others if _YEAR_NAME.fullmatch(path.name) and is_folder(path)):
        deque(_posts_in(year, of_year := list[Path]()), 0)
        months += sorted(path for path in of_year if _MONTH_NAME.fullmatch(path.name) and is_folder(path))
    for month in months:
        of_month = f"{month.parent.name}-{month.name}-"
        files = _posts_in(month, others)
        yield month, (file for file in files if file.name.startswith(of_month) and _DAY.match(file.name))
    left += (path for path in others if (is_temp(path.name) or not is_text(path.name)) and not path.is_dir())
    if months and again:
        yield root, _posts_in(root, [])


def _posts_in(folder: Path, others: list[Path]) -> Iterator[os.DirEntry[str]]:
    """The files in the folder that are named as posts are; ``others``: gets what else there is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(handle) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".md") and name[0] != "." and is_text(name) and not _is_special(entry):
                    yield entry
                else:
                    others.append(folder / name)
    finally:
        os.close(handle)


def is_text(name: str) -> bool:
    """Whether a file's name is UTF-8, as that of every post is; no database takes any other."""
    try:
        return name.isascii() or bool(name.encode())
    except UnicodeEncodeError:
        return False


def _is_special(entry: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, say: who reads one waits for ever. No link, folder or file asks the disk once more."""
    return not (entry.is_file(follow_symlinks=False) or entry.is_symlink() or entry.is_dir(follow_symlinks=False))


def strays(posts: Path) -> list[Path]:
    """Posts in folders where no run looks for them: a site shows them, and the ledger misses them. Raises OSError."""
    return sorted(
        path
        for root in roots(posts)
        for path in root.rglob("*.md")
        if not path.name.startswith(".") and str(path) not in _places(root, path.name)
    )


def home(file: Path) -> Path:
    """The folder of the posts, or of the old ones, in which a post lies, be it in that of its month."""
    folder = file.absolute().parent
    above = folder.parents[1] if len(folder.parents) > 1 else folder
    return above if above.name in {POSTS, OLD} and str(file.absolute()) in _places(above, file.name) else folder


def away(posts: Path, by: str) -> dict[Path, Path]:
    """The files of posts that are not where the setting has them, each with that place. Raises OSError."""
    files = (
        (root, folder / file.name)
        for root in roots(posts)
        for folder, there in files_in(root, [])
        for file in there
        if (folder / file.name).is_file()
    )
    places = ((file, Path(_places(root, file.name)[-1 if by == MONTH else 0])) for root, file in files)
    return {file: to for file, to in places if file != to}


def arrange(posts: Path, by: str) -> tuple[int, list[tuple[Path, Path]]]:
    """Move posts to where the setting has them; how many, and (file, the other) where another of its name is there.

    Nobody else may write posts meanwhile. Raises OSError.
    """
    found = away(posts, by)
    differing = [
        (file, to) for file, to in found.items() if os.path.lexists(to) and not filecmp.cmp(file, to, shallow=False)
    ]
    moves = sorted(found.items() - {*differing})
    move(moves)
    return len(moves), sorted(differing)


def move(moves: Sequence[tuple[Path, Path]]) -> None:
    """Give files their new places, durably; what lay there is gone. At every moment each is at one of the two.

    Nobody else may write posts meanwhile: the months' folders that are left empty go. Raises OSError.
    """
    for file, to in moves:
        make_folder(to.parent)
        file.replace(to)
        file.unlink(missing_ok=True)  # both were names of one file
    left = {file.parent for file, _ in moves}
    for folder in (*{to.parent for _, to in moves}, *left):
        sync_folder(folder)
    for folder in left:
        if folder.name not in {POSTS, OLD}:
            with suppress(OSError):  # not empty
                folder.rmdir()
                folder.parent.rmdir()


def stamp_by_name(posts: Path, file: str) -> str:
    """That of the post of this name, wherever it is."""
    return stamp_of(f"{posts}/{file}") or stamp_of(place(posts, file))


def stamp_of(file: Path | str) -> str:
    """Size and time of a file, in one text; "" for an empty one, and for what is none: a folder, a link to nothing."""
    try:
        return stamp(Path(file).stat())
    except OSError:
        return ""


def stamp(told: os.stat_result) -> str:
    """That of the file of which this is told."""
    return f"{told.st_size} {told.st_mtime_ns}" if told.st_size and stat.S_ISREG(told.st_mode) else ""
