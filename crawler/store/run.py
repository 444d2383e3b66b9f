"""One run: the lock, the stores it writes to, and the tally of what became of every article."""

import fcntl
import hashlib
import json
import os
import secrets
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Literal, Self

from crawler import post_format
from crawler.items import Page, Post
from crawler.store.atomic import make_folder, write_atomic
from crawler.store.ledger import Ledger, now
from crawler.store.posts import PostStore
from crawler.store.quarantine import Quarantine

Outcome = Literal["written", "unchanged", "quarantined", "out_of_scope"]

OK: Final = 0
INTERNAL_ERROR: Final = 1
WRONG_USAGE: Final = 2
NOTHING_FETCHED: Final = 3
IN_QUARANTINE: Final = 5
LOCKED: Final = 6
NOT_WRITABLE: Final = 7
BLOCKED: Final = 8
INTERRUPTED: Final = 11


class RunError(Exception):
    """The run cannot begin or go on; carries the exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Run:
    """A context manager: entered, it holds the lock on the output folder; left, everything is closed.

    Both doors use it, so that a crawl and a reprocessing write, count and report alike.
    """

    def __init__(self, output: Path, ledger_url: str | None = None) -> None:
        self.output = output
        self.posts = PostStore(output)
        self.quarantine = Quarantine(output)
        self.counts: Counter[str] = Counter()
        self.outcomes: dict[str, Outcome] = {}
        self.reasons: Counter[str] = Counter()
        self.found: set[str] = set()
        self.started = now()
        self.id = f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        self.fatal: RunError | None = None
        self._ledger_url = ledger_url or f"sqlite:///{output / 'state' / 'ledger.sqlite'}"
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            make_folder(self.output / "state")
            self._take_lock()
            self.posts.open()
            self.quarantine.open()
        except OSError as error:
            raise not_writable(self.output, error) from error
        self.ledger = Ledger(self._ledger_url)
        self.ledger.begin_run(self.id)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and let the lock go."""
        self.ledger.close()
        if self._lock:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> None:
        """A kernel lock: the death of the process releases it, whatever the cause."""
        self._lock = (self.output / "state" / "lock").open("ab")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError(f"another run holds the lock on {self.output}: wait for it to end", LOCKED) from None
        self._lock.truncate(0)
        self._lock.write(f"{os.getpid()}\n".encode())
        self._lock.flush()

    # --- what became of an article

    def write(self, code: str, post: Post) -> Outcome:
        """Write the post and book it under the code it was found by. Raises RunError when the disk refuses."""
        try:
            outcome: Outcome = self.posts.write(post)
        except OSError as error:
            self.fatal = not_writable(self.output, error)
            raise self.fatal from error
        digest = hashlib.sha256(post_format.render(post)).hexdigest()
        self.ledger.written(code, post, post_format.file_name(post), digest)
        if self.quarantine.remove(code):
            self.counts["quarantine/resolved"] += 1
        self.counts[f"origin/{post.origin}"] += 1
        return self._book(code, outcome)

    def quarantined(self, code: str, reason: str, page: Page | None = None) -> None:
        """Put the article aside with the reason and the page it was read from."""
        try:
            self.quarantine.add(code, reason, page)
        except OSError as error:
            self.fatal = not_writable(self.output, error)
            raise self.fatal from error
        self.ledger.failed(code, reason)
        self.reasons[reason] += 1
        self._book(code, "quarantined")

    def lost_page(self, url: str, reason: str, page: Page | None = None) -> None:
        """Put aside a page that names no single article (a list page): articles only it names may be missing."""
        try:
            self.quarantine.add(url, reason, page or Page(url=url, body=b""))
        except OSError as error:
            self.fatal = not_writable(self.output, error)
            raise self.fatal from error
        self.reasons[reason] += 1

    def out_of_scope(self, code: str, reason: str) -> None:
        """Book an article that is none of ours, with the reason."""
        self.ledger.left_out(code, reason)
        self.reasons[reason] += 1
        self._book(code, "out_of_scope")

    def _book(self, code: str, outcome: Outcome) -> Outcome:
        self.found.add(code)
        self.outcomes[code] = outcome
        return outcome

    # --- the end

    def tally(self) -> dict[str, int]:
        """How many articles were found and what became of them; ``unfinished``, apart, is left to a later run."""
        states = self.ledger.states()
        ends = Counter(self.outcomes.get(code, _ENDS.get(states.get(code, ""), "unfinished")) for code in self.found)
        done = {name: ends[name] for name in ("written", "unchanged", "quarantined", "out_of_scope")}
        return {"found": sum(done.values()), **done, "unfinished": ends["unfinished"]}

    def report(self, exit_code: int, extra: dict[str, Any] | None = None) -> dict[str, Any]:
        """Write ``reports/<run>.json`` and return it."""
        report: dict[str, Any] = {
            "run": self.id,
            "started": self.started.isoformat(),
            "ended": now().isoformat(),
            "exit_code": exit_code,
            **self.tally(),
            "counts": dict(sorted(self.counts.items())),
            "reasons": dict(self.reasons.most_common()),
            "output": str(self.output),
            **(extra or {}),
        }
        data = json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        write_atomic(self.output / "reports" / f"{self.id}.json", data)
        return report


_ENDS: dict[str, str] = {"written": "unchanged", "quarantined": "quarantined", "out_of_scope": "out_of_scope"}


def not_writable(output: Path, error: OSError) -> RunError:
    """The error that tells what stood in the way of writing."""
    return RunError(f"cannot write below {output}: {error.strerror or error} ({error.filename or ''})", NOT_WRITABLE)
