"""Which inputs, and which articles, are a batch: by what they are called, so that one more of them changes few."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from crawler.archive import InputFile, ReadResult
from crawler.reprocess.pool import BATCH, batches
from crawler.reprocess.reading import weight
from crawler.reprocess.steps import Work
from crawler.sites import spellings
from crawler.store.run import Run

Item = TypeVar("Item", bound=InputFile | ReadResult)

LONGEST: Final = 4 * BATCH
"""Pieces in a batch that none of them ends."""


def of_inputs(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Batches of files, or of pages."""
    return batches(items, weight, LONGEST, lambda one: _ends(_name(one)))


def of_articles(index: Iterable[tuple[str, list[int]]], most: int) -> Iterator[list[tuple[str, list[int]]]]:
    """Batches of articles, by their digits."""
    return batches(index, most=most, ends=lambda article: _ends(article[0]))


def with_records(run: Run, batch: Sequence[tuple[str, list[int]]]) -> list[Work]:
    """Add to each article what earlier runs left of it, under both spellings of its code."""
    codes = spellings(digits for digits, _ in batch)
    records, kept = run.earlier.records(codes), run.ledger.kept(codes)
    return [
        Work(
            digits,
            addresses,
            [records[code] for code in spellings([digits]) if code in records],
            [article for code in spellings([digits]) for article in kept.get(code, ())],
        )
        for digits, addresses in batch
    ]


def _name(item: InputFile | ReadResult) -> str:
    return item.path if isinstance(item, InputFile) else item.source


def _ends(name: str) -> bool:
    """Whether it is the last of a batch: by what it is called, and not by how many came before."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % BATCH == 0
