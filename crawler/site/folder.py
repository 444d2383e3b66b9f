"""The folder of a site: what is made is put there, what did not change stays untouched, what others made is kept."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_MADE = ".finews-site.json"
"""What we made, by name: the checksums that a file of ours may have; none for one that is linked."""


class Done(NamedTuple):
    """What was done to the folder."""

    written: int
    removed: int
    kept: list[str]
    """Files that somebody made or edited, and that are left as they are."""


class Folder:
    """The folder of a site, the output folder that it is made of, and what earlier runs made in it."""

    def __init__(self, root: Path, output: Path) -> None:
        self._root, self._output = root, output
        self._before: dict[str, list[str]] = {}
        with contextlib.suppress(OSError, ValueError, AttributeError, TypeError, RecursionError):
            noted = json.loads((root / _MADE).read_bytes()).items()
            self._before = {n: [str(one) for one in sums] for n, sums in noted if not {"", ".."} & {*n.split("/")}}

    def fill(self, made: Mapping[str, bytes], linked: Collection[str]) -> Done:
        """Put the made files there, link (or copy) those of the output; remove what is of an earlier run alone.

        Raises OSError.
        """
        due = {name for name, data in made.items() if not _holds(self._root / name, data)}
        gone = {name for name in self._before.keys() - made.keys() - {*linked} if self._may_go(name)}
        kept = {name for name in due | gone if not self._is_ours(name)}
        to_link = [name for name in linked if not _is_same(self._root / name, self._output / name)]
        after = {name: [hashlib.sha256(data).hexdigest()] for name, data in made.items() if name not in kept}
        after |= {name: [] for name in linked} | {n: self._before[n] for n in kept & made.keys() & self._before.keys()}
        if after != self._before or due - kept or gone - kept or to_link:
            both = {name: [*self._before.get(name, ()), *after.get(name, ())] for name in self._before | after}
            self._note(both)  # a killed run knows its own, too
            for name in sorted(due - kept):
                self._put(name, made[name])
            for name in to_link:
                self._link(name)
            for name in gone - kept:
                self._remove(name)
            self._note(after)
        return Done(len(due - kept) + len(to_link), len(gone - kept), sorted(kept))

    def _may_go(self, name: str) -> bool:
        """Whether a file is there, and is not the output's own: a site may be made round that."""
        path = self._root / name
        is_linked = self._before[name] == []
        return os.path.lexists(path) and not (
            is_linked and os.path.realpath(path) == os.path.realpath(self._output / name)
        )

    def _is_ours(self, name: str) -> bool:
        """Whether a file may be replaced: it is as we made it, or not there."""
        path, sums = self._root / name, self._before.get(name)
        if not os.path.lexists(path):
            return True
        return sums == [] or (path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in (sums or ()))

    def _note(self, made: Mapping[str, list[str]]) -> None:
        rows = (f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(sums)}" for name, sums in sorted(made.items()))
        self._put(_MADE, ("{" + ",\n".join(rows) + "}").encode())

    def _put(self, name: str, data: bytes) -> None:
        with self._waiting(name) as temp:
            temp.write_bytes(data)

    def _link(self, name: str) -> None:
        source = self._output / name
        with contextlib.suppress(FileNotFoundError), self._waiting(name) as temp:  # a run has moved it
            try:
                os.link(os.path.realpath(source), temp)
            except OSError:  # another file system, or one without links
                shutil.copyfile(source, temp)

    @contextlib.contextmanager
    def _waiting(self, name: str) -> Iterator[Path]:
        """Where the bytes of a file wait, in a folder that is there; in the end it is in place, or nothing is left."""
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temp = path.with_name(f".finews-{os.getpid()}.part")
        temp.unlink(missing_ok=True)
        try:
            yield temp
            temp.replace(path)
        finally:
            temp.unlink(missing_ok=True)

    def _remove(self, name: str) -> None:
        path = self._root / name
        path.unlink()
        with contextlib.suppress(OSError):  # not empty
            for parent in path.parents:
                if parent == self._root:
                    break
                parent.rmdir()


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _is_same(path: Path, source: Path) -> bool:
    """Whether the file is the other one, or holds its bytes."""
    try:
        one, other = path.stat(), source.stat()
        if os.path.samestat(one, other):
            return True
        return one.st_size == other.st_size and path.read_bytes() == source.read_bytes()
    except OSError:
        return False
