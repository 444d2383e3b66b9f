"""What a person reads at the end of a run: every number beside its word."""

from typing import Any

_WORDS = {
    0: "all well",
    1: "internal error: see the log above",
    3: "nothing could be fetched: is the address right, is the network there?",
    5: "done, but something is in quarantine: see `scrapy quarantine list`",
    6: "another run holds the lock",
    7: "output not writable or disk full",
    8: "blocked by the site: run again later to go on",
    11: "interrupted: run again to go on",
}


def summary(report: dict[str, Any]) -> str:
    """The report in a few lines."""
    counts = report["counts"]
    numbers = [f"{name.replace('_', ' ')} {report[name]}" for name in ("found", "written", "unchanged", "quarantined")]
    numbers.append(f"out of scope {report['out_of_scope']}")
    if report["unfinished"]:
        numbers.append(f"unfinished {report['unfinished']}")
    lines = [f"articles: {', '.join(numbers)}"]
    lines.append(f"K-lines resolved: {counts.get('klines/resolved', 0)}")
    origins = [f"{name.removeprefix('origin/')} {n}" for name, n in counts.items() if name.startswith("origin/")]
    if origins:
        lines.append(f"bodies from: {', '.join(origins)}")
    failed = report["quarantined"] + counts.get("lists/failed", 0)
    lines.append(f"failed {failed}" + (":" if report["reasons"] else ""))
    lines += [f"  {number} x {reason}" for reason, number in list(report["reasons"].items())[:20]]
    lines.append(f"posts are in {report['output']}/_posts; report {report['output']}/reports/{report['run']}.json")
    lines.append(f"exit {report['exit_code']}: {_WORDS.get(report['exit_code'], '')}")
    return "\n".join(lines)
