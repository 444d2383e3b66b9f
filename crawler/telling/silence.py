"""What has gone quiet without failing: a site that is as it should be goes on saying something."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from typing import Any

from crawler.exits import IN_QUARANTINE, OK
from crawler.store.ledger import ledger_to_read
from crawler.store.quarantine import entry_id
from crawler.store.report import heads_before
from crawler.telling.memory import Memory

COMPARED = 10
"""So many runs before tell what is usual."""
FEWEST_RUNS, FEWEST_ARTICLES = 5, 5
"""With fewer runs, or where fewer articles are to be expected, chance alone brings none."""
DAYS_KNOWN, MOST_DAYS = 5, 30
"""On so many days something must have come of a category or a list for a habit; so many of its last days tell it."""
MOST_KNOWN = 2000
"""So many lists and media are remembered."""
FEWEST_DAYS = 3
"""Nobody is called quiet sooner: there are weekends."""
EMPTY = frozenset({"a list that names no post", "empty list", "empty page", "no list of posts"})
"""Reasons of failed lists that answer, but with nothing."""


def silences(report: Mapping[str, Any], ledger_url: str, known: Memory) -> dict[str, str] | None:
    """What is quiet now, each with a sentence; None for a run that saw no list, or not all. Raises LedgerError.

    What is ``known`` of lists and media is brought up to date.
    """
    asked = any(report["counts"].get(f"lists/{outcome}") for outcome in ("read", "unchanged", "failed"))
    if report["exit_code"] not in {OK, IN_QUARANTINE} or not asked:
        return None
    empty = {entry["id"] for entry in report["failed"] if entry["reason"].rpartition(": ")[2] in EMPTY}
    failed = [name for name in report.get("lists_failed", ()) if entry_id(name) in empty]
    quiet = {f"list {name}": f"{name} answers, and lists nothing" for name in failed}
    heads = islice(heads_before(Path(report["output"], "reports"), report["run"]), 5 * COMPARED)
    if told := _slow(report, [head for head in heads if head.get("job") == report["job"]]):
        quiet["rate"] = told
    with ledger_to_read(ledger_url) as ledger:
        arrivals = ledger.arrivals() if ledger else {}
        newest = {url: told.newest for url, told in ledger.list_pages(report["job"]).items()} if ledger else {}
    today = datetime.fromisoformat(report["started"]).date()
    changed = {url: one for url, one in newest.items() if one and one not in known.lists.get(url, [])[:1]}
    _came(known.lists, changed, today)
    _came(known.media, report.get("media", {}), today)
    came = {f"category {name}": days for name, days in arrivals.items() if name}
    for kind, told_of in (("list", known.lists), ("medium", known.media)):
        came |= {f"{kind} {name}": [*map(date.fromisoformat, days)] for name, (_, *days) in told_of.items()}
    quiet |= {name: told for name, days in came.items() if name not in quiet and (told := _quiet(name, days, today))}
    return _each_once(quiet, known.media)


def _came(known: dict[str, list[str]], came: Mapping[str, str], today: date) -> None:
    """Note that something came of these today, each with what stands before the days; those heard of last are kept."""
    for name, first in came.items():
        days = [day for day in known.pop(name, [""])[1:] if day != today.isoformat()]
        known[name] = [first, *days[-MOST_DAYS:], today.isoformat()]
    for name in [*known][:-MOST_KNOWN]:
        del known[name]


def _each_once(quiet: dict[str, str], media: Mapping[str, list[str]]) -> dict[str, str]:
    """A medium whose category is quiet, too, is told with that."""
    for medium, (category, *_) in media.items():
        name = f"category {category}"
        if f"medium {medium}" in quiet and name in quiet:
            quiet[name] = quiet[name].replace(name, f"{name} ({medium})", 1)
            del quiet[f"medium {medium}"]
    return quiet


def _slow(report: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> str:
    """Whether no more than a tenth of what is usual was written: as much as the runs before, in the time since then."""
    ended = [run for run in before if run["exit_code"] in {OK, IN_QUARANTINE}][:COMPARED]
    if len(ended) < FEWEST_RUNS:
        return ""
    times = [datetime.fromisoformat(run["started"]) for run in (report, *before)]
    since, gaps = (times[0] - times[1]).total_seconds(), [(b - a).total_seconds() for b, a in pairwise(times[1:])]
    usual = median(run["written"] for run in ended)
    usual *= min(1.0, since / median(gaps)) if median(gaps) > 0 else 1.0
    if usual < FEWEST_ARTICLES or report["written"] > usual / 10:
        return ""
    return f"new articles {report['written']}: by the last {len(ended)} runs there should be {usual:.0f}"


def _quiet(name: str, days: Sequence[date], today: date) -> str:
    """Whether nothing of a category, a list or a medium came for twice the longest time that it ever was without."""
    if len(days) < DAYS_KNOWN:
        return ""
    longest = max((later - day).days for day, later in pairwise(days[-MOST_DAYS:]))
    if (today - days[-1]).days <= max(FEWEST_DAYS, 2 * longest):
        return ""
    return f"{name}: nothing since {days[-1]}"
