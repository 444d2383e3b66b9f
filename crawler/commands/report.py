"""``finews report [RUN] [--json]``: what a run said at its end, once more."""

import argparse

from crawler import exits
from crawler.cli import JsonCommand


class Command(JsonCommand):
    """Print the report of the newest run, or of the one that is named."""

    arguments = "[RUN]"
    examples = ("", "20220114T050246Z-6690 --json")
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.NOT_WRITABLE)
    as_json = "the whole report, as JSON; errors, too"

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Reads what is there, and asks for no lock."""
        from crawler.store.report import read_report, spelled
        from crawler.summary import summary

        if len(args) > 1:
            raise ValueError("name one run")
        report = read_report(self.output / "reports", *args)
        print("".join(spelled(report)) if opts.json else summary(report))
        return exits.OK
