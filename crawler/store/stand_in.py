"""Invented articles, those of the stand-in site, never share a folder with a real site's."""

import shlex
from pathlib import Path

from crawler.exits import WRONG_USAGE, RunError
from crawler.store.atomic import write_atomic
from crawler.store.lock import not_writable

MARK = "INVENTED.txt"
"""Lies in an output folder whose articles are invented, beside what may be deleted and made anew."""


def keep_apart(output: Path, *, invented: bool) -> None:
    """Mark the folder of a crawl of the stand-in site; raises RunError when it holds articles of the other kind."""
    mark = output / MARK
    clear = f"`rm -rf {shlex.quote(str(output))}/*` clears it"
    if mark.exists() and not invented:
        raise RunError(f"{output} holds the invented articles of `make crawl`: {clear}", WRONG_USAGE)
    if not invented or mark.exists():
        return
    if (output / "state/ledger.sqlite").exists() or any((output / "_posts").glob("*.md")):
        raise RunError(f"{output} holds articles that `make crawl` did not invent: {clear}", WRONG_USAGE)
    try:
        write_atomic(mark, b"The articles in this folder are invented: `make crawl` has them from its stand-in.\n")
    except OSError as error:
        raise not_writable(output, error) from error
