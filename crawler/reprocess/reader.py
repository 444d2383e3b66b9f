"""Reads all inputs, whoever does it, in their order; what cannot be read in sections is read as one from there on."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from crawler import exits
from crawler.archive import Cost, InputFile, Section, Skipped, input_files
from crawler.exits import RunError
from crawler.reprocess.batching import with_records
from crawler.reprocess.finished import Finished
from crawler.reprocess.pool import Pool
from crawler.reprocess.reading import may_cost
from crawler.reprocess.steps import Inputs, Line, Read, Work, WorkerTools, read_inputs
from crawler.store.run import Run


class Reader:
    """Reads what there is to read: once, and once more what articles are to be made of that nobody kept."""

    def __init__(self, pool: Pool[WorkerTools], finished: Finished, paths: Sequence[Path], run: Run) -> None:
        self._pool, self._finished, self._paths, self._run = pool, finished, paths, run

    def lines(self, only: Collection[int] = ()) -> Iterator[list[Line]]:
        """The lines of all inputs, in their order; ``only``: of the batches of these numbers, which are read."""
        return self._lines(self._finished.inputs(self._found(), only), only)

    def _lines(self, inputs: Iterable[Inputs], only: Collection[int]) -> Iterator[list[Line]]:
        marked = set[int]()
        so_far = _InSections()

        def known(batch: Inputs) -> list[Read] | None:
            if batch.section and self._finished.is_as_one(batch.section) and not only:
                return []
            read = None if only else self._finished.read(batch)
            if read is not None:
                marked.add(batch.number)
            return read

        for batch, parts in self._pool.each(read_inputs, inputs, known):
            if batch.section and not only:
                if self._finished.is_as_one(batch.section):
                    continue
                if not so_far.goes_on(batch.section, parts):
                    yield from self._lines(self._finished.rest(batch.section.file, so_far.lines), only)
                    continue
            if batch.number not in marked:
                self._finished.was_read(batch, parts)
            marked.discard(batch.number)
            yield [line for part in parts for line in part.lines]

    def _found(self) -> Iterator[InputFile | Skipped]:
        output = self._run.output
        return (place for path in _outermost(self._paths, output) for place in input_files(path, skip=output))

    def works(self, batches: Iterable[list[tuple[str, list[int]]]]) -> Iterator[list[Work]]:
        """The batches of articles with all that they are made of; those come last for which inputs are read again."""
        numbers: set[int] = set()
        last = []
        for batch in batches:
            works = with_records(self._run, batch)
            if lacking := self._finished.lacks(works):
                numbers |= lacking
                last.append(batch)
            else:
                yield works
        for _ in self.lines(numbers) if numbers else ():
            pass
        for batch in last:
            works = with_records(self._run, batch)
            if self._finished.lacks(works):
                raise RunError("files were changed while they were read: run again to go on", exits.INTERNAL_ERROR)
            yield works


class _InSections:
    """What the sections of the file that they are of have given so far, and what they cost."""

    def __init__(self) -> None:
        self._file: InputFile | None = None
        self.lines, self._cost = 0, Cost()

    def goes_on(self, section: Section, parts: Sequence[Read]) -> bool:
        """Add what came of the next section; not when the file, read as one, may have come to another end in it."""
        if section.file != self._file:
            self._file, self.lines, self._cost = section.file, 0, Cost()
        for part in parts:
            self._cost = self._cost.plus(part.cost)
        if not parts or not may_cost(section.file, self._cost):
            return False
        self.lines += sum(len(part.lines) for part in parts)
        return True


def _outermost(paths: Iterable[Path], output: Path) -> Iterator[Path]:
    """The paths without those that others hold, so that no file is read twice; what lies in the output is not held."""
    inside = Path(os.path.realpath(output))
    real: dict[Path, Path] = {}
    for path in paths:
        real.setdefault(Path(os.path.realpath(path)), path)
    for place, path in real.items():
        if place.is_relative_to(inside) or not any(parent in real for parent in place.parents):
            yield path
