"""Where an export goes: a file or a folder, written beside its name and then renamed, or standard output."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from crawler.data.article import ArchivedArticle
from crawler.post_format import name_of
from crawler.store.atomic import TEMP_SUFFIX, sync_folder, writer

MARK: Final = ".finews-export"
"""The file that tells a folder of an export from others: it alone may be replaced.

It holds the SHA-256 and the name of each note, as ``sha256sum`` has them: one that somebody edited or added stays.
"""
_OF_DESKTOPS: Final = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What file managers leave in folders that somebody looked into."""


def put_file(path: str, write: Callable[[BinaryIO], None]) -> None:
    """Write the file, or standard output for ``-``. Raises ValueError, and OSError: what was there is as it was."""
    if path == "-":
        with suppress(BrokenPipeError):  # whoever reads has enough
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return
    file = Path(path)
    if file.is_dir():
        raise ValueError(f"{path} is a folder: name a file")
    if file.exists() and not file.is_file():  # a device, or a pipe with a name
        with file.open("wb") as there:
            write(there)
        return
    with _beside(file) as temp:
        with temp.open("wb") as there:
            write(there)
            there.flush()
            os.fsync(there.fileno())
        temp.replace(file)
        sync_folder(file.parent)


def put_folder(path: str, articles: Iterable[ArchivedArticle], note_of: Callable[[ArchivedArticle], str]) -> None:
    """Make the folder of these articles' notes, in place of one of an earlier export. Raises OSError, ValueError."""
    folder = Path(path).absolute()  # one that is named by dots has a name, too
    if not folder.name:
        raise ValueError(f"{path} holds something else than an export: name another folder")
    before = folder.with_name(f".{folder.name}.before")
    if before.exists() and not folder.exists():  # an export was killed between the two
        before.replace(folder)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{path} holds something else than an export: name another folder")
    if folder.exists() and (strange := _somebodys(folder)):
        raise ValueError(f"{path} holds something else than an export, {strange}: name another folder")
    with _beside(folder) as temp:
        temp.mkdir()
        made = dict[str, str]()
        for article in articles:
            name = name_of(f"{article.published:%Y-%m-%d}", article.code)
            data = note_of(article).encode()
            (temp / name).write_bytes(data)
            made[name] = hashlib.sha256(data).hexdigest()
        (temp / MARK).write_text("".join(f"{sha256}  {name}\n" for name, sha256 in sorted(made.items())), "utf-8")
        if folder.exists():
            _remove(before)
            folder.replace(before)
        temp.replace(folder)
        _remove(before)


def _somebodys(folder: Path) -> str:
    """A file, or folder, in an export's folder that is not as the export made it; "" where there is none."""
    mark = folder / MARK
    told = mark.read_text("utf-8", "replace").splitlines() if mark.is_file() else ()
    made = {name: sha256 for sha256, _, name in (line.partition("  ") for line in told)}
    for path in sorted(folder.iterdir()):
        if path.name not in {MARK, *_OF_DESKTOPS} and not (
            path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == made.get(path.name)
        ):
            return path.name
    return ""


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Where something waits until it is whole; nothing is left there, nor of exports that were killed.

    Others may export to the same name meanwhile. Raises ValueError where there is no folder, OSError.
    """
    if not path.parent.is_dir():
        raise ValueError(f"no such folder: {path.parent}")
    begin = f".{path.name}."
    for left in path.parent.iterdir():
        if (
            left.name.startswith(begin)
            and left.suffix == TEMP_SUFFIX
            and _is_left(left.name[len(begin) : -len(TEMP_SUFFIX)])
        ):
            _remove(left)
    temp = path.with_name(f"{begin}{writer()}{TEMP_SUFFIX}")
    try:
        yield temp
    finally:
        _remove(temp)


def _is_left(by: str) -> bool:
    """Whether that writer is none of today, or was one of this machine that is no more."""
    machine, _, pid = by.rpartition("-")[0].rpartition("-")
    if machine != writer().rsplit("-", 2)[0]:
        return not by
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return True
    except PermissionError:
        pass
    return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
