"""One run: the lock, the stores it writes to, and the tally of what became of every article."""

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler import exits
from crawler.assemble.outcome import Assembled, Outcome
from crawler.exits import RunError
from crawler.items import Page
from crawler.store.atomic import remove_leftovers, write_atomic
from crawler.store.engine import LedgerError, now
from crawler.store.ledger import Ledger
from crawler.store.lock import RunLock, not_writable
from crawler.store.posts import PostStore
from crawler.store.quarantine import Quarantine


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
        self.notes: defaultdict[str, list[str]] = defaultdict(list)
        """The codes of posts by what their notes say."""
        self.found: set[str] = set()
        self.lists_gone: list[str] = []
        """Slugs of list pages that were there in earlier runs."""
        self.given_up: dict[str, str] = {}
        """Hosts that were asked for nothing more, and why."""
        self.started = now()
        self.id = f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        self.fatal: RunError | None = None
        self._ledger_url = ledger_url or f"sqlite:///{output / 'state' / 'ledger.sqlite'}"
        self._lock = RunLock(output)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The run that the settings want: FINEWS_OUTPUT_DIR, FINEWS_LEDGER_URL."""
        return cls(Path(settings["FINEWS_OUTPUT_DIR"]), settings.get("FINEWS_LEDGER_URL") or None)

    def __enter__(self) -> Self:
        self._lock.take()
        try:
            with self.writing():
                self.posts.open()
                self.quarantine.open()
                for folder in (self.output / "reports", *(self.output / "assets" / "kline").glob("*")):
                    remove_leftovers(folder)
                self.ledger = Ledger(self._ledger_url)
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
        with suppress(OSError):  # the next run clears away what this one cannot
            self.posts.close()
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
        except LedgerError as error:
            self.fatal = self.fatal or RunError(str(error), exits.INTERNAL_ERROR)
            raise self.fatal from error

    # --- what became of an article

    def store(self, done: Sequence[Assembled]) -> None:
        """Book rejections with their reasons; put posts durably in place and book them. Raises RunError.

        A code that stands for a rejection and a post is the post's. Bytes that no worker prepared are prepared here.
        The ledger comes last: what it does not know is made again.
        """
        for one in done:
            self.counts.update(one.counts)
            if one.outcome == "quarantined":
                self.quarantined(one.code, one.reason, one.page)
            elif one.outcome == "out_of_scope":
                self.out_of_scope(one.code, one.reason)
        if not (posts := [one for one in done if one.post]):
            return
        with self.writing():
            for one in posts:
                self.posts.prepare(one)
            self.posts.commit(posts)
            for one in posts:
                self.posts.write_stub(one)
                self._resolved(one.code)
            self._remove_moved(posts)
            self.ledger.written(posts)
        for one in posts:
            assert one.post
            self.counts[f"origin/{one.post.origin}"] += 1
            for note in one.post.notes:
                self.counts[note] += 1
                self.notes[note].append(one.code)
            self._book(one.code, one.outcome)

    def _remove_moved(self, posts: Sequence[Assembled]) -> None:
        """Remove the files that articles had before their day was known better."""
        before = self.ledger.files([one.code for one in posts])
        for one in posts:
            if before.get(one.code, one.file) != one.file:
                self.posts.remove(before[one.code])
                self.counts["posts/moved"] += 1

    def quarantined(self, code: str, reason: str, page: Page | None = None) -> None:
        """Put the article aside with the reason and the page it was read from."""
        with self.writing():
            self.quarantine.add(code, reason, page)
            self.ledger.failed(code, reason)
        self._book(code, "quarantined", reason)

    def lost_page(self, url: str, reason: str, page: Page | None = None) -> None:
        """Put aside a page that names no single article (a list page): articles only it names may be missing."""
        with self.writing():
            self.quarantine.add(url, reason, page or Page(url=url, body=b""))
        self.reasons[reason] += 1

    def lost_list(self, url: str, reason: str, page: Page | None = None) -> None:
        """Put aside a list page of the site."""
        self.counts["lists/failed"] += 1
        self.lost_page(url, reason, page)

    def lost_article(self, code: str, reason: str, page: Page) -> None:
        """Put aside the file of an article that nothing else tells of: it is found, and cannot be read."""
        with self.writing():
            self.quarantine.add(page.source, reason, page)
        self._book(code, "quarantined", reason)

    def page_recovered(self, url: str) -> None:
        """A page that was put aside before is readable now."""
        with self.writing():
            self._resolved(url)

    def out_of_scope(self, code: str, reason: str) -> None:
        """Book an article that is none of ours, with the reason."""
        with self.writing():
            self.ledger.left_out(code, reason)
        self._book(code, "out_of_scope", reason)

    def _resolved(self, code: str) -> None:
        if self.quarantine.remove(code):
            self.counts["quarantine/resolved"] += 1

    def _book(self, code: str, outcome: Outcome, reason: str = "") -> None:
        self.found.add(code)
        self.outcomes[code] = outcome
        if reason:
            self.reasons[reason] += 1
            self.article_reasons[code] = reason

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
            **({"given_up": self.given_up} if self.given_up else {}),
            **({"lists_gone": self.lists_gone} if self.lists_gone else {}),
            "output": str(self.output),
            **{note: sorted(codes) for note, codes in sorted(self.notes.items())},
            **(extra or {}),
        }
        data = _spelled(report).encode("utf-8", "replace")
        with self.writing():
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
