"""Work is done in batches, by this process or by others, with the same results in the same order."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawler.reprocess.pool import BATCH, BATCH_BYTES, IN_FLIGHT, Pool, Processes, batches


@contextmanager
def pool(workers: int) -> Iterator[Pool[str]]:
    made = Processes("tools", workers) if workers > 1 else Pool("tools")
    try:
        yield made
    finally:
        made.close(at_once=False)


def _told(tools: str, batch: list[int]) -> tuple[str, list[int], bool]:
    return tools, batch, os.getpid() == PARENT


def _divided(_: str, batch: list[int]) -> float:
    return 1 / batch[0]


PARENT = os.getpid()


def test_batches_are_full_or_heavy() -> None:
    assert [len(batch) for batch in batches(range(2 * BATCH + 1))] == [BATCH, BATCH, 1]
    assert list(batches(range(5), most=2)) == [[0, 1], [2, 3], [4]]
    assert list(batches([1, BATCH_BYTES, 1, 1], lambda weight: weight)) == [[1, BATCH_BYTES], [1, 1]]
    assert list(batches(range(5), ends=lambda number: number == 1)) == [[0, 1], [2, 3, 4]]
    assert list(batches([])) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_work(workers: int) -> None:
    work = [[number] for number in range(5 * IN_FLIGHT * workers)]
    with pool(workers) as made:
        assert list(made.each(_told, work)) == [(batch, ("tools", batch, workers == 1)) for batch in work]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_known_is_not_done_again(workers: int) -> None:
    work = [[number] for number in range(5 * IN_FLIGHT * workers)]
    with pool(workers) as made:
        found = made.each(_told, work, lambda batch: ("known", batch, False) if batch[0] % 3 else None)
        assert [told for _, (told, *_) in found] == ["known" if number % 3 else "tools" for (number,) in work]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_work_raises_is_raised(workers: int) -> None:
    with pool(workers) as made:
        results = made.each(_divided, [[1], [2], [0], [1]])
        assert [next(results), next(results)] == [([1], 1), ([2], 0.5)]
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_no_more_work_is_taken_than_is_under_way() -> None:
    taken = []

    def work() -> Iterator[list[int]]:
        for number in range(40):
            taken.append(number)
            yield [number]

    with pool(2) as made:
        next(results := made.each(_told, work()))
        assert len(taken) == 2 * IN_FLIGHT
        assert sum(1 for _ in results) == 39
