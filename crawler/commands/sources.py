"""``finews sources [--json]``: which columns, lists and origins live."""

import argparse
import json
from typing import Any, ClassVar

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable


class Command(FinewsCommand):
    """Tell which columns, lists and origins live, are dead, or blocked."""

    requires_crawler_process = True
    arguments = ""
    examples = ("", "--json")
    exit_codes = (
        exits.OK, exits.INTERNAL_ERROR, exits.WRONG_USAGE, exits.NOTHING_FETCHED, exits.NOT_WRITABLE, exits.INTERRUPTED,
    )  # fmt: skip
    options: ClassVar[dict[str, dict[str, Any]]] = {
        "--json": {"action": "store_true", "help": "print an array of objects"}
    }

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Asks each source once, for little; nothing is written."""
        from crawler.sites import Sites
        from crawler.sources.spider import SourcesSpider
        from crawler.sources.state import is_enough, table

        if args:
            raise ValueError(f"sources takes no names: {' '.join(args)}")
        crawler = self.crawler_process.create_crawler(SourcesSpider)
        self.crawler_process.crawl(crawler)
        self.crawler_process.start()
        states = crawler.spider.states if isinstance(crawler.spider, SourcesSpider) else []
        if not states:
            stopped = crawler.stats and crawler.stats.get_value("finish_reason") == "shutdown"
            raise KeyboardInterrupt if stopped else RunError(exits.WORDS[exits.INTERNAL_ERROR], exits.INTERNAL_ERROR)
        if opts.json:
            print(json.dumps([one.as_json() for one in states], indent=1))
        else:
            print("\n".join(map(printable, table(states))))
        enough = is_enough(states, Sites.from_settings(self.settings))
        return exits.OK if enough else exits.NOTHING_FETCHED
