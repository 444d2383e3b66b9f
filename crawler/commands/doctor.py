"""``finews doctor``: what is wrong with the set-up and the output folder, each with its cure."""

import argparse

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable
from crawler.words import translated


class Command(FinewsCommand):
    """Tell what is wrong with settings, ledger, disk and quarantine, and the cure."""

    arguments = ""
    examples = ("", "-s FINEWS_OUTPUT_DIR=out")
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.NOT_WRITABLE, exits.FAULTS_FOUND, exits.INTERRUPTED)
    needs_right_settings = False

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Looks, and changes nothing; a run may be under way."""
        from crawler.doctor import findings

        if args:
            raise UsageError("doctor takes no arguments")
        number = 0
        try:
            for finding in findings(self.settings):
                number += bool(finding.cure)
                print(printable(translated(finding.what)))
                if finding.cure:
                    print("  " + printable(translated(f"cure: {finding.cure}")))
        except OSError as error:
            raise RunError(f"cannot look at all: {error}", exits.NOT_WRITABLE) from error
        print(translated(f"wrong {number}" if number else "nothing is wrong"))
        return exits.FAULTS_FOUND if number else exits.OK
