"""Opens the run of a crawl (lock, stores, ledger) and ends it with its exit code, report and summary."""

from pathlib import Path

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from crawler import exits
from crawler.store.run import Run
from crawler.summary import summary


class RunExtension:
    """Holds the Run that spiders and pipelines of this crawl share."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self.run = Run(Path(settings["FINEWS_OUTPUT_DIR"]), settings.get("FINEWS_LEDGER_URL") or None)
        self.run.__enter__()
        self.exit_code = exits.INTERNAL_ERROR

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RunExtension":
        """The extension; raises RunError when the output is locked or cannot be written."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Decide the exit code, write the report, say how it went."""
        run = self.run
        self.exit_code = self._exit_code(reason)
        run.ledger.end_run(run.id, self.exit_code)
        report = run.report(self.exit_code)
        for name, number in run.tally().items():
            self._crawler.stats.set_value(f"finews/{name}", number)
        for name, number in run.counts.items():
            self._crawler.stats.set_value(f"finews/{name}", number)
        run.close()
        print(summary(report))

    def _exit_code(self, reason: str) -> int:
        run, stats, tally = self.run, self._crawler.stats, self.run.tally()
        if run.fatal:
            return run.fatal.exit_code
        if reason == "shutdown":
            return exits.INTERRUPTED
        if reason == "blocked" or run.counts["refused/lists"]:
            return exits.BLOCKED
        if stats.get_value("spider_exceptions/count", 0) or stats.get_value("finews/pipeline_errors", 0):
            return exits.INTERNAL_ERROR
        if not tally["found"] and not run.counts["lists/read"] and not run.counts["lists/unchanged"]:
            return exits.NOTHING_FETCHED
        if tally["unfinished"]:
            return exits.BLOCKED if run.counts["refused/posts"] else exits.INTERNAL_ERROR
        return exits.IN_QUARANTINE if tally["quarantined"] or run.counts["lists/failed"] else exits.OK
