"""What is held of a stream: one can go back to the mark, more than may be held is not, and damage is told in its place."""

import io
import re

import pytest

from crawler.archive.model import Gap
from crawler.archive.window import _SEAM, Window


class Stream:
    """Pieces as they come from a disk or a decoder, and what is raised between them."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = [*pieces]

    def read1(self, size: int) -> bytes:
        piece = self._pieces.pop(0) if self._pieces else b""
        if isinstance(piece, Exception):
            raise piece
        return piece


def test_it_holds_what_is_asked_for_and_is_done_with_what_was_moved_over() -> None:
    window = Window(Stream(b"abc", b"def", b"ghi"), 100)
    assert window.fill(4)
    assert window.bytes_at(window.at, window.at + 4) == b"abcd"
    window.move(4)
    assert window.fill(5)
    assert window.bytes_at(window.at, window.at + 5) == b"efghi"
    assert not window.fill(6)
    assert (window.ended, window.last) == (True, b"bcdefghi")


def test_what_was_read_long_ago_is_not_kept() -> None:
    window = Window(Stream(*[b"x" * 60_000] * 5), 300_000)
    assert window.fill(300_000)
    window.move(200_000)
    assert (len(window.held), window.at) == (100_000, 0)


def test_more_than_may_be_held_is_not() -> None:
    most = 1000 + 2 * _SEAM
    window = Window(Stream(b"x" * most, b"x" * most), 1000)
    assert window.fill(most)
    assert not window.fill(most + 1)
    assert len(window.held) == most


def test_an_error_is_kept_behind_what_came_before_it() -> None:
    window = Window(Stream(b"abc", EOFError("cut off"), b"never"), 100)
    assert not window.fill(4)
    assert (bytes(window.held), str(window.error), window.ended) == (b"abc", "cut off", True)


def test_a_gap_stops_the_filling_until_something_is_looked_for_behind_it() -> None:
    window = Window(Stream(b"abc", Gap("lost"), b"MARK", b"MARK"), 100)
    assert not window.fill(5)
    assert (bytes(window.held), str(window.gap), window.ended) == (b"abc", "lost", False)
    assert window.find(re.compile(b"MARK"))
    assert window.gap is None
    assert window.bytes_at(window.at, window.at + 4) == b"MARK"


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_mark_that_came_in_two_pieces_is_found(cut: int) -> None:
    window = Window(Stream(b"x" * 10_000 + b"MARK"[:cut], b"MARK"[cut:] + b"y"), 100_000)
    assert window.find(re.compile(b"MARK"))
    assert bytes(window.held[window.at :]) == b"MARKy"


def test_the_one_that_one_stands_before_is_skipped() -> None:
    window = Window(Stream(b"MARK one MARK two"), 100)
    assert window.find(re.compile(b"MARK"))
    assert window.find(re.compile(b"MARK"), 4)
    assert bytes(window.held[window.at :]) == b"MARK two"
    assert not window.find(re.compile(b"MARK"), 4)
    assert window.at == len(window.held)


def test_of_a_file_more_is_given_than_may_be_held_and_one_can_go_back() -> None:
    data = bytes(range(256)) * 4096
    window = Window(io.BytesIO(data), 1000, seekable=True)
    window.fill(1)
    window.move(256)
    given, place = b"", 0
    while piece := window.piece(place):
        given += piece
        place += len(piece)
    assert given == data[256:]
    assert len(window.held) < 200_000
    window.back()
    assert window.fill(300)
    assert window.bytes_at(window.at, window.at + 300) == data[256:556]


def test_of_what_is_no_file_no_more_is_given_than_may_be_held() -> None:
    window = Window(io.BytesIO(b"x" * 200_000), 1000)
    place = 0
    while piece := window.piece(place):
        place += len(piece)
    assert place < 200_000
    assert len(window.held) < 140_000
