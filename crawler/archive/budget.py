"""Streams that cost: they draw on a budget, keep what came before an error, and know how they ended."""

import contextlib
import io
from dataclasses import dataclass
from typing import Any, NamedTuple

from crawler.archive.model import MIB, Exceeded, Exhausted, Gap, Limits, TrailingGarbage

HEAD = 4096
"""How much of a file is looked at to tell what it is."""


_AHEAD = 1 << 20
"""Bytes that who reads a whole file may have drawn, by reading ahead, for what comes next."""


class Cost(NamedTuple):
    """What of a budget was used."""

    spent: int = 0
    checked: int = 0
    """Bytes that were read for their checksum alone."""
    members: int = 0

    def plus(self, other: "Cost") -> "Cost":
        """Give the sum."""
        return Cost(*(one + two for one, two in zip(self, other, strict=True)))


@dataclass(slots=True)
class Budget:
    """What is left of the limits for one input file of ``size`` bytes."""

    limits: Limits
    size: int
    spent: int = 0
    members: int = 0
    """Of WARC files and tars: how many were met."""
    _checked: int = 0

    @property
    def cost(self) -> Cost:
        """What was used."""
        return Cost(self.spent, self._checked, self.members)

    def covers(self, cost: Cost) -> bool:
        """Tell whether the file may surely cost so much: near a limit its reading from end to end must tell."""
        return max(cost.spent, cost.checked) + _AHEAD <= self._most and cost.members <= self.limits.members

    @property
    def _most(self) -> int:
        return min(self.limits.total_bytes, 64 * MIB + self.limits.ratio * self.size)

    def check(self, count: int) -> bool:
        """Count bytes that are read for their checksum alone; tell whether more may be.

        When not, there are more than may be read afterwards, which ends with that.
        """
        self._checked += count
        return self._checked <= self._most

    def spend(self, count: int) -> None:
        """Count bytes that came out of a container or a compression."""
        self.spent += count
        if self.spent > self._most:
            raise Exhausted(f"expands to more than {self.spent // MIB} MiB: not read any further")


class Gauge(io.RawIOBase):
    """A stream that draws what is read from it on a budget, and gives all that came before an error.

    It ends with the error, but behind a Gap it goes on.
    """

    def __init__(self, stream: Any, budget: Budget) -> None:
        self._read = stream.read1  # plain reads lose what came before an error
        self._budget = budget
        self.error: Exception | None = None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer from the stream, up to its end or an error."""
        view, filled = memoryview(buffer), 0  # type: ignore[arg-type]
        if error := self.error:
            self.error = None if isinstance(error, Gap) else error
            raise error
        while filled < len(view):
            try:
                data = self._read(len(view) - filled)
            except Exception as error:
                if filled or not isinstance(error, Gap):
                    self.error = error
                if not filled:
                    raise
                break
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        self._budget.spend(filled)
        return filled


def everything(stream: Any, limit: int) -> bytes:
    """Read a whole stream; garbage behind what is compressed is left, as gzip itself does. Raises Exceeded."""
    chunks, size = [], 0
    with contextlib.suppress(TrailingGarbage):
        while chunk := stream.read1(1 << 16):
            size += len(chunk)
            if size > limit:
                raise Exceeded(f"larger than {limit // MIB} MiB")
            chunks.append(chunk)
    return b"".join(chunks)
