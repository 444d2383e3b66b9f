"""Law: the time for foreign text grows with its length, through every reader, edit and parser, whatever the text."""

import random
import signal
import time
from collections.abc import Callable

import pytest
from full_or_small import FULL, size
from growth.doors import DOORS
from growth.families import FAMILIES

SIZE, NOISE = size((24_000, 0.08), (64_000, 0.1))
"""Bytes of the smaller of two inputs, and seconds that tell nothing."""
MOST = 2.5
"""What doubling the input may cost."""
PAIRS = sorted((door, family) for door in DOORS for family in FAMILIES)
MET = {("own body", family) for family in ("titles", "closed scripts", "closed frames", "text areas")}
"""Those that grew too fast once."""
SAMPLE = PAIRS if FULL else sorted({*random.Random(13).sample(PAIRS, 150), *MET})


class _Stopped(BaseException):
    pass


def _stop(*_: object) -> None:
    raise _Stopped


def seconds(door: Callable[[str], None], text: str, most: float = 20.0) -> float:
    """CPU seconds that the text takes, ``most`` when it takes more."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    begin = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, most)
        door(text)
    except _Stopped:
        return most
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begin


def doubling(door: Callable[[str], None], make: Callable[[int], str], size: int = SIZE) -> float:
    """How many times as long twice the text takes; noise only adds, so of several tries the least counts."""
    once, twice = make(size), make(2 * size)
    small, large = seconds(door, once), seconds(door, twice)
    for _ in range(4):
        if large < NOISE or large <= MOST * small or large >= 20:
            break
        small, large = min(small, seconds(door, once)), min(large, seconds(door, twice))
    return 1.0 if large < NOISE else large / small if large < 20 else float("inf")


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("door", "family"), SAMPLE)
def test_twice_the_text_takes_twice_the_time(door: str, family: str) -> None:
    DOORS[door]("x")  # what is loaded or compiled once is no part of it
    sizes = (SIZE, 2 * SIZE, 4 * SIZE)  # what grows too fast does so the more, the larger it is
    assert any(doubling(DOORS[door], FAMILIES[family], size) <= MOST for size in sizes)


def test_the_measure_sees_what_grows_too_fast() -> None:
    def all_pairs(text: str) -> None:
        for _ in range(0, len(text), 16):  # far above what tells nothing, on fast machines, too
            text.count("\0\1") + sum(map(len, text[::4]))

    assert any(doubling(all_pairs, FAMILIES["blanks"], 16_000) > MOST for _ in range(5))
