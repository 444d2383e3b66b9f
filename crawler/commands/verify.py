"""``finews verify [PATH…]``: checks written posts."""

import argparse
from pathlib import Path
from typing import Any, ClassVar

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable
from crawler.words import translated


class Command(FinewsCommand):
    """Check written posts."""

    arguments = "[PATH...]"
    examples = (
        " # the output folder, against its ledger",
        "output/_posts/2022-01-14-NW202201142248170578.md",
        "--rebuild  # the ledger anew from the posts",
    )
    exit_codes = (
        exits.OK, exits.WRONG_USAGE, exits.LOCKED, exits.NOT_WRITABLE, exits.FAULTS_FOUND, exits.INTERRUPTED,
    )  # fmt: skip
    heeds_settings = True
    options: ClassVar[dict[str, dict[str, Any]]] = {
        "--rebuild": {"action": "store_true", "help": "rebuild the ledger from the posts"}
    }

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Every post in the paths parses, renders to its own bytes, and is named aright.

        Without paths it is those of the output folder, which are compared with the ledger, and its list pages, too.
        """
        from crawler.store.engine import LedgerError
        from crawler.store.looking import is_there
        from crawler.store.places import roots
        from crawler.verify import against_ledger, check_stubs, check_versions, rebuild, verify

        posts = self.output / "_posts"
        paths = [Path(name) for name in args] or roots(posts)
        if missing := [str(path) for path in paths if not is_there(path)]:
            raise ValueError(f"no such file or folder: {', '.join(missing)}")
        if opts.rebuild:
            number, aside = rebuild(self.settings)
            print(translated(f"articles in the ledger {number}" + (f"; the one before is {aside}" if aside else "")))
        try:
            beside, edited = against_ledger(self.open_run()) if posts in paths else ([], set())
        except (LedgerError, OSError) as error:
            raise RunError(str(error), exits.NOT_WRITABLE) from None
        checked, faults = verify(paths, edited)
        faults += beside
        if posts in paths:
            faults += check_stubs(self.output / "category") + check_versions(self.output)
        for path in sorted(edited):
            print(printable(f"{path}: {translated('edited by hand')}"))
        for path, reason in faults:
            print(printable(f"{path}: {translated(reason)}"))
        numbers = f"posts checked {checked}, with faults {len({path for path, _ in faults})}"
        print(translated(numbers + (f", edited by hand {len(edited)}" if edited else "")))
        return exits.FAULTS_FOUND if faults else exits.OK
