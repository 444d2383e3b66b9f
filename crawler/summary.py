"""What a person reads at the end of a run: every number beside its word; or, where all is quiet, only what is wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from crawler import exits
from crawler.printable import printable
from crawler.sites import NOT_OURS
from crawler.words import LISTS, NUMBERS, say, translated, with_reason

NAMED = 10
"""So many of what failed, was edited or is missing are told by name."""
_WRONG = ("withdrawn", "items_unread", "no_news", "wrong_lines", "lists_unseen", "internal_errors")
"""Those of them that tell of something that went wrong in this run."""
_ROBOTS = "/Forbidden by robots.txt"
"""How the counts of origins end (``not from share/…``) that were not asked."""
_TOLD_BEFORE = (exits.OK, exits.IN_QUARANTINE, exits.INTERRUPTED)
"""Codes with which a run may end in which nothing went wrong but what was told when it did."""


def ending(report: dict[str, Any], verbosity: str) -> str:
    """What is said at the end of the run, "" for nothing."""
    return "\n".join(map(printable, _failures(report) if verbosity == "quiet" else _lines(report)))


def summary(report: dict[str, Any]) -> str:
    """The report in a few lines."""
    return ending(report, "normal")


def _failures(report: dict[str, Any]) -> list[str]:
    """A line for each failure of the run, of articles, lists and hosts: its reason and its address."""
    lines = [say("of", translated(entry["reason"]), entry["url"] or entry["id"]) for entry in report.get("failed", ())]
    hosts = {**report.get("left_alone", {}), **report.get("given_up", {})}
    lines += [say("of", translated(reason), host) for host, reason in hosts.items()]
    lines += [say("lists_gone", slug) for slug in report.get("lists_gone", ())]
    lines += [say("of", say(name), with_reason(one)) for name in _WRONG for one in report.get(name, ())]
    is_told = lines or report["exit_code"] in _TOLD_BEFORE
    return lines if is_told else [_exit(report["exit_code"])]


def _lines(report: dict[str, Any]) -> list[str]:
    counts = report["counts"]
    names = [name for name in NUMBERS if name != "unfinished" or report[name]]
    lines = [say("articles", say("and").join(say(name, report[name]) for name in names))]
    lines += [say("invented")] * bool(report.get("invented"))
    unopened: list[Mapping[str, str]] = []
    if "inputs" in report:
        files, known = len(report["inputs"]), report.get("inputs_remembered")
        lines.append(say("remembered", files, known) if known else say("files", files))
        foreign, unopened = _of_inputs(report["inputs"], (NOT_OURS, *(() if report["found"] else ("asset",))))
        lines += _listed("foreign", foreign, foreign.total())
    if counts.get("klines/resolved"):
        lines.append(say("klines", counts["klines/resolved"]))
    if counts.get("pictures/kept") or counts.get("pictures/missing"):
        lines.append(say("pictures", counts.get("pictures/kept", 0), counts.get("pictures/missing", 0)))
    origins = [f"{name.removeprefix('origin/')} {n}" for name, n in counts.items() if name.startswith("origin/")]
    if origins:
        lines.append(say("origins", say("and").join(origins)))
    forbidden = [f"{name[9 : -len(_ROBOTS)]} {n}" for name, n in counts.items() if name.endswith(_ROBOTS)]
    lines += [say("forbidden", say("and").join(forbidden))] * bool(forbidden)
    lines += _hosts(report.get("given_up", {}), report.get("left_alone", {}))
    if report.get("lists_gone"):
        lines.append(say("lists_gone", say("and").join(report["lists_gone"])))
    for name in LISTS:
        if held := report.get(name):
            named = say("and").join(map(with_reason, held[:NAMED]))
            told = say("more", named, len(held) - NAMED) if len(held) > NAMED else named
            lines.append(say("list", say(name), len(held), told))
    lines += _left_out(report)
    lines += [say("of", translated(line["reason"]), line["path"]) for line in unopened]
    lines.append(say("places", report["output"], report["run"]))
    return [*lines, _exit(report["exit_code"])]


def _of_inputs(
    inputs: Iterable[Mapping[str, str]], kinds: tuple[str, ...]
) -> tuple[Counter[str], list[Mapping[str, str]]]:
    """How many inputs are of these kinds, by the reasons, and the first that were not opened. Inputs are read once."""
    foreign, unopened = Counter[str](), list[Mapping[str, str]]()
    for line in inputs:
        if line["outcome"] == "out_of_scope" and line["reason"].startswith(kinds):
            foreign[line["reason"]] += 1
        elif len(unopened) < NAMED and line["reason"].startswith("not opened"):
            unopened.append(line)
    return foreign, unopened


def _exit(code: int) -> str:
    return say("exit", code, translated(exits.WORDS.get(code, "")))


def _hosts(given_up: Mapping[str, str], left_alone: Mapping[str, str]) -> list[str]:
    """The hosts that were asked for nothing, for the rest of the run or for a while, and why."""
    lines = [say("given_up", host, translated(reason)) for host, reason in given_up.items()]
    left = {host: reason for host, reason in left_alone.items() if host not in given_up}
    return lines + [say("left_alone", host, translated(reason)) for host, reason in left.items()]


def _left_out(report: dict[str, Any]) -> list[str]:
    """What was left out and what failed, with their reasons, and the failed ones by name."""
    failed = report.get("failed", [])
    why = Counter(entry["reason"] for entry in failed)
    lines = _listed("out_of_scope", Counter(report["reasons"]) - why, report["out_of_scope"])
    lines += _listed("failed", why, len(failed))
    lines += [f"  {entry['title'] or entry['id']} {entry['url']}" for entry in failed[:NAMED]]
    return lines + ["  " + say("more_failed", len(failed) - NAMED)] * (len(failed) > NAMED)


def _listed(what: str, reasons: Mapping[str, int], number: int) -> list[str]:
    """A number with its reasons, the commonest first; nothing where there is nothing."""
    if not number or not reasons:
        return []
    most = sorted(reasons.items(), key=lambda item: -item[1])[:20]
    return [say("head", say(what, number)), *(f"  {say('times', times, translated(reason))}" for reason, times in most)]
