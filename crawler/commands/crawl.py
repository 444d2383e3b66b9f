"""``scrapy crawl`` with honest exit codes: what the run decided, not 0 for whatever happened."""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler import exits, terminal
from crawler.exits import RunError
from crawler.printable import printable
from crawler.store.lock import RunLock


class Command(ScrapyCrawl):
    """Runs a spider and leaves with the exit code of its run."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse a second run here already, before anything heavy is loaded."""
        from crawler.settings_check import check  # noqa: PLC0415 - Scrapy imports every command at every start

        terminal.tolerate()
        super().process_options(args, opts)
        assert self.settings
        try:
            check(self.settings)
            self.settings.set("FEEDS", _kept(self.settings.getdict("FEEDS")), priority="cmdline")
        except ValueError as error:
            print(f"scrapy crawl: {error}", file=sys.stderr)
            sys.exit(exits.WRONG_USAGE)
        lock = RunLock(Path(self.settings["FINEWS_OUTPUT_DIR"]))
        try:
            lock.take()
        except RunError as error:
            print(f"scrapy crawl: {error}", file=sys.stderr)
            sys.exit(error.exit_code)
        lock.release()

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that the arguments name."""
        if len(args) != 1:
            raise UsageError("name one spider: scrapy crawl finews")
        assert self.crawler_process
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            raise UsageError(f"no spider is named {args[0]!r}: see `scrapy list`") from None
        outcome: list[BaseException] = []
        awaited: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        if isinstance(awaited, asyncio.Task):
            awaited.add_done_callback(lambda task: outcome.extend(filter(None, [task.exception()])))
        else:
            awaited.addErrback(lambda failure: outcome.append(failure.value))
        self.crawler_process.start()
        self.exitcode = _exit_code(crawler, outcome)


def _kept(feeds: dict[str, Any]) -> dict[str, Any]:
    """The exports, none of which empties a file that holds an earlier run's: ``-O`` goes on in it, or is refused."""
    kept = {}
    for uri, feed in feeds.items():
        path = Path(uri.removeprefix("file://"))
        if feed.get("overwrite") and path.is_file() and path.stat().st_size:
            if feed.get("format") not in {"jsonlines", "jsonl", "jl"}:
                raise ValueError(f"{path} is there already, and an export holds what one run made: give another name")
            feed = feed | {"overwrite": False}  # noqa: PLW2901
        kept[uri] = feed
    return kept


def _exit_code(crawler: Crawler, outcome: list[BaseException]) -> int:
    from crawler.extensions.run import RunExtension  # noqa: PLC0415 - heavy, and Scrapy imports every command

    if not outcome:
        extension = crawler.get_extension(RunExtension)
        return extension.exit_code if extension else exits.INTERNAL_ERROR
    error = outcome[0]
    print(f"scrapy crawl: {printable(str(error))}", file=sys.stderr)
    if isinstance(error, RunError):
        return error.exit_code
    return exits.WRONG_USAGE if isinstance(error, (ValueError, TypeError)) else exits.INTERNAL_ERROR
