"""What a run has finished, marked in the ledger: the next run over the same paths does not do it again.

A mark's key is a digest of all that the work was done with: this version, its settings, and of a batch of inputs their
paths, sizes and times, of a batch of articles what was said of them (by the batches that said it), what is known of
their posts and how the files of these look. Whatever of it changes, the work is done again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, Final

from crawler.archive import Cost, InputFile, ReadResult, Section, Skipped
from crawler.assemble.outcome import UNREADABLE, Assembled
from crawler.assemble.stages import stores_pictures
from crawler.reprocess.batching import of_inputs, with_records
from crawler.reprocess.booked import as_json, of_json
from crawler.reprocess.keys import checksum_of, made_with, number_of, state_of
from crawler.reprocess.reading import ReportLine, is_large, opened, sections_of
from crawler.reprocess.spool import PLACE, Spool
from crawler.reprocess.steps import Inputs, Read, Work, parts_of
from crawler.store.places import stamp_by_name
from crawler.store.run import Run
from crawler.store.said import packed, unpacked

KEPT: Final = timedelta(days=400)
"""So long marks stay whose paths are not asked for: archives are gone through once a year."""


class Finished:
    """All that runs over these paths have done. What this one had no use for, when it comes to its end, is forgotten.

    Of a batch of inputs its lines are marked, and what it says lies in the spool: if it does not any more, and some of
    its articles are to be made, it is read again.
    """

    def __init__(
        self, run: Run, settings: Mapping[str, Any], spool: Spool, paths: Sequence[Path], *, again: bool = False
    ) -> None:
        """``again``: nothing that was marked counts."""
        self._run, self._spool, self._again = run, spool, again
        self._made_with = made_with(settings)
        whose = [str(run.output.resolve()), *sorted(str(path.absolute()) for path in paths)]
        self._whose = checksum_of(whose, 6).hex() + "-"  # several folders may have one ledger
        self._with_pictures = stores_pictures(settings)
        self._used: set[str] = set()
        self.batches: set[int] = set()
        """The numbers of all that there is to read."""
        self._not_read: set[int] = set()
        """Of those that are known from marks, and what they say is not in the spool, unless an earlier run left it."""
        self._known: set[str] = set()
        self._rests: dict[InputFile, int] = {}
        """Of files that cannot be read in sections up to their end, how many of their pages and members were."""
        self._looked: dict[str, list[Assembled] | None] = {}
        self._unsure: dict[int, bytes] = {}
        """Of batches that may bring something else another time, what they brought."""
        self._told: dict[str, Any] = {}
        """What the mark says that was looked for last."""
        self.remembered = 0
        """Inputs that were not opened."""

    def inputs(self, found: Iterable[InputFile | Skipped], only: Collection[int] = ()) -> Iterator[Inputs]:
        """Batches with numbers, by which any run knows them; one more file changes few of them.

        A large container of which nothing is to be read has no items. ``only``: those of these numbers.
        """
        for large, files in groupby(found, is_large):
            if large:
                for file in files:
                    yield from self._of_large(file, only)
            else:
                for items in of_inputs(files):
                    yield from self._parts(self._numbered(items), only)

    def _of_large(self, file: InputFile | Skipped, only: Collection[int]) -> Iterator[Inputs]:
        """Its sections, up to where it is known that it cannot be read so; or the batches of its pages."""
        found = sections_of(file)
        first = next(found, None)
        if not first:
            yield from self._of_pages(file, only)
            return
        for section in chain((first,), found):
            if section.file in self._rests and not only:
                return
            yield from self._parts(self._numbered([section]), only)
        if only and first.file in self._rests:
            yield from self.rest(first.file, self._rests[first.file], only)

    def rest(self, file: InputFile, done: int, only: Collection[int] = ()) -> Iterator[Inputs]:
        """The batches of a container's pages behind so many that its sections gave: no more of these are wanted."""
        self._rests[file] = done
        for items in of_inputs(islice(opened(file), done, None)):
            yield from self._parts(self._numbered(items), only)

    def is_as_one(self, section: Section) -> bool:
        """Whether it is of a file that is not read in sections any more."""
        return section.file in self._rests

    def _of_pages(self, file: InputFile | Skipped, only: Collection[int]) -> Iterator[Inputs]:
        """The batches of a container's pages; which they were is marked when all of them were given."""
        key = f"{self._whose}open-{checksum_of([self._made_with, state_of(file)], 16).hex()}"
        known = self._marked(key)
        if known is not None and all(isinstance(self._marked(self._of_inputs(number)), list) for number in known):
            self._used.add(key)
            if not only or {*known}.isdisjoint(only):
                yield from (Inputs(number, []) for number in known if not only)
                return
        numbers = []
        for items in of_inputs(opened(file)):
            batch = self._numbered(items)
            numbers.append(batch.number)
            yield from self._parts(batch, only)
        self._used.add(key)
        self._run.ledger.mark({key: packed(numbers)})

    def _numbered(self, items: list[InputFile | Skipped] | list[ReadResult] | list[Section]) -> Inputs:
        told = [state_of(one) for one in items]
        return Inputs(number_of([self._made_with, told]), [*items])

    def _parts(self, batch: Inputs, only: Collection[int]) -> Iterator[Inputs]:
        """The batch; or, where something in it could not be read, the parts of which some are known all the same."""
        key = self._of_inputs(batch.number)
        self._told = {key: self._marked(key)}
        if isinstance(sizes := self._told[key], dict):
            self._used.add(key)
            for part in parts_of(batch, sizes["parts"]):
                yield from self._parts(part, only)
        elif not only or batch.number in only:
            yield batch

    def _marked(self, key: str) -> Any:
        packed = None if self._again else self._run.ledger.marked(key)
        return None if packed is None else unpacked(packed)

    def read(self, batch: Inputs) -> list[Read] | None:
        """What the mark says came of it."""
        key = self._of_inputs(batch.number)
        told = self._told.pop(key) if key in self._told else self._marked(key)
        if told is None:
            return None
        first = batch.number << PLACE
        self._use(batch.number)
        self._not_read.add(batch.number)
        cost, *told = told
        self.remembered += len(told)
        lines = [(ReportLine(*line), [(code, first | at) for code, at in said]) for line, said in told]
        return [Read(batch.number, len(batch.items), lines, Cost(*cost))]

    def was_read(self, batch: Inputs, parts: Sequence[Read]) -> None:
        """Mark the batch, but for what another try may bring something else of. What it says is in the spool."""
        marked = {}
        if len(parts) > 1:
            marked[self._of_inputs(batch.number)] = packed({"parts": [part.size for part in parts]})
        for number, _, lines, cost in parts:
            self.batches.add(number)
            self._not_read.discard(number)
            told = [
                (line.values(), [(code, address & (1 << PLACE) - 1) for code, address in said]) for line, said in lines
            ]
            if any(line.again for line, _ in lines):
                self._unsure[number] = checksum_of(told, 8)
            elif self._of_inputs(number) not in self._used:
                marked[self._of_inputs(number)] = packed([cost, *told])
        self._used |= marked.keys()
        if marked:
            self._run.ledger.mark(marked)

    def lacks(self, batch: Sequence[Work]) -> set[int]:
        """The numbers of inputs that must be read again, for articles that must be made."""
        numbers = {address >> PLACE for work in batch for address in work.addresses}
        gone = {number for number in numbers & self._not_read if not self._spool.has(number)}
        return set() if not gone or self._look(batch) is not None else gone

    def _of_inputs(self, number: int) -> str:
        return f"{self._whose}read-{number:016x}"

    def _use(self, number: int) -> None:
        self.batches.add(number)
        self._used.add(self._of_inputs(number))

    def made(self, batch: Sequence[Work]) -> list[Assembled] | None:
        """Those of the mark, whose posts are unchanged."""
        return self._looked.pop(batch[0].digits) if batch[0].digits in self._looked else self._find(batch)

    def _look(self, batch: Sequence[Work]) -> list[Assembled] | None:
        return self._looked.setdefault(batch[0].digits, self._find(batch))

    def _find(self, batch: Sequence[Work]) -> list[Assembled] | None:
        key = self._of_work(batch)
        made = self._marked(key)
        if made is None:
            return None
        self._used.add(key)
        self._known.add(batch[0].digits)
        kept = {article.code: work.kept for work in batch for article in work.kept}
        settled = {record.code: record.file for work in batch for record in work.records if record.settled}
        known = [of_json(one, kept) for one in made]
        for one in known:
            one.booked = one.post is not None and settled.get(one.code) == one.file
        return known

    def were_stored(self, done: Iterable[tuple[Sequence[Work], Sequence[Assembled]]]) -> None:
        """Mark batches whose posts are stored, unless making them again may bring something else."""
        marked = {}
        for batch, made in done:
            if batch[0].digits not in self._known and not any(map(self._may_differ, made)):
                now = with_records(self._run, [(work.digits, work.addresses) for work in batch])
                marked[self._of_work(now)] = packed([as_json(one) for one in made])
        if marked:
            self._used |= marked.keys()
            self._run.ledger.mark(marked)

    def _may_differ(self, one: Assembled) -> bool:
        pictures = bool(one.exchanges) and self._with_pictures  # they come and go
        return pictures or one.reason == UNREADABLE or one.reason.startswith("internal error")

    def _of_work(self, batch: Sequence[Work]) -> str:
        """The key of a batch of articles, as they are known now."""
        posts = self._run.posts.posts
        records = [one._replace(settled=False, doubted=False) for work in batch for one in work.records]
        known = [(*one, stamp_by_name(posts, one.file)) for one in records]
        told = [(work.digits, work.addresses, work.kept) for work in batch]
        said = {address >> PLACE for work in batch for address in work.addresses}
        unsure = [self._unsure[number] for number in sorted(said & self._unsure.keys())]
        return f"{self._whose}made-{checksum_of([self._made_with, told, known, unsure], 16).hex()}"

    def tidy(self) -> None:
        """Forget marks that neither this run nor a later one over these paths finds."""
        self._run.ledger.forget_marks(self._used, self._whose)
        self._run.ledger.forget_unused(self._whose, KEPT)
