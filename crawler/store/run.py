"""One run: the lock, the stores it writes to, and the tally of what became of every article."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.assemble.merge import worse_origins
from crawler.assemble.outcome import Assembled
from crawler.exits import RunError
from crawler.items import Page
from crawler.store.atomic import remove_leftovers
from crawler.store.engine import LedgerError, now
from crawler.store.ledger import Ledger, set_aside
from crawler.store.lock import RunLock, not_writable
from crawler.store.on_disk import EarlierRuns
from crawler.store.posts import PostStore
from crawler.store.quarantine import Quarantine
from crawler.store.report import write_report
from crawler.store.stand_in import keep_apart, mark
from crawler.store.tables import LOST
from crawler.store.tally import Tally


class Run(Tally):
    """A context manager: entered, it holds the lock on the output folder; left, everything is closed.

    Both doors use it, so that a crawl and a reprocessing write, count and report alike.
    """

    def __init__(self, output: Path, ledger_url: str | None = None, *, keep_edited: bool = True) -> None:
        super().__init__()
        self.output = output
        self.worse = worse_origins(None)
        """Origins of bodies in whose place a later run puts a better one."""
        self.posts = PostStore(output, keep_edited=keep_edited)
        self.quarantine = Quarantine(output)
        self.started = now()
        self.id = f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        self.fatal: RunError | None = None
        self.ledger_url = ledger_url or f"sqlite:///{output / 'state' / 'ledger.sqlite'}"
        self.invented: bool | None = None
        """Whether the articles that come in are the stand-in's; None where none do."""
        self._lock = RunLock(output)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The run that the settings want: FINEWS_OUTPUT_DIR, _LEDGER_URL, _EDITED, _ORIGINS. Raises ValueError."""
        edited = settings.get("FINEWS_EDITED") or "keep"
        if edited not in {"keep", "overwrite"}:
            raise ValueError(f"FINEWS_EDITED={edited!r}: say keep or overwrite")
        output, ledger_url = Path(settings["FINEWS_OUTPUT_DIR"]), settings.get("FINEWS_LEDGER_URL") or None
        run = cls(output, ledger_url, keep_edited=edited == "keep")
        run.worse = worse_origins(settings.get("FINEWS_ORIGINS"))
        return run

    def __enter__(self) -> Self:
        if self.invented is not None:
            keep_apart(self.output, invented=self.invented)
        self._lock.take()
        try:
            with self.writing():
                self.posts.open()
                self.quarantine.open()
                for folder in (self.output / "reports", *(self.output / "assets" / "kline").glob("*")):
                    remove_leftovers(folder)
                self.ledger = Ledger(self.ledger_url)
                if self.invented is not None:
                    mark(self.output, self.ledger, invented=self.invented)
                self.earlier = EarlierRuns(self.posts.posts, self.ledger, keep_edited=self.posts.keep_edited)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def set_ledger_aside(self) -> Path | None:
        """Put a ledger that cannot be used out of the way, before the run is entered; where to. Raises RunError."""
        self._lock.take()
        try:
            with self.writing():
                return set_aside(self.ledger_url, self.output / "state")
        finally:
            self._lock.release()

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
            self.fatal = self.fatal or RunError(str(error), error.exit_code)
            raise self.fatal from error

    def compare(self) -> None:
        """Compare disk and ledger, at the beginning of a run. Raises RunError."""
        with self.writing():
            for code in self.earlier.compare():
                self._resolved(code)
        self.notes["edited_by_hand"] += self.earlier.edited

    def store(self, done: Sequence[Assembled]) -> None:
        """Book rejections with their reasons; put posts durably in place and book them. Raises RunError.

        A code that stands for a rejection and a post is the post's. Bytes that no worker prepared are prepared here.
        The ledger comes last: what it does not know is made again.
        """
        with self.writing():
            for one in done:
                self.posts.prepare(one)
        for one in done:
            self.counts.update(one.counts)
            if one.outcome == "quarantined":
                self.quarantined(one.code, one.reason, one.page)
            elif one.outcome == "out_of_scope":
                self.out_of_scope(one.code, one.reason)
        self._leave_alone([one for one in done if one.outcome == "unchanged" and not one.post])
        if not (posts := [one for one in done if one.post]):
            return
        with self.writing():
            self.posts.commit(posts)
            for one in posts:
                self.posts.write_stub(one)
                self._resolved(one.code)
            self.counts["posts/moved"] += self.posts.remove_moved(posts, self.ledger, self.outcomes)
            self.ledger.written(posts, self.worse)
        for one in posts:
            assert one.post
            self.counts[f"origin/{one.post.origin}"] += 1
            for note in one.post.notes:
                self.counts[note] += 1
                self.notes[note].append(one.code)
            self.book(one.code, one.outcome)

    def _leave_alone(self, edited: Sequence[Assembled]) -> None:
        if not edited:
            return
        with self.writing():
            for one in edited:
                self._resolved(one.code)
            self.ledger.left_alone(edited)
        for one in edited:
            self.notes["edited_by_hand"] += {one.file} - self.earlier.edited
            self.book(one.code, "unchanged")

    def quarantined(self, code: str, reason: str, page: Page | None = None) -> None:
        """Put the article aside with the reason and the page it was read from."""
        reason = f"{LOST}{reason}" if code in self.earlier.missing else reason
        with self.writing():
            title, url = self.ledger.shown(code)
            entry = self.quarantine.add(code, reason, page or Page(url=url, body=b""), title)
            self.ledger.failed(code, reason)
        self.book(code, "quarantined", reason)
        self.tell_failed(entry)

    def lost_page(self, url: str, reason: str, page: Page | None = None) -> None:
        """Put aside a page that names no single article (a list page): articles only it names may be missing."""
        with self.writing():
            entry = self.quarantine.add(url, reason, page or Page(url=url, body=b""))
        self.reasons[reason] += 1
        self.tell_failed(entry)

    def lost_list(self, url: str, reason: str, page: Page | None = None) -> None:
        """Put aside a list page of the site."""
        self.counts["lists/failed"] += 1
        self.lost_page(url, reason, page)

    def lost_article(self, code: str, reason: str, page: Page) -> None:
        """Put aside the file of an article that nothing else tells of: it is found, and cannot be read."""
        with self.writing():
            entry = self.quarantine.add(page.source, reason, page)
        self.book(code, "quarantined", reason)
        self.tell_failed(entry)

    def page_recovered(self, url: str) -> None:
        """A page that was put aside before is readable now."""
        with self.writing():
            self._resolved(url)

    def out_of_scope(self, code: str, reason: str) -> None:
        """Book an article that is none of ours, with the reason."""
        with self.writing():
            self.ledger.left_out(code, reason)
        self.book(code, "out_of_scope", reason)

    def withdrawn(self, words: str, *codes: str) -> None:
        """Book that the site, as it says, no longer has the article of these codes, which are spellings of one.

        A post that there is stays; nothing is missing. It is told in the first run that meets it.
        """
        if lost := [code for code in codes if code in self.earlier.missing]:
            self.quarantined(lost[0], words)
            return
        with self.writing():
            files = {code: one.file for code, one in self.earlier.records(codes).items()}
            kept = {code: file for code, file in files.items() if (self.posts.posts / file).is_file()}
            is_news = self.ledger.withdrawn(words, codes, kept)
        for code in kept or codes[:1]:
            self._resolved(code)
            self.book(code, "unchanged" if kept else "out_of_scope", f"withdrawn: {words}" if is_news else "")
            if is_news:
                self.notes["withdrawn"].append(code)
        self.counts["articles/withdrawn"] += 1
        self.counts["articles/withdrawn_unseen"] += is_news and not kept

    def _resolved(self, code: str) -> None:
        if self.quarantine.remove(code):
            self.counts["quarantine/resolved"] += 1

    def tally(self) -> dict[str, int]:
        """How many articles were found and what became of them; ``unfinished``, apart, is left to a later run."""
        with self.writing():
            return self.sums(self.ledger.states())

    def report(self, exit_code: int, extra: dict[str, Any] | None = None) -> dict[str, Any]:
        """Book the end of the run, write ``reports/<run>.json`` and return it. Raises RunError."""
        told = {"run": self.id, "started": self.started.isoformat(), "ended": now().isoformat()}
        report: dict[str, Any] = {
            **told,
            "exit_code": exit_code,
            **self.tally(),
            "counts": dict(sorted(self.counts.items())),
            "reasons": dict(self.reasons.most_common()),
            "failed": self.failed,
            **{name: told for name in ("given_up", "left_alone", "lists_gone") if (told := getattr(self, name))},
            **({"invented": True} if self.invented else {}),
            "output": str(self.output),
            "missing_from_disk": list(self.earlier.missing.values()),
            **{note: sorted(codes) for note, codes in sorted(self.notes.items())},
            **(extra or {}),
        }
        with self.writing():
            write_report(self.output / "reports", report)
        return report
