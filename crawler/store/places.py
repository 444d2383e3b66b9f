"""Where posts lie: all in one folder, or a folder a month; each is found at either place, whatever is set.

So a file keeps its place when it is written anew, and only ``arrange`` brings posts to where the setting has them.
"""

import filecmp
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from crawler.store.atomic import is_temp, make_folder, sync_folder

ONE: Final = "one"
MONTH: Final = "month"
FOLDERS: Final = (ONE, MONTH)
"""What FINEWS_POST_FOLDERS may say: ``_posts/NAME`` or ``_posts/YYYY/MM/NAME``."""
POSTS: Final = "_posts"
OLD: Final = "old_post"
"""Beside the posts' folder: those that no site is built of any more. In all else they are posts like the others."""
_DAY = re.compile(r"(\d{4})-(\d\d)-\d\d", re.ASCII)
_YEAR_NAME, _MONTH_NAME = re.compile(r"\d{4}", re.ASCII), re.compile(r"\d\d", re.ASCII)


def roots(posts: Path) -> list[Path]:
    """The posts' folder, and that of the old ones where there is one."""
    return [posts, *([old] if (old := posts.with_name(OLD)).is_dir() else [])]


def _below(file: str) -> list[str]:
    """Where a post of this name may lie: in the one folder, and in that of the month, where its name tells a day."""
    day = _DAY.match(file)
    return [file, *([f"{day[1]}{os.sep}{day[2]}{os.sep}{file}"] if day else [])]


def _places(root: Path, file: str) -> list[Path]:
    return [root / below for below in _below(file)]


def place(posts: Path, file: str, by: str = ONE) -> Path:
    """Where the post of this name is, in whichever folder; where it is to be (``by``) if it is nowhere.

    Of several the first that holds something: of one folder before the month's, the old ones last.
    """
    below = _below(file)
    old = f"{posts.parent}{os.sep}{OLD}"
    there_are = (posts, old) if os.path.isdir(old) else (posts,)  # noqa: PTH112 - asked for each article
    everywhere = [f"{root}{os.sep}{path}" for root in there_are for path in below]
    there = (path for is_there in (stamp_of, os.path.lexists) for path in everywhere if is_there(path))
    found = next(there, None)
    return Path(found) if found else posts / below[-1 if by == MONTH else 0]


def listed(posts: Path, *, old: bool = True) -> dict[str, str]:
    """The paths of the files of posts by name, each where ``place`` finds it; ``old``: those of the old ones, too.

    What editors and file systems keep of theirs under hidden names is none. Raises OSError.
    """
    found: dict[str, str] = {}
    for root in roots(posts) if old else [posts]:
        for name, path in _files(root):
            if name not in found or not stamp_of(found[name]):
                found[name] = path
    return found


def differing(posts: Path, known: Iterable[tuple[str, str | None]], left: list[Path]) -> dict[str, str]:
    """The files of posts that are not as ``known``, by name, each with the stamp that it has. Raises OSError.

    ``known``: names with their stamps; ``left``: gets the temp files that lie among the posts. One listing, and one
    look at each file: it keeps the names of all for as long as it takes, and no more.
    """
    there: dict[str, tuple[str, int] | None] = {}
    other: dict[str, str] = {}
    with ExitStack() as stack:
        for root in filter(Path.is_dir, roots(posts)):
            handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, handle)
            for folder, names in _listings(root, left):
                at = ("" if folder == root else f"{folder.relative_to(root)}{os.sep}"), handle
                for name in names:
                    there.setdefault(name, at)
        for file, stamp in known:
            found = there.pop(file, None)
            seen = found and _stamp(found[0] + file, found[1])
            if not seen or seen != stamp:
                other[file] = seen or stamp_of(place(posts, file))
        for file, found in there.items():
            other[file] = (found and _stamp(found[0] + file, found[1])) or stamp_of(place(posts, file))
    return other


def read(posts: Path, file: str) -> tuple[Path, bytes]:
    """The post of this name, and where it is, though it be moved meanwhile. Raises OSError."""
    with suppress(FileNotFoundError):
        return (path := place(posts, file)), path.read_bytes()
    return (path := place(posts, file)), path.read_bytes()


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """The names and paths of the files of posts below a folder of them."""
    return ((name, f"{folder}{os.sep}{name}") for folder, names in _listings(root, []) for name in names)


def _listings(root: Path, left: list[Path]) -> Iterator[tuple[Path, list[str]]]:
    """The folders of posts below a folder of them, each with the names of its files; ``left``: gets the temp files.

    The one folder comes twice where there are others: one may be moved meanwhile.
    """
    if not root.is_dir():
        return
    names, others = _posts_in(root)
    yield root, names
    years = sorted(path for path in others if _YEAR_NAME.fullmatch(path.name) and path.is_dir())
    below = (path for year in years for path in sorted(_posts_in(year)[1]))
    months = [path for path in below if _MONTH_NAME.fullmatch(path.name) and path.is_dir()]
    for month in months:
        of_month = f"{month.parent.name}-{month.name}-"
        names, more = _posts_in(month)
        others += more
        yield month, [name for name in names if name.startswith(of_month) and _DAY.match(name)]
    left += (path for path in others if is_temp(path.name) and not path.is_dir())
    if months:
        yield root, _posts_in(root)[0]


def _posts_in(folder: Path) -> tuple[list[str], list[Path]]:
    """The names of the files in the folder that are named as posts are, and what else there is."""
    there = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted of very many
    names = [name for name in there if name.endswith(".md") and name[0] != "."]
    others = {*there}.difference(names) if len(names) < len(there) else ()
    return names, [folder / name for name in others]


def strays(posts: Path) -> list[Path]:
    """Posts in folders where no run looks for them: a site shows them, and the ledger misses them. Raises OSError."""
    return sorted(
        path
        for root in roots(posts)
        for path in root.rglob("*.md")
        if not path.name.startswith(".") and path not in _places(root, path.name)
    )


def home(file: Path) -> Path:
    """The folder of the posts, or of the old ones, in which a post lies, be it in that of its month."""
    folder = file.absolute().parent
    above = folder.parents[1] if len(folder.parents) > 1 else folder
    return above if above.name in {POSTS, OLD} and file.absolute() in _places(above, file.name) else folder


def away(posts: Path, by: str) -> dict[Path, Path]:
    """The files of posts that are not where the setting has them, each with that place. Raises OSError."""
    files = ((root, file) for root in roots(posts) for _, path in _files(root) if (file := Path(path)).is_file())
    places = ((file, _places(root, file.name)[-1 if by == MONTH else 0]) for root, file in files)
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
    return stamp_of(f"{posts}{os.sep}{file}") or stamp_of(place(posts, file))


def stamp_of(file: Path | str) -> str:
    """Size and time of a file, in one text; "" for an empty one, and for what is none: a folder, a link to nothing."""
    return _stamp(file, None)


def _stamp(file: Path | str, folder: int | None) -> str:
    """That of the file at a path, in an open folder."""
    try:
        told = os.stat(file, dir_fd=folder)
    except OSError:
        return ""
    return f"{told.st_size} {told.st_mtime_ns}" if stat.S_ISREG(told.st_mode) and told.st_size else ""
