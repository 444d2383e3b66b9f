"""What a disk may hold after the power went: of what was not synced, nothing, the names alone, or torn pieces."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from torture.recorded_writes import Event

Loss = Literal["lost", "names only", "torn"]
LOSSES: tuple[Loss, ...] = ("lost", "names only", "torn")
"""Names and bytes that were not synced are gone; the names are there, and no bytes; half of the bytes is there."""
LEDGER = "state/ledger.sqlite"


@dataclass
class File:
    """The bytes of a file: those that are safe, and those that programs see."""

    safe: bytes = b""
    seen: bytes = b""

    def after(self, loss: Loss) -> bytes:
        if loss != "torn":
            return self.safe
        return self.seen[: (len(self.safe) + len(self.seen)) // 2]


class Disk:
    """The folder's files and folders by path (folders are None), as programs see them and as they are safe."""

    def __init__(self) -> None:
        self.seen: dict[str, File | None] = {}
        self.safe: dict[str, File | None] = {}
        self.ledgers: list[bytes] = []

    def apply(self, event: Event) -> None:
        """Do what the event tells."""
        kind, path, what = event
        if kind == "commit":
            assert isinstance(what, bytes)
            self.ledgers.append(what)
        elif kind == "mkdir":
            self.seen.setdefault(path, None)
        elif kind == "unlink":
            self.seen.pop(path, None)
        elif kind == "rename":
            assert isinstance(what, str)
            self.seen[what] = self.seen.pop(path)
        elif kind == "sync":
            self._sync(path)
        else:
            file = self.seen.setdefault(path, File())
            assert file is not None
            if kind == "write":
                assert isinstance(what, bytes)
                file.seen += what
            elif "w" in str(what):
                file.seen = b""

    def _sync(self, path: str) -> None:
        file = self.seen.get(path)
        if file is not None:
            file.safe = file.seen
            return
        inside = [name for name in {*self.seen, *self.safe} if posixpath.dirname(name) == (path if path != "." else "")]
        for name in inside:
            if name in self.seen:
                self.safe[name] = self.seen[name]
            else:
                del self.safe[name]

    def lay(self, output: Path, loss: Loss) -> None:
        """Make the folder as it may be found; of the ledger, the last commits may be gone, as SQLite has it."""
        for name, file in sorted((self.safe if loss == "lost" else self.seen).items()):
            path = output / name
            if file is None:
                path.mkdir(parents=True, exist_ok=True)
            elif loss != "lost" or path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.after(loss))
        if self.ledgers:
            (output / LEDGER).parent.mkdir(parents=True, exist_ok=True)
            (output / LEDGER).write_bytes(self.ledgers[len(self.ledgers) // 2 if loss == "torn" else -1])

    def state(self, loss: Loss) -> tuple[object, ...]:
        """What ``lay`` would make, to be compared."""
        names = self.safe if loss == "lost" else self.seen
        return loss, len(self.ledgers), *sorted((name, file and file.after(loss)) for name, file in names.items())


def moments(recorded: Iterable[Event]) -> list[tuple[int, Loss]]:
    """After how many events the power may go, and with which loss, so that no two leave the same."""
    disk, known, found = Disk(), set[tuple[object, ...]](), []
    for number, event in enumerate(recorded, 1):
        disk.apply(event)
        for loss in LOSSES:
            if (state := disk.state(loss)) not in known:
                known.add(state)
                found.append((number, loss))
    return found
