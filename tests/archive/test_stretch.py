"""A part of a file reads like a file, and cuts are made before marks, wherever these lie in what is read at once."""

import io

import pytest

from crawler.archive.stretch import _PIECE, ends, stretch
from crawler.patterns import compiled

MARK = compiled(rb"(?<=\n\n)MARK/\d")


def file_with(*places: int, size: int) -> io.BytesIO:
    data = bytearray(b"x" * size)
    for place in places:
        data[place - 2 : place + 6] = b"\n\nMARK/1"
    return io.BytesIO(bytes(data))


def test_a_stretch_ends_where_it_is_told_to_and_counts_as_its_file_does() -> None:
    part = stretch(io.BytesIO(b"0123456789"), 3, 7)
    assert part.tell() == 3
    assert part.read(2) == b"34"
    part.seek(4)
    assert part.read() == b"456"
    assert part.read() == b""


def test_what_is_to_stand_behind_it_is_read_once() -> None:
    part = stretch(io.BytesIO(b"0123456789"), 8, 99, b"the end")
    assert part.read() == b"89the end"
    assert part.read() == b""


@pytest.mark.parametrize("shift", range(-8, 3))
def test_a_mark_that_is_read_in_two_pieces_is_found(shift: int) -> None:
    place = 2 * _PIECE + shift
    assert [*ends(file_with(place, size=3 * _PIECE), MARK, 100)] == [place, 3 * _PIECE]


def test_stretches_have_at_least_the_size_and_end_before_a_mark() -> None:
    file = file_with(50, 120, 130, 300, 399, size=500)
    assert [*ends(file, MARK, 100)] == [120, 300, 500]
    assert [*ends(file, MARK, 20)] == [50, 120, 300, 399, 500]


def test_a_mark_just_where_a_stretch_may_end_is_one() -> None:
    assert [*ends(file_with(100, size=150), MARK, 100)] == [100, 150]


@pytest.mark.parametrize("places", [(), (50,)])
def test_a_file_that_would_be_one_is_not_cut(places: tuple[int, ...]) -> None:
    assert [*ends(file_with(*places, size=300), MARK, 100)] == []
