"""``scrapy verify [PATH…]``: checks written posts."""

import argparse
from pathlib import Path

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable


class Command(FinewsCommand):
    """Check written posts."""

    arguments = "[PATH...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        super().add_options(parser)
        parser.add_argument("--rebuild", action="store_true", help="rebuild the ledger from the posts")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Every post in the paths parses, renders to its own bytes, and is named aright.

        Without paths it is those of the output folder, which are compared with the ledger, and its list pages, too.
        """
        from crawler.store.engine import LedgerError  # noqa: PLC0415 - Scrapy imports every command at every start
        from crawler.verify import against_ledger, check_stubs, rebuild, verify  # noqa: PLC0415

        posts = self.output / "_posts"
        paths = [Path(name) for name in args] or [posts]
        if missing := [str(path) for path in paths if not path.exists()]:
            raise ValueError(f"no such file or folder: {', '.join(missing)}")
        if opts.rebuild:
            assert self.settings
            number, aside = rebuild(self.settings)
            print(f"articles in the ledger {number}" + (f"; the one before is {aside}" if aside else ""))
        try:
            beside, edited = against_ledger(self.open_run()) if posts in paths else ([], set())
        except (LedgerError, OSError) as error:
            raise RunError(str(error), exits.NOT_WRITABLE) from None
        checked, faults = verify(paths, edited)
        faults += beside + (check_stubs(self.output / "category") if posts in paths else [])
        for path in sorted(edited):
            print(printable(f"{path}: edited by hand"))
        for path, reason in faults:
            print(printable(f"{path}: {reason}"))
        numbers = f"posts checked {checked}, with faults {len({path for path, _ in faults})}"
        print(numbers + (f", edited by hand {len(edited)}" if edited else ""))
        return exits.FAULTS_FOUND if faults else exits.OK
