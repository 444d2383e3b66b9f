"""One file or member while it is read: its name, its bytes as a stream, and the budget it draws on."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeAlias, TypeVar

from crawler.archive.budget import HEAD, Budget, Gauge, everything
from crawler.archive.model import Exhausted, Gap, ReadResult, Skipped, reason_of

T = TypeVar("T")
_CHUNK = 1 << 16


@dataclass(slots=True)
class Entry:
    """A file or a member, not yet looked into."""

    source: str
    """The file (and member), safe to print."""
    path: str
    """The path inside the folder or the container, with slashes: for the address and for what the suffix tells."""
    stream: "io.BufferedReader[Any]"
    budget: Budget
    read: "Reader"
    """Reads any entry: how containers read their members."""
    depth: int = 0
    seekable: bool = False
    """Whether the stream is a file of its own, so that nothing need be held in memory to move about in it."""
    check: Callable[[], None] | None = None
    """Raises when the checksum at the end of the stream is wrong: for who gives pages before coming to its end."""
    damage: Exception | None = field(default=None, init=False)
    """The first thing that was wrong, behind which its reader went on: it is told when that is done."""
    head: bytes = field(default=b"", init=False)

    def note(self, damage: Exception) -> None:
        """Remember damage, unless there was some before."""
        self.damage = self.damage or damage

    def look(self) -> None:
        """Fill ``head`` with the first bytes, without moving on."""
        while len(self.head) < HEAD:
            try:
                seen = self.stream.peek(HEAD)[:HEAD]
            except Gap as gap:  # the head is what stands behind it
                self.note(gap)
                continue
            if len(seen) <= len(self.head):
                return
            self.head = seen

    def verify(self, *, streamed: bool) -> None:
        """Raise what is wrong with it, before anything of it is given.

        ``streamed``: its reader gives pages before it comes to the end, and goes on behind what is lost.
        """
        if (lost := self.damage) and not (streamed and self.head):
            self.damage = None
            raise lost
        if streamed and self.check:
            self.check()

    def everything(self, limit: int | None = None) -> bytes:
        """Read the whole of it, up to the limit for a page; raises Exceeded."""
        return everything(self.stream, self.budget.limits.member_bytes if limit is None else limit)

    def random_access(self) -> BinaryIO:
        """Give a stream to move about in: the file itself, or the member held in memory."""
        if self.seekable:
            return self.stream
        return io.BytesIO(self.everything(self.budget.limits.container_bytes))

    def numbered(self, members: Iterable[T]) -> Iterator[tuple[str, T]]:
        """Give each member with the source that its number makes; raises Exhausted for too many."""
        for number, member in enumerate(members, 1):
            if number > self.budget.limits.members:
                raise Exhausted(f"more than {self.budget.limits.members} members")
            yield f"{self.source}!{number}", member

    def inside(self, path: str, stream: Any, name: str | None = None) -> "Entry":
        """Make the entry of the member called ``name``; without, of what a compression holds: the same file."""
        gauge = io.BufferedReader(Gauge(stream, self.budget), _CHUNK)
        source = f"{self.source}!{name}" if name is not None else self.source
        return Entry(source, path, gauge, self.budget, self.read, self.depth + 1)


Reader: TypeAlias = Callable[[Entry], Iterator[ReadResult]]


class _SectionReader(Protocol):
    def __call__(self, entry: Entry, *, start: int, end: int) -> Iterator[ReadResult]: ...


class Cut(NamedTuple):
    """How a large file of a format is cut into sections that can be read each by itself (sections.py)."""

    ends: Callable[["io.BufferedReader[Any]", int], Iterator[int]]
    """Gives the end of each section of at least so many bytes of a file; nothing for one that is not to be cut."""
    read: _SectionReader
    """Reads a section; raises, or tells something of the file, where only the reading of all of it tells what it is."""


def reporting_errors(entry: Entry, read: Reader) -> Iterator[ReadResult]:
    """Read an entry; what is damaged of it, and what ended it, is told after what could be read."""
    end: Exception | None = None
    try:
        yield from read(entry)
    except Exception as error:
        if entry.depth and isinstance(error, Exhausted):
            raise
        end = error
    for wrong in filter(None, (entry.damage, end)):
        yield Skipped(entry.source, reason_of(wrong), failed=True)
