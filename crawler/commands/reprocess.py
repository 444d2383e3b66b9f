"""``finews reprocess PATH…``: saved pages, in any mix, into the same posts that a crawl writes."""

import argparse
from pathlib import Path
from typing import Any, ClassVar

from scrapy.exceptions import UsageError

from crawler import exits
from crawler.cli import FinewsCommand


class Command(FinewsCommand):
    """Turn saved pages into posts."""

    arguments = "PATH..."
    examples = (
        "saved/  # all that lies in the folder, in containers, too",
        "saved/ more.zip --workers 2 -q",
        "saved/ --dask tcp://archive:8786  # on the machines of a Dask cluster",
        "saved/ --online -s FINEWS_KLINE_IMAGES=local -s FINEWS_KLINE_CHARTS=1",
    )
    exit_codes = tuple(
        code for code in exits.WORDS if code not in {exits.LIMIT_REACHED, exits.BLOCKED, exits.FAULTS_FOUND}
    )
    heeds_settings = has_verbosity = True
    job = "reprocess"
    options: ClassVar[dict[str, dict[str, Any]]] = {
        "--workers": {"type": int, "metavar": "N", "help": "processes (default: one a core)"},
        "--online": {"action": "store_true", "help": "fetch pictures and the data of charts"},
        "--again": {"action": "store_true", "help": "open files, too, that have not changed since a run"},
        "--dask": {
            "metavar": "ADDRESS",
            "help": "on the workers of a Dask scheduler, or local: as many processes of Dask",
        },
    }

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Reads all paths in one run, merges what they say of each article, writes posts."""
        from crawler.reprocess import Engine, default_workers, most_workers, reprocess
        from crawler.search.index import keep_up
        from crawler.store.looking import is_there
        from crawler.summary import ending

        if not args:
            raise UsageError("name at least one file or folder")
        if opts.workers is not None and opts.workers < 1:
            raise UsageError(f"--workers {opts.workers}: at least one is needed")
        if opts.workers is not None and opts.workers > most_workers():
            raise UsageError(f"--workers {opts.workers}: at most {most_workers()} of them are of use here")
        if opts.dask is not None:
            self._check_dask(opts)
        paths = [Path(name) for name in args]
        if missing := [name for name in args if not is_there(Path(name)) and not Path(name).is_symlink()]:
            raise ValueError(f"no such file or folder: {', '.join(missing)}")
        run = self.open_run()
        run.job = self.job
        run.invented = self.settings.getbool("FINEWS_INVENTED")
        with run:
            engine = Engine(opts.workers or default_workers(), opts.online, opts.again, opts.dask or "")
            report = reprocess(paths, run, self.settings, engine)
            keep_up(run.output, run.figures.files())
        if text := ending(report, self.settings["FINEWS_VERBOSITY"]):
            print(text)
        if run.fatal:
            self.refuse(str(run.fatal), run.fatal.exit_code)
        self.teller.end(report["exit_code"], report, str(run.fatal or ""))
        return int(report["exit_code"])

    @staticmethod
    def _check_dask(opts: argparse.Namespace) -> None:
        """Raises UsageError for options that do not go together, ValueError where the extra is not installed."""
        from crawler.reprocess.cluster import LOCAL, check  # an extra

        if opts.online:
            raise UsageError("--online asks politely, from one process: not with --dask")
        if opts.workers is not None and opts.dask != LOCAL:
            raise UsageError("--workers goes with --dask local: a cluster has its own")
        check()
