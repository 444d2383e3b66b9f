"""A worker's part in a shared crawl, and the crawl's end, which the last worker to leave tells for all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from crawler.exits import LOCKED, RunError
from crawler.store.atomic import clear, write_atomic, writer
from crawler.store.engine import now
from crawler.store.leases import Ended
from crawler.store.run import Run
from crawler.store.shared_ledger import SharedLedger


class SharedRun(Run):
    """The run of one worker, with the lock on the output folder that others of its kind have, too."""

    ledger: SharedLedger
    _Ledger: ClassVar[type[SharedLedger]] = SharedLedger
    takes_part = False
    """Whether it is one of the workers."""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The run that the settings want. Raises ValueError."""
        run = super().of(settings)
        if not run.ledger_url.startswith("postgresql"):
            raise ValueError("FINEWS_SHARED hands out work by PostgreSQL: set FINEWS_LEDGER_URL=postgresql+psycopg://…")
        return run

    def join(self, job: str, making: str, begin: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """Take part in the crawl that others are at, and say what it is told; None where this worker had to begin.

        ``job``: spider and arguments; ``making``: what posts depend on beside their pages. ``begin`` says what is
        wanted first, and returns what others are to be told: of a new crawl, or of one whose workers all died.
        Raises RunError.
        """
        making += f" folders={self.posts.by}"  # two that had an article in turn would put it at two places
        with self.ledger.alone():
            crawl = self.ledger.crawl()
            others = self.ledger.at_work() if crawl else {}
            is_other = self._is_other(crawl, job, making) if crawl else ""
            if is_other and others:
                raise RunError(is_other, LOCKED)
            self._clear({writer(), *others})
            self.quarantine.open()
            if crawl is None or is_other:
                self.ledger.forget_crawl()
                crawl = {"job": job, "making": making, "run": self.id, "started": self.started.isoformat()}
                write_atomic(self._mark, self.id.encode())
            self.ledger.join(now().isoformat())
            self.takes_part = True
            self.id, self.started = crawl["run"], datetime.fromisoformat(crawl["started"])
            self.figures.answers.begun((datetime.now(UTC) - self.started).total_seconds())
            if others:
                self.earlier.take_over(crawl)
                return crawl
            self.ledger.keep_crawl({**crawl, **begin(), **self.earlier.so_far()})
            return None

    @property
    def _mark(self) -> Path:
        """A file that says of which crawl the folder is."""
        return self.output / "state" / "crawl"

    def _is_other(self, crawl: Mapping[str, Any], job: str, making: str) -> str:
        """Why the crawl that is open is not the one that is wanted, "" where it is."""
        if crawl["job"] != job:
            return f"another crawl is open, by {crawl['job']}: wait for it to end"
        if crawl["making"] != making:
            return "the crawl that is open has other settings, or is of another version"
        if not self._mark.exists() or self._mark.read_text() != crawl["run"]:
            return f"{self.output} is not the folder of the crawl that is open: all of its workers need the same one"
        return ""

    @contextmanager
    def leaving(self, ended: Mapping[str, Ended], known: Callable[[], Iterable[str]]) -> Iterator[bool]:
        """Leave the crawl; whether this worker is the last, and so to tell of it all. Then the crawl is closed.

        ``known``: what else was found in it. Raises LedgerError.
        """
        if not self.takes_part:
            yield False
            return
        with self.ledger.alone():
            self.ledger.leave(ended, self.so_far(), now().isoformat())
            self.takes_part = False
            is_last = not self.ledger.at_work()
            if is_last:
                self._sum_up()
                self.found = self.found.union(known()) - self.replaced
                self._clear({writer()})
            yield is_last
            if is_last:
                self.ledger.close_crawl()

    def _sum_up(self) -> None:
        """Know what all workers did."""
        workers, ends = self.ledger.worked(), self.ledger.ends()
        for one in workers:
            if one["name"] != writer():
                self.take_in(one["told"])
        done = [worker for _, worker, outcome, *_ in ends if outcome]
        self.workers = [
            {"name": one["name"], "started": one["started"], "left": one["left"], "articles": done.count(one["name"])}
            for one in workers
        ]
        self.found |= self.ledger.named().union(code for code, *_ in ends)
        for code, _, outcome, reason, figures in ends:
            if outcome:
                self.outcomes[code] = outcome  # type: ignore[assignment]
                if reason:
                    self.article_reasons[code] = reason
            if figures:
                self.figures.note(code, figures)

    workers: Sequence[Mapping[str, Any]] = ()

    def report(self, exit_code: int, extra: dict[str, Any] | None = None) -> dict[str, Any]:
        """The report of the crawl, with a line for each worker."""
        return super().report(exit_code, {"workers": self.workers, **(extra or {})})

    def _clear(self, alive: Collection[str] | None = None) -> None:
        if alive is not None:  # who enters does not know yet who is at work
            clear(self.output, alive)
            self.posts.close(alive)

    @property
    def _others(self) -> Collection[str]:  # type: ignore[override]
        return self.posts.writers() - {writer()}
