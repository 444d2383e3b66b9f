"""One run: the lock, the stores it writes to, and the tally of what became of every article."""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from crawler import post_format
from crawler.exits import RunError
from crawler.items import Page, Post
from crawler.store.atomic import remove_leftovers, write_atomic
from crawler.store.ledger import Ledger, now
from crawler.store.lock import RunLock, not_writable
from crawler.store.posts import PostStore
from crawler.store.quarantine import Quarantine

Outcome = Literal["written", "unchanged", "quarantined", "out_of_scope"]


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
        self.article_reasons: dict[str, str] = {}
        self.found: set[str] = set()
        self.started = now()
        self.id = f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        self.fatal: RunError | None = None
        self._ledger_url = ledger_url or f"sqlite:///{output / 'state' / 'ledger.sqlite'}"
        self._lock = RunLock(output)

    def __enter__(self) -> Self:
        self._lock.take()
        try:
            with self.writing():
                self.posts.open()
                self.quarantine.open()
                for folder in (self.output / "reports", *(self.output / "assets" / "kline").glob("*")):
                    remove_leftovers(folder)
                self.ledger = Ledger(self._ledger_url)
                self.ledger.begin_run(self.id)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and let the lock go."""
        self.ledger.close()
        self._lock.release()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Whatever touches disk or ledger happens in here: their refusal becomes the one error that ends the run."""
        try:
            yield
        except OSError as error:
            self.fatal = self.fatal or not_writable(self.output, error)
            raise self.fatal from error

    # --- what became of an article

    def write(self, code: str, post: Post) -> Outcome:
        """Write the post and book it under the code it was found by. Raises RunError when the disk refuses."""
        with self.writing():
            data = post_format.render(post)
            outcome: Outcome = self.posts.write(post, data)
            self.posts.write_stub(post)
            digest, file = hashlib.sha256(data).hexdigest(), post_format.file_name(post)
            self._moved([(code, file)])
            self.ledger.written(code, post, file, digest)
            self._resolved(code)
        self.counts[f"origin/{post.origin}"] += 1
        return self._book(code, outcome)

    def booked(self, done: list[tuple[str, Post, str, str, Outcome]]) -> None:
        """Book posts that other processes wrote: code, post, file name, sha256, outcome."""
        if not done:
            return
        with self.writing():
            self._moved([(code, file) for code, _, file, *_ in done])
            self.ledger.written_many([(code, post, file, sha256) for code, post, file, sha256, _ in done])
            for code, post, *_ in done:
                self.posts.write_stub(post)
                self._resolved(code)
        for code, *_, outcome in done:
            self._book(code, outcome)

    def _moved(self, places: list[tuple[str, str]]) -> None:
        """Remove the files that articles had before their day was known better: (code, file name now)."""
        before = self.ledger.files([code for code, _ in places])
        for code, file in places:
            if before.get(code, file) != file:
                self.posts.remove(before[code])
                self.counts["posts/moved"] += 1

    def quarantined(self, code: str, reason: str, page: Page | None = None, *, source: str = "") -> None:
        """Put the article aside with the reason and the page it was read from, or the name of its file."""
        with self.writing():
            self.quarantine.add(code, reason, page or _named(source))
            self.ledger.failed(code, reason)
        self.reasons[reason] += 1
        self.article_reasons[code] = reason
        self._book(code, "quarantined")

    def lost_page(self, url: str, reason: str, page: Page | None = None, *, source: str = "") -> None:
        """Put aside a page that names no single article (a list page): articles only it names may be missing."""
        with self.writing():
            self.quarantine.add(url, reason, page or _named(source) or Page(url=url, body=b""))
        self.reasons[reason] += 1

    def lost_article(self, code: str, reason: str, source: str) -> None:
        """Put aside the file of an article that nothing else tells of: it is found, and cannot be read."""
        self.lost_page(source, reason, source=source)
        self.article_reasons[code] = reason
        self._book(code, "quarantined")

    def page_recovered(self, url: str) -> None:
        """A page that was put aside before is readable now."""
        with self.writing():
            self._resolved(url)

    def out_of_scope(self, code: str, reason: str) -> None:
        """Book an article that is none of ours, with the reason."""
        with self.writing():
            self.ledger.left_out(code, reason)
        self.reasons[reason] += 1
        self._book(code, "out_of_scope")

    def _resolved(self, code: str) -> None:
        if self.quarantine.remove(code):
            self.counts["quarantine/resolved"] += 1

    def _book(self, code: str, outcome: Outcome) -> Outcome:
        self.found.add(code)
        self.outcomes[code] = outcome
        return outcome

    # --- the end

    def tally(self) -> dict[str, int]:
        """How many articles were found and what became of them; ``unfinished``, apart, is left to a later run."""
        with self.writing():
            states = self.ledger.states()
        ends = Counter(self.outcomes.get(code, _ENDS.get(states.get(code, ""), "unfinished")) for code in self.found)
        done = {name: ends[name] for name in ("written", "unchanged", "quarantined", "out_of_scope")}
        return {"found": sum(done.values()), **done, "unfinished": ends["unfinished"]}

    def report(self, exit_code: int, extra: dict[str, Any] | None = None) -> dict[str, Any]:
        """Book the end of the run, write ``reports/<run>.json`` and return it. Raises RunError."""
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
        data = _spelled(report).encode("utf-8", "replace")
        with self.writing():
            self.ledger.end_run(self.id, exit_code)
            write_atomic(self.output / "reports" / f"{self.id}.json", data)
        return report


def _spelled(report: Mapping[str, Any]) -> str:
    """The report as JSON; of lists each item on a line of its own: there may be very many."""
    lists = {name: value for name, value in report.items() if isinstance(value, list) and value}
    text = json.dumps(
        {name: value for name, value in report.items() if name not in lists}, ensure_ascii=False, indent=1
    )
    for name, items in lists.items():
        lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
        text = f'{text.removesuffix("}").rstrip()},\n "{name}": [\n  {lines}\n ]\n}}'
    return text


_ENDS: dict[str, str] = {"written": "unchanged", "quarantined": "quarantined", "out_of_scope": "out_of_scope"}


def _named(source: str) -> Page | None:
    """A page of which only the file's name is kept: the file itself lies where the user has it."""
    return Page(url="", body=b"", source=source) if source else None
