"""Something that is told to others while nobody waits for it, but for a while at the end."""

from collections.abc import Callable, Iterable
from threading import Thread
from time import monotonic
from urllib.error import HTTPError, URLError

AT_BEGIN, AT_END = 2.0, 6.0
"""Seconds that a run waits for those who are told of it, for all of them together."""


class Errand(Thread):
    """Runs the work, which returns why it failed, or ""; the process may end before it does."""

    def __init__(self, work: Callable[[], str]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.why = "no answer in time"
        """Why it failed, "" when it did not. Never an address: it may hold a secret."""
        self.start()

    def run(self) -> None:
        """Do the work; whatever a receiver does, and whatever fails on the way to it, costs the run nothing."""
        try:
            self.why = self._work()
        except HTTPError as error:
            self.why = f"HTTP status {error.code}"
        except URLError as error:
            self.why = type(error.reason).__name__ if isinstance(error.reason, Exception) else "no such address"
        except Exception as error:  # noqa: BLE001 - of a library that talks to a hundred services; it is told
            self.why = type(error).__name__


def wait(errands: Iterable[Errand], seconds: float) -> None:
    """Wait for all of them, together no longer than so."""
    end = monotonic() + seconds
    for errand in errands:
        errand.join(max(0.0, end - monotonic()))
