"""``finews arrange``: puts posts where FINEWS_POST_FOLDERS has them."""

import argparse

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.printable import printable
from crawler.words import translated


class Command(FinewsCommand):
    """Move posts to where FINEWS_POST_FOLDERS has them."""

    arguments = ""
    examples = (
        "-s FINEWS_POST_FOLDERS=month  # into a folder a month, _posts/YYYY/MM/",
        "-s FINEWS_POST_FOLDERS=one  # and back",
    )
    exit_codes = (
        exits.OK, exits.WRONG_USAGE, exits.LOCKED, exits.NOT_WRITABLE, exits.FAULTS_FOUND, exits.INTERRUPTED,
    )  # fmt: skip

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Moves files and alters none, under the lock of a run; of two that differ both stay."""
        from crawler.store.lock import locked
        from crawler.store.places import arrange, posts_of

        if args:
            raise UsageError("arrange takes no arguments")
        by, posts = self.open_run().posts.by, posts_of(self.output)
        with locked(self.output):
            moved, differing = arrange(posts, by)
        for file, other in differing:
            print(printable(translated(f"{file}: another post of this name is {other}: remove one of them")))
        print(translated(f"posts moved {moved}"))
        return exits.FAULTS_FOUND if differing else exits.OK
