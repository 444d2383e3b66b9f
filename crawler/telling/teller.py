"""Tells of one command's run, at its beginning and at its end, whoever the settings name."""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scrapy.exceptions import UsageError

from crawler import exits, interrupts
from crawler.exits import RunError
from crawler.printable import printable
from crawler.telling.errand import AT_END, wait
from crawler.telling.memory import Memory, memory_file
from crawler.telling.news import RunEnd, news
from crawler.telling.notify import Notifier
from crawler.telling.ping import Ping
from crawler.words import translated


class Teller:
    """Tells once how the run ended, however many ask for it: a run that is interrupted has several ends.

    Nothing of it changes an exit code; what could not be told is said on standard error, without addresses. As a
    context manager it tells of what is raised inside.
    """

    def __init__(self, settings: Mapping[str, Any], job: str = "") -> None:
        """Begins to tell. Raises ValueError for settings that cannot be."""
        self._settings, self._job, self._ended = settings, job, False
        self._file = memory_file(Path(settings.get("FINEWS_OUTPUT_DIR") or "output"), job)
        ping, notify = settings.get("FINEWS_PING_URL"), settings.get("FINEWS_NOTIFY")
        self._metrics = settings.get("FINEWS_METRICS_FILE")
        self._ping = Ping(ping) if ping else None
        self._notifier = None
        with self:  # the switch is there, and is told, also of an interruption while it is asked
            if self._ping:
                self._ping.begin()
            self._notifier = Notifier(notify) if notify else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, RunError):
            self.end(error.exit_code, error=str(error))
        elif isinstance(error, (UsageError, ValueError)):
            self.end(exits.WRONG_USAGE, error=str(error))
        elif error:
            self.end(exits.INTERRUPTED if isinstance(error, KeyboardInterrupt) else exits.INTERNAL_ERROR)

    def end(self, exit_code: int, report: dict[str, Any] | None = None, error: str = "") -> None:
        """Tell how it ended: with a report, or else with an error."""
        if self._ended:
            return
        self._ended = True
        interrupts.ignore()  # one that comes now has nothing to end
        ended = RunEnd(exit_code, report, error)
        pings = [self._ping.end(exit_code, f"{ended.text}\n")] if self._ping else []
        before, known = Memory.read(self._file), Memory.read(self._file)
        quiet = self._quiet(report, known) if report and self._notifier else None
        message = news(self._job, ended, quiet or {}, before)
        sent = self._notifier.send(*message) if message and self._notifier else []
        wait([*pings, *sent], AT_END)
        for name, errands in (("FINEWS_PING_URL", pings), ("FINEWS_NOTIFY", sent)):
            for why in filter(None, (errand.why for errand in errands)):
                _say(f"{name}: not told ({why})")
        if exit_code == exits.OK:
            known.success = int(time.time())
        if self._notifier and not (sent and all(errand.why for errand in sent)):
            known.quiet = before.quiet if quiet is None else [*quiet]
            known.exit_code = before.exit_code if exit_code == exits.INTERRUPTED else exit_code
        if self._notifier or self._metrics:
            self._write(known, exit_code, report or {}, changed=known != before)

    def _quiet(self, report: Mapping[str, Any], known: Memory) -> dict[str, str] | None:
        # Heavy, and few want it: a command that is refused leaves before.
        from crawler.store.engine import LedgerError  # noqa: PLC0415
        from crawler.store.run import Run  # noqa: PLC0415
        from crawler.telling.silence import silences  # noqa: PLC0415

        try:
            return silences(report, Run.of(self._settings).ledger_url, known)
        except (LedgerError, OSError) as error:
            _say(f"FINEWS_NOTIFY: what is quiet is not known: {error}")
            return None

    def _write(self, known: Memory, exit_code: int, report: Mapping[str, Any], *, changed: bool) -> None:
        """Write the gauges, and what is to be remembered."""
        try:
            if self._metrics:
                from crawler.telling.metrics import write_metrics  # noqa: PLC0415 - few want it

                write_metrics(Path(self._metrics), exit_code, report, known.success)
            if changed:
                known.write(self._file)
        except OSError as error:
            _say(f"cannot write {error.filename}: {error.strerror}")


def _say(what: str) -> None:
    print(printable(translated(what)), file=sys.stderr)
