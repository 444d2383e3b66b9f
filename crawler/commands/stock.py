"""``finews stock STOCK [--limit N] [--atom FILE] [--jsonl FILE]``: the articles about a security."""

import argparse
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable

if TYPE_CHECKING:
    from crawler.data.article import ArchivedArticle


class Command(FinewsCommand):
    """List the articles about a security, the newest first."""

    arguments = "STOCK"
    examples = ("600050", "中国联通 --limit 20", "1.600050 --atom unicom.xml --jsonl unicom.jsonl")
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.IN_QUARANTINE, exits.NOT_WRITABLE, exits.INTERRUPTED)
    options: ClassVar[dict[str, dict[str, Any]]] = {
        "--limit": {"type": int, "default": 0, "metavar": "N", "help": "so many at most (0, all)"},
        "--atom": {"metavar": "FILE", "help": "write them as an Atom feed, too, with their texts"},
        "--jsonl": {"metavar": "FILE", "help": "write them as JSON Lines, too, in the fields of export"},
    }

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Asks the index, which is brought up to date before; no lock is asked for."""
        from crawler.data.wish import Wish
        from crawler.search.finder import Finder

        if len(args) != 1:
            raise UsageError("name one security: a symbol, a secid or a name")
        if opts.limit < 0:
            raise ValueError("--limit is a number of articles, 0 for all")
        if opts.atom == opts.jsonl == "-":
            raise ValueError("--atom and --jsonl cannot both go to standard output: name a file for one")
        run = self.open_run()
        finder = Finder(run.output, run.ledger_url, self.mention)
        secids = finder.secids_meant(args[0])
        hits = finder.listed(Wish(secids=secids), opts.limit).hits
        for hit in hits if "-" not in {opts.atom, opts.jsonl} else ():
            print(printable("  ".join([hit.published[:16], hit.code, hit.title, *finder.pictures(hit, secids)])))
        if opts.atom or opts.jsonl:
            articles = finder.with_reprints(finder.articles(hits), codes=[hit.code for hit in hits])
            self._write(opts, list(articles), sorted(secids))
        return self.answered(finder.faults)

    def _write(self, opts: argparse.Namespace, articles: "list[ArchivedArticle]", secids: list[str]) -> None:
        from crawler.data.forms import atom, jsonl
        from crawler.data.stocks import symbol_of
        from crawler.data.target import put_file

        names = {one.name: None for article in articles for one in article.securities if one.secid in secids}
        title = " ".join(filter(None, [*names, *map(symbol_of, secids)]))
        try:
            if opts.atom:
                put_file(opts.atom, lambda file: atom.write(articles, file, title, "+".join(secids)))
            if opts.jsonl:
                put_file(opts.jsonl, lambda file: jsonl.write(articles, file))
        except OSError as error:
            file = error.filename or opts.atom or opts.jsonl
            raise RunError(f"cannot write {file}: {error.strerror or error}", exits.NOT_WRITABLE) from None
