"""What a person reads at the end of a run: every number beside its word."""

from typing import Any

from crawler.exits import WORDS


def summary(report: dict[str, Any]) -> str:
    """The report in a few lines."""
    counts = report["counts"]
    numbers = [f"{name.replace('_', ' ')} {report[name]}" for name in ("found", "written", "unchanged", "quarantined")]
    numbers.append(f"out of scope {report['out_of_scope']}")
    if report["unfinished"]:
        numbers.append(f"unfinished {report['unfinished']}")
    lines = [f"articles: {', '.join(numbers)}"]
    lines.append(f"K-lines resolved: {counts.get('klines/resolved', 0)}")
    if counts.get("pictures/kept") or counts.get("pictures/missing"):
        kept, missing = counts.get("pictures/kept", 0), counts.get("pictures/missing", 0)
        lines[-1] += f"; pictures kept {kept}, missing {missing}"
    origins = [f"{name.removeprefix('origin/')} {n}" for name, n in counts.items() if name.startswith("origin/")]
    if origins:
        lines.append(f"bodies from: {', '.join(origins)}")
    for host, reason in report.get("given_up", {}).items():
        lines.append(f"asked for nothing more: {host} ({reason})")
    if report.get("lists_gone"):
        lines.append(f"lists gone: {', '.join(report['lists_gone'])}")
    failed = report["quarantined"] + counts.get("lists/failed", 0)
    lines.append(f"failed {failed}" + (":" if report["reasons"] else ""))
    lines += [f"  {number} x {reason}" for reason, number in list(report["reasons"].items())[:20]]
    lines.append(f"posts are in {report['output']}/_posts; report {report['output']}/reports/{report['run']}.json")
    lines.append(f"exit {report['exit_code']}: {WORDS.get(report['exit_code'], '')}")
    return "\n".join(lines)
