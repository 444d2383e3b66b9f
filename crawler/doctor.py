"""What is wrong with a set-up and its output folder, each with its cure; nothing is changed, and no lock taken."""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scrapy.settings import BaseSettings

from crawler import sites
from crawler.patterns import compiled
from crawler.store.engine import LedgerError
from crawler.store.ledger import ledger_to_read
from crawler.store.ledger_url import sqlite_file
from crawler.store.looking import is_there
from crawler.store.on_disk import nameless
from crawler.store.places import away, listed
from crawler.store.quarantine import Quarantine
from crawler.store.run import MARK, Run
from crawler.verify import against_ledger, check_versions

STALE_DAYS = 30
NAMED = 5
"""So many files are told by name."""
_ONE_SIDED = (
    ("missing", "missing from disk", "put them back from a backup, or crawl: it asks for them again"),
    (
        "the ledger",
        "posts that the ledger does not know",
        "`reprocess` with their folder takes them in, `verify --rebuild` all that there are",
    ),
    ("lies", "posts in folders in which no run looks", "move them to _posts/, where all commands find them"),
)
"""How `verify` begins to tell of what only one of disk and ledger knows, what that is, and the cure."""
_INTERPRETER = compiled(r"(/[^\s'\"]*/bin)/python[\d.]*")


class Finding(NamedTuple):
    """Something wrong, or, without a cure, as somebody may have wanted it."""

    what: str
    cure: str


def findings(settings: BaseSettings) -> Iterator[Finding]:
    """All that is wrong. Raises OSError."""
    from crawler.settings_check import check  # noqa: PLC0415 - reads the environment when it is imported

    yield from _environment(Path(sys.prefix))
    try:
        check(settings)
        run = Run.of(settings)
    except ValueError as error:
        yield Finding(str(error), "correct it where it is set: the command line, the environment or a file of settings")
        return
    ledger = sqlite_file(run.ledger_url) if settings["FINEWS_LEDGER_URL"] else None
    files = {"FINEWS_METRICS_FILE": settings["FINEWS_METRICS_FILE"], "FINEWS_LEDGER_URL": ledger}
    yield from _folders(run.output, {name: Path(file) for name, file in files.items() if file})
    yield from _quarantine(run.output)
    if damaged := [path.name for path, _ in check_versions(run.output)]:
        what = f"earlier posts that are damaged, or none {len(damaged)}: {_named(damaged)}"
        yield Finding(what, "put them back from a backup, or remove them: `export --as-of` does without")
    try:
        yield from _ledger(run)
    except LedgerError as error:
        yield Finding(*_split(str(error)))


def _environment(prefix: Path) -> Iterator[Finding]:
    """Scripts name their interpreter: one that is not there, or of another environment, is of before a move."""
    for script in sorted((prefix / "bin").glob("scrapy")):
        named = _INTERPRETER.search(script.read_text("utf-8", "replace")[:500])
        if named and not (Path(named[1]).is_dir() and Path(named[1]).samefile(prefix / "bin")):
            what = f"the virtual environment {prefix} was made at {Path(named[1]).parent}, and moved or copied"
            yield Finding(what, "remove it and make it anew where it is now: environments cannot be moved")


def _folders(output: Path, files: Mapping[str, Path]) -> Iterator[Finding]:
    """Whether the output, or what it would be made in, can be written to; and the folders of files in settings."""
    there = next(path for path in (output.absolute(), *output.absolute().parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        yield Finding(f"cannot write below {output}: {there}", "make it writable, or name another FINEWS_OUTPUT_DIR")
    for name, file in files.items():
        if not os.access(folder := file.absolute().parent, os.W_OK | os.X_OK):
            yield Finding(f"cannot write {name}: {folder}", "make that folder, writable")


def _quarantine(output: Path) -> Iterator[Finding]:
    quarantine, before = Quarantine(output), time.time() - STALE_DAYS * 24 * 3600
    files = {entry.id: output / "quarantine" / f"{entry.id}.json" for entry in quarantine.entries()}
    old = [name for name, file in files.items() if is_there(file) and file.stat().st_mtime < before]
    if old:
        what = f"in quarantine for more than {STALE_DAYS} days: {_named(old)}"
        yield Finding(what, "`quarantine retry` asks for them again, `quarantine drop ID` forgets one")
    if quarantine.foreign:
        what = f"no entries of quarantine, or damaged ones: {_named(path.name for path in quarantine.foreign)}"
        yield Finding(what, "remove them, and run again")


def _ledger(run: Run) -> Iterator[Finding]:
    """Whether it is there and sound, of one site, and says what the disk does. Raises OSError, LedgerError."""
    with ledger_to_read(run.ledger_url) as ledger:
        if ledger is None:
            if listed(run.posts.posts):
                yield Finding("there are posts and no ledger", "`verify --rebuild` makes it of them")
            return
        ledger.check()
        invented, hosts = ledger.whose()
    others = hosts.difference(sites.SITE_HOSTS)
    if len(others) + (others != hosts) > 1:
        cure = "crawl each with a FINEWS_OUTPUT_DIR and a ledger of its own, this one anew"
        yield Finding(f"two sites in one output: {_named(sorted(hosts))}", cure)
    if invented is not None and invented != is_there(run.output / MARK):
        what = f"the ledger holds {'invented articles' if invented else 'real articles'}, and {MARK} says otherwise"
        yield Finding(what, "put back what belongs together, or begin with an empty folder")
    yield from _disk(run)


def _disk(run: Run) -> Iterator[Finding]:
    """What only one of disk and ledger knows."""
    faults, edited = against_ledger(run)
    for begins, what, cure in _ONE_SIDED:
        if files := [path.name for path, reason in faults if reason.startswith(begins)]:
            yield Finding(f"{what} {len(files)}: {_named(files)}", cure)
    if unnamed := nameless(run.posts.posts):
        what = f"posts whose names are not UTF-8 {len(unnamed)}: {_named(path.name for path in unnamed)}"
        yield Finding(what, "give them names that are: no run looks at them")
    if elsewhere := away(run.posts.posts, run.posts.by):
        yield Finding(f"posts that lie where another FINEWS_POST_FOLDERS has them {len(elsewhere)}: see `arrange`", "")
    if edited:
        yield Finding(f"edited by hand, or damaged {len(edited)}: {_named(sorted(path.name for path in edited))}", "")


def _named(names: Iterable[str]) -> str:
    told = list(names)
    return ", ".join(told[:NAMED]) + (f" and {len(told) - NAMED} more" if len(told) > NAMED else "")


def _split(error: str) -> tuple[str, str]:
    """What the ledger's error says, and the cure that stands in it."""
    what, _, cure = error.partition(": `")
    return (what, f"`{cure}") if cure else (error, "is the database there, and the address right? FINEWS_LEDGER_URL")
