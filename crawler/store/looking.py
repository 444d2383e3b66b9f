"""Looking at what lies on the disk: what cannot be looked at is never taken for what is not there."""

import errno
import stat
from pathlib import Path
from typing import Final

_NOTHING: Final = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
"""Errors that say that nothing is at a path."""


def _mode(path: Path) -> int:
    """What is at a path, or at the end of a link, as ``stat`` tells it; 0 for nothing.

    Raises OSError, which ``exists`` and the like keep to themselves since Python 3.14.
    """
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno not in _NOTHING:
            raise
        return 0


def is_there(path: Path) -> bool:
    """Whether something is there. Raises OSError."""
    return _mode(path) != 0


def is_folder(path: Path) -> bool:
    """Whether a folder is there, or a link to one. Raises OSError."""
    return stat.S_ISDIR(_mode(path))


def is_file(path: Path) -> bool:
    """Whether a file is there, or a link to one. Raises OSError."""
    return stat.S_ISREG(_mode(path))


def files_of(folder: Path, suffix: str = "") -> list[Path]:
    """What a folder holds, in order; nothing where there is none. Raises OSError, which ``glob`` keeps to itself."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(suffix))
    except (FileNotFoundError, NotADirectoryError):
        return []


def contents(file: Path) -> bytes:
    """What a file holds; what is none, or a link to such, is not waited for. Raises OSError."""
    mode = file.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is no file")
    return file.read_bytes()
