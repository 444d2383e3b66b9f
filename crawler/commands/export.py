"""``finews export FILE``: the archive as data."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable
from crawler.words import translated

if TYPE_CHECKING:
    from crawler.data.archive import Archive
    from crawler.data.article import ArchivedArticle
    from crawler.data.wish import Wish


class Command(FinewsCommand):
    """Export the archive as data: JSON Lines, CSV, Parquet, Obsidian, Hugo."""

    arguments = "FILE"
    examples = (
        "news.jsonl",
        "news.parquet --since 2022-01-01 --stock 600050  # needs the extra parquet",
        "- --as-of 2025-09-23T09:30+08:00  # into a pipe, what was known by then",
        "vault/finews --as obsidian  # a folder of notes",
    )
    exit_codes = (
        exits.OK, exits.WRONG_USAGE, exits.IN_QUARANTINE, exits.NOT_WRITABLE, exits.INTERRUPTED,
    )  # fmt: skip
    _number = 0

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        from crawler.data.options import add, add_as_of

        super().add_options(parser)
        parser.add_argument("--as", dest="form", metavar="FORM", help="jsonl, csv, parquet, obsidian or hugo")
        add(parser)
        add_as_of(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Reads posts and ledger as they are, beside whoever writes to them; the export is put in place when whole."""
        from crawler.data.archive import Archive
        from crawler.data.forms import FORMS, form_of, note_of, writer
        from crawler.data.options import wish_of
        from crawler.data.target import put_file, put_folder
        from crawler.search.finder import Finder
        from crawler.store.engine import LedgerError
        from crawler.store.places import posts_of

        if len(args) != 1:
            raise ValueError("name one file, or - for standard output")
        (file,) = args
        form = form_of(opts.form, file)
        posts_of(self.output)
        run = self.open_run()
        archive = Archive(run.output, run.ledger_url)
        finder = Finder(run.output, run.ledger_url, self.mention)
        try:
            with self._reading():
                wish = wish_of(opts, finder.secids_meant, finder.categories)
            articles = self._read(finder.with_reprints(self._counted(archive, wish), wish))
            if FORMS[form].is_folder:
                put_folder(file, articles, note_of(form))
            else:
                write = writer(form)
                put_file(file, lambda there: write(articles, there))
        except OSError as error:
            raise RunError(f"cannot write {file}: {error.strerror or error}", exits.NOT_WRITABLE) from None
        except LedgerError as error:
            raise RunError(str(error), exits.NOT_WRITABLE) from None
        return self._tell(archive, file)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What cannot be read is told as that: the file that is written is not at fault."""
        try:
            yield
        except OSError as error:
            where = error.filename or self.output
            raise RunError(f"cannot read {where}: {error.strerror or error}", exits.NOT_WRITABLE) from None

    def _read(self, articles: "Iterator[ArchivedArticle]") -> "Iterator[ArchivedArticle]":
        with self._reading():
            yield from articles

    def _counted(self, archive: "Archive", wish: "Wish") -> "Iterator[ArchivedArticle]":
        for article in archive.articles(wish):
            self._number += 1
            yield article

    def _tell(self, archive: "Archive", file: str) -> int:
        """Say what was exported, and what not; the exit code."""
        for name, reason in archive.faults.items():
            print(printable(translated(f"{name}: left out: {reason}")), file=sys.stderr)
        self.mention_nameless()
        if archive.untold:
            words = f"left out {archive.untold}: nothing tells what was there of them at that time"
            print(translated(words), file=sys.stderr)
        print(translated(f"articles exported {self._number}"), file=sys.stderr if file == "-" else sys.stdout)
        return exits.IN_QUARANTINE if archive.faults else exits.OK
