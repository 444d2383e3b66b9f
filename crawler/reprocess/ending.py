"""The end of the way: posts stored many at once, and the report, which tells of each input what became of it."""

import time
from collections.abc import Iterable
from typing import Any

from crawler import exits, sites
from crawler.assemble.outcome import Assembled
from crawler.progress import Progress
from crawler.reprocess.finished import Finished
from crawler.reprocess.noted import Noted
from crawler.reprocess.reading import ReportLine
from crawler.reprocess.steps import Work
from crawler.store.report import LongList
from crawler.store.run import Run

STORED_AT_ONCE = 128
"""Posts that are stored together, if they come within a second; a killed run loses these at most."""


def store_all(
    run: Run,
    made: Iterable[tuple[list[Work], list[Assembled]]],
    noted: Noted,
    progress: Progress,
    finished: Finished,
) -> None:
    """Store what became of the articles; with a rejection, the file that told of it.

    This process does it for all: workers need not wait for the disk, and it waits for many at once.
    """
    lost = {sites.digits(code) for code in run.outcomes}
    waiting: list[tuple[list[Work], list[Assembled]]] = []
    since = time.monotonic()

    def store(batches: list[tuple[list[Work], list[Assembled]]]) -> None:
        run.store([one for _, made in batches for one in made if sites.digits(one.code) not in lost])
        finished.were_stored(both for both in batches if not any(work.digits in lost for work in both[0]))

    try:
        for works, batch in made:
            for one in batch:
                digits = sites.digits(one.code)
                if digits in lost:  # a list alone may name it
                    run.ledger.keep({one.code: one.unused})
                elif one.reason and (line := noted.teller(digits)):
                    one.page = line.named()
            waiting.append((works, batch))
            progress.tick()
            if sum(len(both[1]) for both in waiting) >= STORED_AT_ONCE or time.monotonic() - since > 1:
                together, waiting, since = waiting, [], time.monotonic()
                store(together)  # interrupted in here, the next run books them
    except KeyboardInterrupt:
        store(waiting)
        raise
    store(waiting)


def report_of(run: Run, noted: Noted, exit_code: int, remembered: int) -> dict[str, Any]:
    """The report of a run that ends so far with this exit code, which also lists the inputs. Raises RunError.

    ``remembered``: how many of them were not opened, for nothing has changed since they were.
    """
    tally = run.tally()
    if exit_code == exits.OK and not (noted.has_page or noted.has_lost):
        exit_code = exits.NOTHING_FETCHED
    if exit_code == exits.OK and (noted.has_lost or run.still_missing() or tally["quarantined"]):
        exit_code = exits.IN_QUARANTINE
    inputs = LongList(noted.lines, lambda: (_told(run, line) for line in noted))
    return run.report(exit_code, {"inputs": inputs, "inputs_remembered": remembered})


def _told(run: Run, line: ReportLine) -> dict[str, str]:
    """The line as the report has it; of one that told of an article, what became of that."""
    outcome, reason = line.outcome, line.reason
    if line.codes:
        both = (line.codes[0], sites.other_spelling(line.codes[0]))
        code = next((code for code in both if code in run.outcomes), "")
        outcome = run.outcomes.get(code, "read")
        reason = reason or run.article_reasons.get(code, "")
    return {"path": line.path, "outcome": outcome, "reason": reason}
