"""How far a reprocessing is: one line that moves on a terminal, a line a second elsewhere."""

import sys
import time
from collections.abc import Callable


class Progress:
    """Counts, rate and remaining time, on standard error."""

    def __init__(self) -> None:
        self.articles = 0
        """How many articles are to be written, once that is known."""
        self._began = self._told = time.monotonic()
        self._moving = sys.stderr.isatty()
        self._done = 0
        self._writing_since = 0.0

    def read(self, pages: int) -> None:
        """So many pages were read."""
        seconds = max(time.monotonic() - self._began, 1e-3)
        self._tell(lambda: f"read {pages} pages, {pages / seconds:.0f} a second")

    def wrote(self, articles: int) -> None:
        """So many more articles are done."""
        self._writing_since = self._writing_since or time.monotonic()
        self._done += articles
        rate = self._done / max(time.monotonic() - self._writing_since, 1e-3)
        left = max(self.articles - self._done, 0) / max(rate, 1e-3)
        self._tell(lambda: f"wrote {self._done} of {self.articles} articles, {rate:.0f} a second, {left:.0f} s to go")

    def end(self) -> None:
        """Leave the line to what comes next."""
        if self._moving:
            sys.stderr.write("\r\033[K")

    def _tell(self, text: Callable[[], str]) -> None:
        """Say it, unless something was said a moment ago."""
        if time.monotonic() - self._told >= (0.2 if self._moving else 1.0):
            self._told = time.monotonic()
            sys.stderr.write(f"\r\033[K{text()}" if self._moving else f"{text()}\n")
            sys.stderr.flush()
