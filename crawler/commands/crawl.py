"""``finews crawl`` with honest exit codes: what the run decided, not 0 for whatever happened."""

import argparse
import asyncio
import gc
import sys
import traceback
from pathlib import Path
from typing import Any, Final

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler import exits, interrupts
from crawler.cli import OurCommand
from crawler.exits import RunError
from crawler.nearest import suggest
from crawler.store.lock import RunLock
from crawler.words import program

COLLECTED_AFTER: Final = 10_000
"""Objects more than before after which Python looks for such as hold each other: those of some dozen pages."""


class Command(OurCommand, ScrapyCrawl):
    """Crawl a site, or what links name, into posts."""

    examples = (
        "finews",
        "finews -a category=renminyoudianbao -a since=2022-01-01 -O posts.jsonl",
        "finews -q  # for cron: says only what is new or wrong",
        "eastmoney -a column=cgnjj -a stock=600519",
        "share -a links=NW202201142248170578",
        "finews -s FINEWS_OUTPUT_DIR=out -s LOG_FORMAT=json --logfile crawl.log",
    )
    exit_codes = tuple(code for code in exits.WORDS if code != exits.FAULTS_FOUND)
    runs_spiders = heeds_settings = has_verbosity = True

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own options; none of ours empties a file."""
        super().add_options(parser)
        (anew,) = (action for action in parser._actions if "-O" in action.option_strings)  # noqa: SLF001
        anew.help = (
            "export this run's articles to FILE (or FILE:FORMAT), a new one: only a .jsonl that is there is gone on in"
        )

    def short_desc(self) -> str:
        """One line for the overview."""
        return OurCommand.short_desc(self)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse a second run here already, before anything heavy is loaded."""
        # Scrapy imports every command. Of its own the first looks through all modules that there are when it is loaded.
        import scrapy.core.downloader.contextfactory  # noqa: F401

        from crawler.settings_check import check, check_spelling
        from crawler.telling.teller import Teller

        super().process_options(args, opts)
        gc.disable()  # until all is loaded: nothing of that goes
        interrupts.install()
        try:
            with Teller(self.settings, args[0] if args else "crawl") as self.teller:
                self.check_words(args, opts)
                check_spelling(self.settings)
                self.settings.set("FEEDS", _kept(self.settings.getdict("FEEDS")), priority="cmdline")
                if (Path(self.settings["FINEWS_OUTPUT_DIR"]) / "state").is_dir():
                    self._refuse_second()
                check(self.settings)
                import crawler.extensions.run  # noqa: F401 - heavy: an interrupt meanwhile leaves no folder

                self._refuse_second()
        except (RunError, ValueError) as error:
            sys.exit(self.refuse(str(error), exits.exit_code_of(error)))
        except KeyboardInterrupt:
            sys.exit(self.refuse(exits.WORDS[exits.INTERRUPTED], exits.INTERRUPTED))
        interrupts.end_at_once(program())  # Scrapy makes the process of the crawl, and hears of no interrupt
        is_wanted = self.settings.getpriority("LOG_LEVEL") == SETTINGS_PRIORITIES["cmdline"]
        if self.settings["FINEWS_VERBOSITY"] == "quiet" and not (is_wanted or self.settings["LOG_FILE"]):
            self.settings.set("LOG_LEVEL", "CRITICAL", priority="cmdline")  # what is wrong is told at the end

    def _refuse_second(self) -> None:
        lock = RunLock(Path(self.settings["FINEWS_OUTPUT_DIR"]))
        lock.take(shared=self.settings.getbool("FINEWS_SHARED"))
        lock.release()

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that the arguments name."""
        interrupts.install()
        try:
            with self.teller:
                self._run(args, opts)
        except ValueError as error:
            self.exitcode = self.refuse(str(error), exits.exit_code_of(error))
        except KeyboardInterrupt:
            self.exitcode = self.refuse(exits.WORDS[exits.INTERRUPTED], exits.INTERRUPTED)

    def _run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.extensions.run import RunExtension  # heavy, and Scrapy imports every command

        if len(args) != 1:
            raise UsageError(f"name one spider: {program()} crawl finews")
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            known = self.crawler_process.spider_loader.list()
            raise UsageError(f"there is no spider {args[0]}: {suggest(args[0], known)}") from None
        spider: Any = crawler.spidercls  # all are ours
        spider.check_arguments(opts.spargs)  # before Python takes self=1 for a word of its own
        outcome: list[BaseException] = []
        awaited: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        if isinstance(awaited, asyncio.Task):
            awaited.add_done_callback(lambda task: outcome.extend(filter(None, [task.exception()])))
        else:
            awaited.addErrback(lambda failure: outcome.append(failure.value))
        RunExtension.teller = self.teller
        interrupts.check()
        gc.freeze()  # what is loaded stays: to look through it again and again were a tenth of a crawl's time
        gc.set_threshold(COLLECTED_AFTER)
        gc.enable()
        self.crawler_process.start()
        extension = None if outcome else crawler.get_extension(RunExtension)
        if outcome:
            self.exitcode = self.refuse(str(outcome[0]), exits.exit_code_of(outcome[0]))
            if self.exitcode == exits.INTERNAL_ERROR:
                traceback.print_exception(outcome[0])
        elif extension is None or not extension.has_ended:  # stopped before its spider was open
            self.exitcode = self.refuse(exits.WORDS[exits.INTERRUPTED], exits.INTERRUPTED)
        else:
            self.exitcode = extension.exit_code
        error = next(iter(outcome), extension.run.fatal if extension else None)
        if extension and extension.is_told_by_others:
            return
        self.teller.end(self.exitcode, extension.report if extension else None, str(error or ""))


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
