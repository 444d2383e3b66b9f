"""``scrapy quarantine list|retry|drop [ID…]``: what could not be made into a post, and why."""

import argparse
import sys

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.printable import printable


class Command(FinewsCommand):
    """Show, retry or drop what could not be made into a post."""

    arguments = "list|retry|drop [ID...]"

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Lists the entries, asks for them again at the next run (without ids, for all), or forgets them."""
        from crawler.store.quarantine import Quarantine  # noqa: PLC0415 - Scrapy imports every command at every start

        if not args or args[0] not in {"list", "retry", "drop"}:
            raise UsageError("say list, retry or drop")
        verb, ids = args[0], args[1:]
        if verb == "list":
            quarantine = Quarantine(self.output)
            for entry in quarantine.entries():
                print("\t".join(map(printable, filter(None, (entry.id, entry.reason, entry.where, entry.title)))))
            for path in quarantine.foreign:
                print(printable(f"{path} is no entry of ours: skipped"), file=sys.stderr)
            return exits.OK
        with self.open_run() as run:
            known = {entry.id: entry for entry in run.quarantine.entries()}
            if unknown := [name for name in ids if name not in known]:
                raise ValueError(f"not in quarantine: {', '.join(unknown)}")
            if verb == "retry":
                number = run.ledger.retry(ids or None)
                print(f"asked for again at the next crawl: {number}")
            elif not ids:
                raise UsageError("name the entries to drop")
            else:
                for name in ids:
                    run.quarantine.remove(name)
                    run.ledger.drop_list(known[name].url)
                    run.ledger.left_out(name, "dropped from quarantine")
                print(f"dropped {len(ids)}")
        return exits.OK
