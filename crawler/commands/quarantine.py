"""``finews quarantine list|retry|drop [ID…]``: what could not be made into a post, and why."""

import argparse
import sys
from collections.abc import Collection, Iterable

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.nearest import suggest
from crawler.printable import printable
from crawler.words import translated

_VERBS = ("list", "retry", "drop")


class Command(FinewsCommand):
    """Show, retry or drop what could not be made into a post."""

    arguments = "list|retry|drop [ID...]"
    examples = (
        "list",
        "retry  # all of it, at the next crawl",
        "drop NW202201142248170578",
    )
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.LOCKED, exits.NOT_WRITABLE, exits.INTERRUPTED)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Lists the entries, asks for them again at the next run (both without ids: all), or forgets them."""
        from crawler.store.quarantine import Quarantine

        if not args or args[0] not in _VERBS:
            raise UsageError(": ".join(["say list, retry or drop", *(suggest(word, _VERBS) for word in args[:1])]))
        verb, ids = args[0], args[1:]
        if verb == "list":
            quarantine = Quarantine(self.output)
            entries = [*quarantine.entries()]
            _check(ids, {entry.id for entry in entries})
            for entry in entries if not ids else (entry for entry in entries if entry.id in ids):
                told = (entry.id, translated(entry.reason), entry.where, entry.title)
                print("\t".join(map(printable, filter(None, told))))
            for path in quarantine.foreign:
                print(printable(translated(f"{path} is no entry of ours: skipped")), file=sys.stderr)
            return exits.OK
        with self.open_run() as run:
            known = {entry.id: entry for entry in run.quarantine.entries()}
            _check(ids, known)
            if verb == "retry":
                number = run.ledger.retry(ids or None)
                print(translated(f"asked for again at the next crawl: {number}"))
                if saved := sum(known[name].source != "live" for name in ids or known):
                    print(translated(f"of saved files, which only `reprocess` reads again: {saved}"))
            elif not ids:
                raise UsageError("name the entries to drop")
            else:
                for name in ids:
                    run.quarantine.remove(name)
                    run.ledger.drop_list(known[name].url)
                    run.ledger.left_out(name, "dropped from quarantine")
                run.ledger.keep(dict.fromkeys(ids, ()))
                print(translated(f"dropped {len(ids)}"))
        return exits.OK


def _check(ids: Iterable[str], known: Collection[str]) -> None:
    if unknown := [name for name in ids if name not in known]:
        raise ValueError(f"not in quarantine: {', '.join(unknown)}")
