"""One run: the lock, the stores it writes to, and the tally of what became of every article."""

import shlex
from collections.abc import Collection, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from crawler.assemble.merge import worse_origins
from crawler.assemble.outcome import UNREADABLE
from crawler.exits import WRONG_USAGE, RunError
from crawler.store.atomic import clear, write_atomic
from crawler.store.booking import Booking
from crawler.store.engine import now
from crawler.store.ledger import Ledger
from crawler.store.ledger_url import engine_at
from crawler.store.lock import RunLock
from crawler.store.looking import is_there
from crawler.store.on_disk import EarlierRuns
from crawler.store.places import FOLDERS, ONE
from crawler.store.report import on_disk, write_report
from crawler.store.tables import FILTERED

MARK = "INVENTED.txt"
"""Lies in an output folder whose articles are invented, beside what may be deleted and made anew."""
_TEXT = b"The articles in this folder are invented: `make crawl` has them from its stand-in.\n"


def keep_apart(output: Path, *, invented: bool) -> None:
    """Raises RunError when the folder holds articles of the other kind than those that are to come in.

    Invented articles, those of the stand-in site, never share a folder or a ledger with a real site's.
    """
    cure = f"`rm -rf {shlex.quote(str(output))}/*` clears it"
    if is_there(output / MARK):
        if not invented:
            more = "FINEWS_INVENTED=1 takes in more of them"
            raise RunError(f"{output} holds the invented articles of `make crawl`: {cure} ({more})", WRONG_USAGE)
    elif invented and (is_there(output / "state/ledger.sqlite") or any(output.glob("*_post*/*.md"))):
        raise RunError(f"{output} holds articles that `make crawl` did not invent: {cure}", WRONG_USAGE)


def mark(output: Path, ledger: Ledger, *, invented: bool) -> None:
    """Mark folder and ledger; raises RunError when the ledger, which folders may share, is of the other kind.

    Raises OSError, LedgerError.
    """
    if ledger.is_invented(new=invented, known=invented and is_there(output / MARK)) != invented:
        raise RunError("FINEWS_LEDGER_URL: invented articles and real ones share no ledger: name another", WRONG_USAGE)
    if invented:
        write_atomic(output / MARK, _TEXT)


class Run(Booking):
    """A context manager: entered, it holds the lock on the output folder; left, everything is closed.

    Both doors use it, so that a crawl and a reprocessing write, count and report alike.
    """

    _others: Collection[str] = ()
    _Ledger: ClassVar[type[Ledger]] = Ledger

    def __init__(self, output: Path, ledger_url: str | None = None, *, keep_edited: bool = True, by: str = ONE) -> None:
        super().__init__(output, keep_edited=keep_edited, by=by)
        self.started = (begun := datetime.now(UTC)).replace(microsecond=0)
        # Ids sort as the runs began, those within a second too: the end is the second's fraction in steps of 15 µs.
        self.id = f"{begun:%Y%m%dT%H%M%SZ}-{begun.microsecond * 0x10000 // 1_000_000:04x}"
        self._own_ledger = f"sqlite:///{output / 'state' / 'ledger.sqlite'}"
        self.ledger_url = ledger_url or self._own_ledger
        self.invented: bool | None = None
        """Whether the articles that come in are the stand-in's; None where none do."""
        self._lock = RunLock(output)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The run that the settings want (OUTPUT_DIR, LEDGER_URL, EDITED, POST_FOLDERS, ORIGINS). Raises ValueError."""
        edited = settings.get("FINEWS_EDITED") or "keep"
        if edited not in {"keep", "overwrite"}:
            raise ValueError(f"FINEWS_EDITED={edited!r}: say keep or overwrite")
        by = settings.get("FINEWS_POST_FOLDERS") or ONE
        if by not in FOLDERS:
            raise ValueError(f"FINEWS_POST_FOLDERS={by!r}: say one or month")
        output, ledger_url = Path(settings["FINEWS_OUTPUT_DIR"]), settings.get("FINEWS_LEDGER_URL") or None
        if ledger_url:
            engine_at(ledger_url)
        run = cls(output, ledger_url, keep_edited=edited == "keep", by=by)
        run.worse = worse_origins(settings.get("FINEWS_ORIGINS"))
        return run

    def __enter__(self) -> Self:
        if self.invented is not None:
            with self.writing():
                keep_apart(self.output, invented=self.invented)
        self._lock.take(shared=self._Ledger is not Ledger)
        with ExitStack() as begun, self.writing():
            begun.callback(self._lock.release)
            self._clear()
            self.quarantine.open()
            if self.invented and self.ledger_url == self._own_ledger:  # a run that ends between the two marked it
                write_atomic(self.output / MARK, _TEXT)
            self.ledger = self._Ledger(self.ledger_url)
            begun.callback(self.ledger.close)
            if self.invented is not None:
                mark(self.output, self.ledger, invented=self.invented)
            self.earlier = EarlierRuns(self.posts.posts, self.ledger, keep_edited=self.posts.keep_edited)
            begun.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and let the lock go."""
        with suppress(OSError):  # the next run clears away what this one cannot
            self.posts.close(self._others)
        self.ledger.close()
        self._lock.release()

    def _clear(self) -> None:
        clear(self.output)
        self.posts.close()

    def compare(self) -> None:
        """Compare disk and ledger, at the beginning of a run. Raises RunError."""
        with self.writing():
            for code in self.earlier.compare():
                self.resolved(code)
        for code in self.earlier.unreadable:
            self.quarantined(code, UNREADABLE)
        self.notes["edited_by_hand"] += self.earlier.edited

    def still_missing(self) -> set[str]:
        """The articles whose posts were gone when the run began, and of which nothing has become since.

        That filters leave them out is nothing.
        """
        done = {code for code in self.outcomes if not self.article_reasons.get(code, "").startswith(FILTERED)}
        return self.earlier.missing.keys() - done - self.replaced

    def tally(self) -> dict[str, int]:
        """How many articles were found and what became of them; ``unfinished``, apart, is left to a later run."""
        with self.writing():
            here = (
                self.found | self.replaced
                if self.site is not None
                else {one for one in self.found if one not in self.outcomes}
            )
            return self.sums(*self.ledger.counted(self.site, here))

    def report(self, exit_code: int, extra: dict[str, Any] | None = None) -> dict[str, Any]:
        """Book the end of the run, write ``reports/<run>.json`` and its page, and return it. Raises RunError."""
        report: dict[str, Any] = {
            "run": self.id,
            "started": self.started.isoformat(),
            "ended": now().isoformat(),
            "exit_code": exit_code,
            **self.tally(),
            **self.told(),
            **({"invented": True} if self.invented else {}),
            "output": str(self.output),
            "missing_from_disk": list(self.earlier.missing.values()),
        }
        report |= {**self.figures.told(report, self.outcomes), **(extra or {})}
        with self.writing():
            write_report(self.output / "reports", report)
        return on_disk(self.output / "reports", report)
