"""``scrapy reprocess PATH…``: saved pages, in any mix, into the same posts that a crawl writes."""

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.cli import FinewsCommand


class Command(FinewsCommand):
    """Turn saved pages into posts."""

    arguments = "PATH..."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        super().add_options(parser)
        parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a core)")
        parser.add_argument("--online", action="store_true", help="fetch pictures and the data of charts")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Reads all paths in one run, merges what they say of each article, writes posts."""
        from crawler.reprocess import default_workers, reprocess  # noqa: PLC0415 - Scrapy imports every command at every start
        from crawler.summary import summary  # noqa: PLC0415

        if not args:
            raise UsageError("name at least one file or folder")
        if opts.workers is not None and opts.workers < 1:
            raise UsageError(f"--workers {opts.workers}: at least one is needed")
        paths = [Path(name) for name in args]
        if missing := [str(path) for path in paths if not path.exists() and not path.is_symlink()]:
            raise ValueError(f"no such file or folder: {', '.join(missing)}")
        assert self.settings
        run = self.open_run()
        run.invented = self.settings.getbool("FINEWS_INVENTED")
        with run:
            report = reprocess(paths, run, self.settings, workers=opts.workers or default_workers(), online=opts.online)
        print(summary(report))
        return int(report["exit_code"])
