"""What a run says while it goes: a display on a terminal, a line a minute elsewhere, or a line an article."""

import math
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from time import monotonic
from typing import TYPE_CHECKING

from crawler.printable import printable
from crawler.store.tally import BookedArticle, Tally
from crawler.words import say, translated

if TYPE_CHECKING:
    from crawler.display import Display

EVERY = 60.0
"""Seconds between two lines, and before the first."""
REFRESH = 1.0
"""The same of a display."""
_SURE = 3.0
"""Seconds from which on it can be told how many articles come in a minute."""


class Progress:
    """Of one run, through either door; it says nothing after ``end``."""

    def __init__(self, run: Tally, verbosity: str, found: Callable[[], int] | None = None) -> None:
        """``found``: how many articles there are; by default what the run counts."""
        self._found = found or run.how_many
        self._pages = 0
        self.left: Callable[[], float | None] = lambda: None
        """Seconds until the end, where they can be told."""
        self.waits: Callable[[], Iterable[str]] = tuple
        """A line for each host that is waited for."""
        self._run = run
        self._began = monotonic()
        self._quiet = verbosity == "quiet"
        has_display = verbosity == "normal" and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._has_display = has_display
        self._display: Display | None = None
        self._next = math.inf if self._quiet else self._began + (0 if has_display else EVERY)
        if verbosity != "normal":
            run.on_article = self._article

    def all_is_found(self) -> None:
        """From here on articles are made, and nothing else: it can be told how long the others will take."""
        self._began = monotonic()
        self.left = lambda: max(self._found() - len(self._run.outcomes), 0) / self._rate if self._rate else None

    @property
    def _rate(self) -> float:
        """Articles that came to an end, a second."""
        return len(self._run.outcomes) / max(monotonic() - self._began, 1e-3)

    def tick(self, pages: int = 0) -> None:
        """Say how far it is, if it is time for that; so many pages of files were read."""
        self._pages = max(pages, self._pages)
        now = monotonic()
        if now < self._next:
            return
        self._next = now + (REFRESH if self._has_display else EVERY)
        lines = [say("and").join(self._numbers()), say("and").join(self._pace()), *map(printable, self.waits())]
        lines = list(filter(None, lines))
        if self._has_display:
            from crawler.display import Display  # noqa: PLC0415 - only a terminal needs it

            self._display = self._display or Display()
            self._display.show(lines)
        else:
            sys.stderr.write("; ".join(lines) + "\n")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the terminal to what comes next."""
        self._next = math.inf
        if self._display:
            self._display.close()

    def _numbers(self) -> Iterable[str]:
        ends = Counter(self._run.outcomes.values())
        if self._pages:
            yield say("pages", self._pages)
        yield say("found", self._found())
        for name in ("written", "unchanged"):
            yield say(name, ends[name])
        yield say("failed", len(self._run.failed))

    def _pace(self) -> Iterable[str]:
        if self._run.outcomes and monotonic() - self._began >= _SURE:
            yield say("rate", round(self._rate * 60))
        if seconds := self.left():
            yield say("to_go", duration(seconds))

    def _article(self, told: BookedArticle) -> None:
        words = filter(None, (told.title or told.code, told.address))
        if not self._quiet:
            line = f"{say(f'one_{told.outcome}')} {' '.join(words)}"
            print(printable(say("of", line, translated(told.reason)) if told.reason else line), flush=True)
        elif told.is_new:
            print(printable(" ".join(words)), flush=True)


def duration(seconds: float) -> str:
    """How long it is, in the unit that people would say."""
    for size, name in ((3600, "hours"), (60, "minutes")):
        if seconds >= 1.5 * size:
            return say(name, round(seconds / size))
    return say("seconds", math.ceil(seconds))
