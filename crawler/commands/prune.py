"""``finews prune --reports|--archive|--versions|--posts DAYS, --pictures``: what an output folder need not keep."""

import argparse
from datetime import datetime

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.printable import printable
from crawler.words import say, translated

DAYS = 90
"""How old things are that ``--dry-run`` tells of when nothing else is said."""


class Command(FinewsCommand):
    """Remove old reports, archives, versions that were no news, pictures that no post shows; put old posts aside."""

    arguments = ""
    examples = (
        "--dry-run  # what would go if all that is 90 days old did",
        "--reports 90 --archive 30 --pictures",
        "--posts 3  # as the source site does",
    )
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.LOCKED, exits.NOT_WRITABLE, exits.INTERRUPTED)

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        super().add_options(parser)
        for kind, what in (
            ("reports", "remove reports older than DAYS, but for the last ten runs'"),
            ("archive", "remove WARC files older than DAYS"),
            ("versions", "remove earlier posts that gave way more than DAYS ago, and not because the source changed"),
            ("read", "remove what runs on a cluster keep of pages for more than DAYS: what is needed is read again"),
            ("posts", "move posts of articles older than DAYS to old_post/, out of the site"),
        ):
            parser.add_argument(f"--{kind}", type=int, metavar="DAYS", help=what)
        parser.add_argument("--pictures", action="store_const", const=0, help="remove pictures that no post shows")
        parser.add_argument("--dry-run", action="store_true", help=f"only tell; alone, of all that is {DAYS} days old")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Tells or does it, under the lock of a run."""
        from crawler.prune import KINDS, carry_out, kinds_in, plan
        from crawler.store.lock import locked
        from crawler.store.looking import is_folder
        from crawler.times import BEIJING

        days = {kind: age for kind in KINDS if (age := getattr(opts, kind)) is not None}
        if args or not (days or opts.dry_run):
            raise UsageError(
                "say what: --reports DAYS, --archive DAYS, --versions DAYS, --pictures, --posts DAYS, --read DAYS;"
                " --dry-run tells"
            )
        if any(not 0 <= age < 100_000 for age in days.values()):
            raise ValueError("DAYS is a number of days, 0 or more")
        if not is_folder(self.output):
            raise ValueError(f"no such folder: {self.output}")
        with locked(self.output, take=not opts.dry_run):
            planned = plan(self.output, days or dict.fromkeys(kinds_in(self.output), DAYS), datetime.now(BEIJING))
            if not opts.dry_run:
                carry_out(self.output, planned)
        for kind, paths in planned.items():
            if opts.dry_run:
                for path in paths:
                    print(printable(say("of", translated(kind), path)))
            print(f"{translated(kind)} {len(paths)}")
        return exits.OK
