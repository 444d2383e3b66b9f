"""``scrapy verify [PATH…]``: checks written posts."""

import argparse
from pathlib import Path

from crawler import exits
from crawler.cli import FinewsCommand


class Command(FinewsCommand):
    """Check written posts."""

    arguments = "[PATH...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        super().add_options(parser)
        parser.add_argument("--rebuild", action="store_true", help="rebuild the ledger from the posts")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Every post in the paths, or in the output folder, parses, renders to its own bytes, and is named aright."""
        from crawler.verify import rebuild, verify  # noqa: PLC0415 - Scrapy imports every command at every start

        paths = [Path(name) for name in args] or [self.output / "_posts"]
        if missing := [str(path) for path in paths if not path.exists()]:
            raise ValueError(f"no such file or folder: {', '.join(missing)}")
        checked, faults = verify(paths)
        for path, reason in faults:
            print(f"{path}: {reason}")
        print(f"posts checked {checked}, with faults {len({path for path, _ in faults})}")
        if opts.rebuild:
            with self.open_run() as run:
                print(f"articles in the ledger {rebuild(run)}")
        return exits.FAULTS_FOUND if faults else exits.OK
