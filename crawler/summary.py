"""What a person reads at the end of a run: every number beside its word."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from crawler.exits import WORDS
from crawler.printable import printable

NAMED = 10
"""So many of what failed, was edited or is missing are told by name."""
_LISTS = {
    "missing_from_disk": "missing from disk",
    "edited_by_hand": "edited by hand",
    "withdrawn": "no more on the site",
    "pages_refused": "another article's page",
    "versions": "told in several versions",
    "unverified": "bodies from a page whose making is not known",
    "wrong_lines": "lines that name no article",
}
"""Lists of the report that people are shown, and what they say."""


def summary(report: dict[str, Any]) -> str:
    """The report in a few lines."""
    counts = report["counts"]
    numbers = [f"{name.replace('_', ' ')} {report[name]}" for name in ("found", "written", "unchanged", "quarantined")]
    numbers.append(f"out of scope {report['out_of_scope']}")
    if report["unfinished"]:
        numbers.append(f"unfinished {report['unfinished']}")
    lines = [f"articles: {', '.join(numbers)}"]
    lines += ["all of them are invented: they are the stand-in site's"] * bool(report.get("invented"))
    if "inputs" in report:
        lines.append(f"files read: {len(report['inputs'])}")
    if counts.get("klines/resolved"):
        lines.append(f"K-lines resolved: {counts['klines/resolved']}")
    if counts.get("pictures/kept") or counts.get("pictures/missing"):
        kept, missing = counts.get("pictures/kept", 0), counts.get("pictures/missing", 0)
        lines.append(f"pictures kept {kept}, missing {missing}")
    origins = [f"{name.removeprefix('origin/')} {n}" for name, n in counts.items() if name.startswith("origin/")]
    if origins:
        lines.append(f"bodies from: {', '.join(origins)}")
    lines += _hosts(report.get("given_up", {}), report.get("left_alone", {}))
    if report.get("lists_gone"):
        lines.append(f"lists gone: {', '.join(report['lists_gone'])}")
    for name, meaning in _LISTS.items():
        if names := report.get(name):
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            lines.append(f"{meaning} {len(names)}: {', '.join(names[:NAMED])}{more}")
    lines += _failures(report)
    opened = [line for line in report.get("inputs", ()) if line["reason"].startswith("not opened")]
    lines += [f"{line['reason']}: {line['path']}" for line in opened[:NAMED]]
    lines.append(f"posts are in {report['output']}/_posts; report {report['output']}/reports/{report['run']}.json")
    lines.append(f"exit {report['exit_code']}: {WORDS.get(report['exit_code'], '')}")
    return "\n".join(map(printable, lines))


def _hosts(given_up: Mapping[str, str], left_alone: Mapping[str, str]) -> list[str]:
    """The hosts that were asked for nothing, for the rest of the run or for a while, and why."""
    lines = [f"asked for nothing more: {host} ({reason})" for host, reason in given_up.items()]
    left = {host: reason for host, reason in left_alone.items() if host not in given_up}
    return lines + [f"left alone for a while: {host} ({reason})" for host, reason in left.items()]


def _failures(report: dict[str, Any]) -> list[str]:
    """What was left out and what failed, with their reasons, and the failed ones by name."""
    failed = report.get("failed", [])
    why = Counter(entry["reason"] for entry in failed)
    lines = _listed("out of scope", Counter(report["reasons"]) - why, report["out_of_scope"])
    lines += _listed("failed", why, len(failed))
    lines += [f"  {entry['title'] or entry['id']} {entry['url']}" for entry in failed[:NAMED]]
    if len(failed) > NAMED:
        lines.append(f"  and {len(failed) - NAMED} more: see `scrapy quarantine list`")
    return lines


def _listed(what: str, reasons: Mapping[str, int], number: int) -> list[str]:
    """A number with its reasons, the commonest first; nothing where there is nothing."""
    if not number or not reasons:
        return []
    most = sorted(reasons.items(), key=lambda item: -item[1])[:20]
    return [f"{what} {number}:", *(f"  {times} x {reason}" for reason, times in most)]
