"""``finews search WORDS… [--json]``: the articles that have the words."""

import argparse
import json

from crawler import exits
from crawler.cli import JsonCommand
from crawler.printable import printable
from crawler.words import translated


class Command(JsonCommand):
    """Find the articles that have all of the words in their title or text."""

    arguments = "WORDS..."
    examples = (
        "联通",
        "联通 5G --since 2022-01-01 --limit 0  # all that there are",
        "党史学习教育 --category renminyoudianbao --json",
    )
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.IN_QUARANTINE, exits.NOT_WRITABLE, exits.INTERRUPTED)
    as_json = "total, seconds and hits as one object; errors, too"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        from crawler.data import options

        super().add_options(parser)
        options.add(parser)
        options.add_as_of(parser)
        parser.add_argument("--limit", type=int, default=10, metavar="N", help="so many at most (10); 0: all")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Asks the index, which is brought up to date before; no lock is asked for."""
        from crawler.data.options import wish_of
        from crawler.search.finder import Finder

        if opts.limit < 0:
            raise ValueError("--limit is a number of articles, 0 for all")
        run = self.open_run()
        finder = Finder(run.output, run.ledger_url, self.mention)
        wish = wish_of(opts, finder.secids_meant, finder.categories)
        found = finder.search(args, wish, opts.limit)
        shown = [(hit, finder.snippet(hit, args)) for hit in found.hits]
        exit_code = self.answered(finder.faults)
        if opts.json:
            hits = [
                {"code": hit.code, "title": hit.title, "published": hit.published_iso, "snippet": piece}
                for hit, piece in shown
            ]
            print(json.dumps({"total": found.total, "seconds": round(found.seconds, 6), "hits": hits}))
        else:
            for hit, piece in shown:
                print(printable(f"{hit.published[:16]}  {hit.code}  {hit.title}"))
                print(printable(f"    {piece}"))
            print(translated(f"found {found.total}, shown {len(shown)}"))
        return exit_code
