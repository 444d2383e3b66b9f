"""Opens the run of a crawl (lock, stores, ledger) and ends it with its exit code, report and summary."""

import asyncio
import sys

from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from crawler import exits
from crawler.crawl_part import CrawlPart
from crawler.exits import RunError
from crawler.printable import printable
from crawler.store.rules import made_with
from crawler.store.run import Run
from crawler.summary import summary

LIMITS = ("closespider_", "memusage_", "limit_")
"""How the reasons begin for which a limit ends a crawl."""


class RunExtension(CrawlPart):
    """Holds the Run that spiders and pipelines of this crawl share."""

    LISTENS_TO = ("spider_error", "item_error", "spider_closed")

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.run = Run.of(crawler.settings)
        self.run.invented = crawler.settings.getbool("FINEWS_INVENTED")
        self.run.__enter__()
        self.exit_code = exits.INTERNAL_ERROR
        self._closing: asyncio.Future[None] | None = None

    def spider_error(self, failure: Failure) -> None:
        """A callback or a pipeline raised: when the disk refused, nothing more can be done."""
        if isinstance(failure.value, RunError):
            self.stop()
        else:
            self.run.counts["errors"] += 1

    item_error = spider_error

    def stop(self, reason: str = "fatal") -> None:
        """End the crawl: what is not done stays pending."""
        if self._closing is None:
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))

    def spider_closed(self, reason: str) -> None:
        """Decide the exit code, write the report, say how it went."""
        run = self.run
        try:
            self.exit_code = self._exit_code(reason)
            asked_all = reason == "finished" and not run.counts["refused/lists"] and not run.counts["refused/posts"]
            with run.writing():
                run.ledger.ask_again([code for code, ask in run.refused_bodies().items() if ask])
            if asked_all and self.exit_code in {exits.OK, exits.IN_QUARANTINE, exits.BLOCKED}:
                with run.writing():
                    spider = self._crawler.spider
                    assert spider
                    run.ledger.keep_settings_fingerprint(made_with(self._crawler.settings), spider.name)
            if self.exit_code != exits.WRONG_USAGE:
                self._tell()
        except RunError as error:
            self.exit_code = error.exit_code
        if run.fatal:
            print(f"scrapy crawl: {printable(str(run.fatal))}", file=sys.stderr)
        run.close()

    def _tell(self) -> None:
        report = self.run.report(self.exit_code)
        for name, number in [*self.run.tally().items(), *self.run.counts.items()]:
            self._crawler.stats.set_value(f"finews/{name}", number)
        print(summary(report))

    def _exit_code(self, reason: str) -> int:
        """In falling order of weight: what kept the run from ending, then what it could not do."""
        run, tally = self.run, self.run.tally()
        if run.fatal:
            return run.fatal.exit_code
        nothing = not run.outcomes and not run.counts["lists/read"] and not run.counts["lists/unchanged"]
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
            (run.counts["articles/withdrawn_unseen"] or run.notes.get("wrong_lines"), exits.IN_QUARANTINE),
        )
        return next((code for holds, code in rules if holds), exits.OK)
