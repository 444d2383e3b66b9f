"""Opens the run of a crawl (lock, stores, ledger) and ends it with its exit code, report and summary."""

import asyncio
import sys
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import exits
from crawler.crawl_part import CrawlPart
from crawler.exits import RunError
from crawler.printable import printable
from crawler.progress import Progress
from crawler.search.index import keep_up
from crawler.store.batches import Batches
from crawler.store.fingerprint import made_with
from crawler.store.run import Run
from crawler.store.shared_run import SharedRun
from crawler.store.tally import SUMS
from crawler.summary import ending
from crawler.telling.teller import Teller
from crawler.words import program, say, translated

GRACE = 5.0
"""Seconds that an interrupted worker waits for the ledger."""
LIMITS = ("closespider_", "memusage_", "limit_")
"""How the reasons begin for which a limit ends a crawl."""


class RunExtension(CrawlPart):
    """Holds the Run that spiders and pipelines of this crawl share."""

    LISTENS_TO = ("spider_error", "item_error", "spider_closed")
    teller = Teller({})
    """Whom the command's run is told to, once the command has said so."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.run = (SharedRun if crawler.settings.getbool("FINEWS_SHARED") else Run).of(crawler.settings)
        self.run.job = crawler.spidercls.name
        self.run.invented = crawler.settings.getbool("FINEWS_INVENTED")
        self.run.__enter__()
        self.batches = Batches(self.run)
        self.progress = Progress(self.run, crawler.settings["FINEWS_VERBOSITY"])
        self.exit_code = exits.INTERNAL_ERROR
        self.report: dict[str, Any] | None = None
        self.is_told_by_others = False
        """Whether other workers go on with the crawl, and tell how it ended."""
        self.has_ended = False
        """Whether it said itself how it ended."""
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """That of the crawl, which has one from its beginning on."""
        extension = crawler.get_extension(cls)
        assert extension
        return extension

    def spider_error(self, failure: Failure, response: Response | None = None) -> None:
        """A callback or a pipeline raised: when the disk refused, nothing more can be done."""
        if isinstance(failure.value, RunError):
            self.stop()
        else:
            self.run.counts["errors"] += 1
            error = f"{type(failure.value).__name__}: {failure.value}"
            self.run.notes["internal_errors"].append(f"{error} {response.url if response else ''}".rstrip())

    item_error = spider_error

    def stop(self, reason: str = "fatal") -> None:
        """End the crawl: what is not done stays pending."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))

    def spider_closed(self, reason: str) -> None:
        """Decide the exit code, write the report, say how it went."""
        run, self.has_ended = self.run, True
        self.progress.end()
        try:
            if isinstance(run, SharedRun):
                self._leave(run, reason)
            else:
                self._sum_up(reason)
        except RunError as error:
            self.exit_code = error.exit_code
        if run.fatal:
            print(printable(f"{program()} crawl: {translated(str(run.fatal))}"), file=sys.stderr)
        keep_up(run.output, run.figures.files())
        run.close()

    def _sum_up(self, reason: str) -> None:
        """Decide how the crawl ended, leave what it did not come to to the next, and tell."""
        run, spider = self.run, self._crawler.spider
        self.exit_code = self._exit_code(reason)
        asked_all = reason == "finished" and not run.counts["refused/lists"] and not run.counts["refused/posts"]
        with run.writing():
            run.ledger.ask_again([code for code, ask in run.refused_bodies().items() if ask])
        if asked_all and self.exit_code in {exits.OK, exits.IN_QUARANTINE, exits.BLOCKED}:
            with run.writing():
                assert spider
                run.ledger.keep_settings_fingerprints([made_with(self._crawler.settings)], spider.name)
        if self.exit_code != exits.WRONG_USAGE:
            self._tell()

    def _leave(self, run: SharedRun, reason: str) -> None:
        """Leave the crawl to others, or end it; who was interrupted, or broke, says so itself."""
        spider: Any = self._crawler.spider
        if reason == "shutdown":
            run.ledger.patience = GRACE
        own = len(run.outcomes)
        with run.writing(), run.leaving(spider.leasing.close() if spider.leasing else {}, spider.known) as is_last:
            if is_last:
                self._sum_up(reason)
                return
            self.exit_code = run.fatal.exit_code if run.fatal else exits.OK
            if reason == "shutdown" and not run.fatal:
                self.exit_code = exits.INTERNAL_ERROR if self._crawler.crawling else exits.INTERRUPTED
            elif run.counts["errors"] and not run.fatal:
                self.exit_code = exits.INTERNAL_ERROR
            self.is_told_by_others = self.exit_code == exits.OK
        if self.is_told_by_others and self._crawler.settings["FINEWS_VERBOSITY"] != "quiet":
            print(say("left_to_others", own))

    def _tell(self) -> None:
        run, verbosity = self.run, self._crawler.settings["FINEWS_VERBOSITY"]
        if verbosity == "verbose":
            with run.writing():
                of_site = {} if run.site is None else run.ledger.states(run.site)
                run.tell_known(of_site | run.ledger.counted(None, run.found)[1])
        report = self.report = run.report(self.exit_code)
        for name, number in [*((name, report[name]) for name in SUMS), *run.counts.items()]:
            self._crawler.stats.set_value(f"finews/{name}", number)
        if text := ending(report, verbosity):
            print(text)

    def _exit_code(self, reason: str) -> int:
        """In falling order of weight: what kept the run from ending, then what it could not do."""
        run, tally = self.run, self.run.tally()
        if run.fatal:
            return run.fatal.exit_code
        read = ("lists/read", "lists/unchanged", "lists/misread")
        nothing = not run.outcomes and not any(run.counts[name] for name in read)
        unread = [*run.notes.get("wrong_lines", ()), *run.notes.get("items_unread", ())]
        nothing = nothing and not (unread and not run.how_many())
        depth = tally["unfinished"] and self._crawler.settings.getint("DEPTH_LIMIT")
        rules = (
            # Scrapy says "shutdown" also when its engine failed, but then nobody told the crawler to stop.
            (reason == "shutdown" and not self._crawler.crawling, exits.INTERRUPTED),
            (reason == "shutdown", exits.INTERNAL_ERROR),
            (reason == "unreachable", exits.NOTHING_FETCHED),
            (reason == "blocked" or run.counts["refused/lists"], exits.BLOCKED),
            (run.counts["errors"], exits.INTERNAL_ERROR),
            (reason.startswith(LIMITS) or depth, exits.LIMIT_REACHED),
            (nothing and run.counts["refused/heard"], exits.BLOCKED),
            (nothing, exits.NOTHING_FETCHED),
            (run.refused_bodies(), exits.BLOCKED),
            (tally["unfinished"] and run.counts["refused/posts"], exits.BLOCKED),
            (tally["unfinished"], exits.INTERNAL_ERROR),
            (tally["quarantined"] or run.counts["lists/failed"], exits.IN_QUARANTINE),
            (run.still_missing(), exits.IN_QUARANTINE),
            (any(map(run.notes.get, ("otherwise_made", "not_had_again", "edited_still"))), exits.IN_QUARANTINE),
            (run.counts["articles/withdrawn_unseen"] or unread, exits.IN_QUARANTINE),
        )
        return next((code for holds, code in rules if holds), exits.OK)
