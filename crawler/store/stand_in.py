"""Invented articles, those of the stand-in site, never share a folder or a ledger with a real site's."""

import shlex
from pathlib import Path

from crawler.exits import WRONG_USAGE, RunError
from crawler.store.atomic import write_atomic
from crawler.store.ledger import Ledger

MARK = "INVENTED.txt"
"""Lies in an output folder whose articles are invented, beside what may be deleted and made anew."""
_TEXT = b"The articles in this folder are invented: `make crawl` has them from its stand-in.\n"


def keep_apart(output: Path, *, invented: bool) -> None:
    """Raises RunError when the folder holds articles of the other kind than those that are to come in."""
    clear = f"`rm -rf {shlex.quote(str(output))}/*` clears it"
    if (output / MARK).exists():
        if not invented:
            more = "FINEWS_INVENTED=1 takes in more of them"
            raise RunError(f"{output} holds the invented articles of `make crawl`: {clear} ({more})", WRONG_USAGE)
    elif invented and ((output / "state/ledger.sqlite").exists() or any(output.glob("*_post*/*.md"))):
        raise RunError(f"{output} holds articles that `make crawl` did not invent: {clear}", WRONG_USAGE)


def mark(output: Path, ledger: Ledger, *, invented: bool) -> None:
    """Mark folder and ledger; raises RunError when the ledger, which folders may share, is of the other kind.

    Raises OSError, LedgerError.
    """
    if ledger.is_invented(new=invented, known=invented and (output / MARK).exists()) != invented:
        raise RunError("FINEWS_LEDGER_URL: invented articles and real ones share no ledger: name another", WRONG_USAGE)
    if invented:
        write_atomic(output / MARK, _TEXT)
