"""``finews site DIR``: a Jekyll site around the posts."""

import argparse
import shlex
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.exits import RunError
from crawler.printable import printable
from crawler.words import say, translated


class Command(FinewsCommand):
    """Make a Jekyll site of the posts."""

    arguments = "DIR"
    examples = ("site", "site -s FINEWS_SITE_LINKS=source  # links to the source site stay")
    exit_codes = (exits.OK, exits.WRONG_USAGE, exits.NOT_WRITABLE, exits.FAULTS_FOUND, exits.INTERRUPTED)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Puts posts, layouts, lists and a feed into the folder; what did not change stays untouched."""
        from crawler.site.making import make, pagefind

        if len(args) != 1:
            raise UsageError("name one folder for the site")
        root, search = Path(args[0]), pagefind()
        try:
            made = make(self.output, root, own_links=self.settings["FINEWS_SITE_LINKS"] == "own", search=bool(search))
        except OSError as error:
            raise RunError(f"{error.filename or root}: {error.strerror or error}", exits.NOT_WRITABLE) from None
        for name, reason in made.faults:
            print(printable(translated(f"{self.output / '_posts' / name}: left out: {reason}")))
        self.mention_nameless()
        for name in made.done.kept:
            print(printable(translated(f"{root / name}: not ours, or edited by hand: left as it is")))
        print(say("and").join(f"{translated(name)} {number}" for name, number in made.numbers.items()))
        print(translated(f"files written {made.done.written}, removed {made.done.removed}"))
        source, built = map(shlex.quote, (str(root), str(root / "_site")))
        print(printable(translated(f"build it: jekyll build --source {source} --destination {built}")))
        if search:
            print(printable(translated(f"then its search: {search} --site {built}")))
        return exits.FAULTS_FOUND if made.faults else exits.OK
