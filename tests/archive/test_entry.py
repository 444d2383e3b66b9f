"""An entry is looked at without being used up, tells what was wrong once, and draws what it holds on its file's budget."""

import io
import random
from collections.abc import Iterator

import pytest

from crawler.archive import Budget, Limits, ReadResult, Skipped
from crawler.archive.budget import HEAD
from crawler.archive.entry import Entry, reporting_errors
from crawler.archive.model import Exceeded, Exhausted, Gap

DATA = random.Random(1).randbytes(3 * HEAD)


class Damaged(io.RawIOBase):
    """A stream with a piece lost in it."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = [*pieces]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        piece = self._pieces.pop(0) if self._pieces else b""
        if isinstance(piece, Exception):
            raise piece
        memoryview(buffer)[: len(piece)] = piece  # type: ignore[arg-type]
        return len(piece)


def nothing(entry: Entry) -> Iterator[ReadResult]:
    return iter(())


def entry_of(raw: io.RawIOBase | io.BytesIO, limits: Limits | None = None, *, seekable: bool = False) -> Entry:
    return Entry(
        "saved/x.bin",
        "x.bin",
        io.BufferedReader(raw),
        Budget(limits or Limits(), len(DATA)),
        nothing,
        seekable=seekable,
    )


def test_a_look_uses_nothing_up() -> None:
    entry = entry_of(io.BytesIO(DATA))
    entry.look()
    assert entry.head == DATA[:HEAD]
    assert entry.everything() == DATA


def test_a_look_at_less_than_a_head_and_at_nothing() -> None:
    for data in (b"<p>", b""):
        entry = entry_of(io.BytesIO(data))
        entry.look()
        assert (entry.head, entry.everything()) == (data, data)


def test_of_what_begins_with_damage_the_head_is_what_stands_behind_it() -> None:
    entry = entry_of(Damaged(Gap("lost"), b"behind"))
    entry.look()
    assert (entry.head, str(entry.damage)) == (b"behind", "lost")


def test_the_first_damage_is_kept() -> None:
    entry = entry_of(io.BytesIO())
    entry.note(Gap("first"))
    entry.note(Gap("second"))
    assert str(entry.damage) == "first"


@pytest.mark.parametrize(("head", "streamed"), [(b"behind", False), (b"", True), (b"", False)])
def test_what_is_lost_before_it_is_read_ends_who_cannot_go_on_behind_that(head: bytes, streamed: bool) -> None:
    entry = entry_of(io.BytesIO())
    entry.head, entry.damage = head, Gap("lost")
    with pytest.raises(Gap, match="lost"):
        entry.verify(streamed=streamed)
    assert entry.damage is None  # told now, and not a second time


def test_a_reader_that_streams_goes_on_behind_damage_but_not_over_a_wrong_checksum() -> None:
    entry = entry_of(io.BytesIO())
    entry.head, entry.damage = b"behind", Gap("lost")
    entry.verify(streamed=True)
    assert str(entry.damage) == "lost"

    def wrong() -> None:
        raise ValueError("bad CRC")

    entry.check = wrong
    with pytest.raises(ValueError, match="bad CRC"):
        entry.verify(streamed=True)
    entry.damage = None
    entry.verify(streamed=False)  # who reads it to its end meets the checksum there


def test_a_page_has_a_limit_and_a_container_in_memory_another() -> None:
    limits = Limits(member_bytes=len(DATA) - 1, container_bytes=len(DATA))
    with pytest.raises(Exceeded):
        entry_of(io.BytesIO(DATA), limits).everything()
    assert entry_of(io.BytesIO(DATA), limits).everything(len(DATA)) == DATA
    assert entry_of(io.BytesIO(DATA), limits).random_access().read() == DATA
    with pytest.raises(Exceeded):
        entry_of(io.BytesIO(DATA), Limits(container_bytes=len(DATA) - 1)).random_access()


def test_a_file_of_its_own_is_moved_about_in_and_not_held() -> None:
    entry = entry_of(io.BytesIO(DATA), Limits(container_bytes=1), seekable=True)
    file = entry.random_access()
    file.seek(HEAD)
    assert file.read() == DATA[HEAD:]


def test_a_member_is_one_deeper_and_draws_on_the_budget_of_its_file() -> None:
    outer = entry_of(io.BytesIO())
    member = outer.inside("a/b.html", io.BufferedReader(io.BytesIO(DATA)), "b.html")
    unpacked = outer.inside("x", io.BufferedReader(io.BytesIO(DATA)))
    assert (member.source, member.path, member.depth, member.seekable) == ("saved/x.bin!b.html", "a/b.html", 1, False)
    assert (unpacked.source, unpacked.depth) == ("saved/x.bin", 1)
    assert member.everything() + unpacked.everything() == DATA + DATA
    assert outer.budget.spent == 2 * len(DATA)


PAGE = Skipped("saved/x.bin!1", "a result")


def test_what_was_wrong_is_told_behind_what_could_be_read() -> None:
    def read(entry: Entry) -> Iterator[ReadResult]:
        yield PAGE
        entry.note(Gap("a piece is lost"))
        raise EOFError

    assert [*reporting_errors(entry_of(io.BytesIO()), read)] == [
        PAGE,
        Skipped("saved/x.bin", "damaged: a piece is lost", failed=True),
        Skipped("saved/x.bin", "truncated: ", failed=True),
    ]


@pytest.mark.parametrize("depth", [0, 1])
def test_an_exhausted_budget_ends_the_whole_file_and_is_told_for_that(depth: int) -> None:
    entry = entry_of(io.BytesIO())
    entry.depth = depth

    def read(entry: Entry) -> Iterator[ReadResult]:
        yield PAGE
        raise Exhausted("more than 5 members")

    found: list[ReadResult] = []
    if depth:
        with pytest.raises(Exhausted):
            found.extend(reporting_errors(entry, read))
    else:
        found.extend(reporting_errors(entry, read))
        assert found[1:] == [Skipped("saved/x.bin", "more than 5 members", failed=True)]
    assert found[0] == PAGE
