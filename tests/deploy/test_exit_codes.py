"""What docs/schedules.md and the schedules say of exit codes is what they mean to the crawler."""

import re
from pathlib import Path

import pytest
import yaml
from forked_scrapy import ROOT

from crawler import exits
from crawler.commands.crawl import Command

DEPLOY = ROOT / "deploy"
TABLE = {
    frozenset({exits.OK}): "do nothing",
    frozenset({exits.LIMIT_REACHED, exits.INTERRUPTED}): "run again",
    frozenset({exits.IN_QUARANTINE}): "tell somebody: `finews quarantine list`",
    frozenset({exits.NOTHING_FETCHED, exits.BLOCKED}): "wait for the next time",
    frozenset({exits.LOCKED}): "do nothing: the run before is still at it",
    frozenset({exits.INTERNAL_ERROR, exits.WRONG_USAGE, exits.NOT_WRITABLE}): "tell somebody, and not try again",
}
PLACES = {
    "systemd/finews.service": (r"^SuccessExitStatus=(.*)$", {exits.INTERRUPTED}),
    "scrapyd/scrapyd.conf": (r"a second one ends with (\d+)", {exits.LOCKED}),
    "github-actions/crawl.yml": (r'test "\$CODE" = (\d+)$', {exits.INTERRUPTED}),
    "../docs/schedules.md": (r"skip_on_exit_code=(\[.*?\])", {exits.LOCKED, exits.INTERRUPTED}),
}
KEPT = {exits.OK, exits.LIMIT_REACHED, exits.IN_QUARANTINE, exits.BLOCKED, exits.INTERRUPTED}


def numbers(text: str) -> set[int]:
    return set(map(int, re.findall(r"\d+", text)))


def test_the_table_tells_what_to_do_about_each_code_of_a_crawl() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \| (.*) \|$", (ROOT / "docs/schedules.md").read_text("utf-8"), re.MULTILINE)
    told = {frozenset(numbers(codes)): what for codes, what in rows}
    assert told.keys() == TABLE.keys()
    assert [what for codes, what in told.items() if not what.startswith(TABLE[codes])] == []
    assert frozenset().union(*told) == set(Command.exit_codes)


@pytest.mark.parametrize("name", PLACES)
def test_what_a_schedule_takes_for_no_failure(name: str) -> None:
    pattern, codes = PLACES[name]
    (found,) = re.findall(pattern, Path(DEPLOY, name).read_text("utf-8"), re.MULTILINE)
    assert numbers(found) == codes


def test_what_is_committed_is_what_a_run_may_be_gone_on_from() -> None:
    (kept,) = re.findall(r'case "\$code" in ([\d |]+)\)', (DEPLOY / "github-actions/crawl.yml").read_text("utf-8"))
    assert numbers(kept) == KEPT


def test_the_job_tells_of_each_code_with_which_a_crawl_may_fail() -> None:
    """Of a limit it sets none."""
    _, job = yaml.safe_load_all((DEPLOY / "kubernetes/cronjob.yaml").read_text("utf-8"))
    rules = job["spec"]["jobTemplate"]["spec"]["podFailurePolicy"]["rules"]
    told = [code for rule in rules for code in rule.get("onExitCodes", {}).get("values", ())]
    assert sorted(told) == sorted({*Command.exit_codes} - {exits.OK, exits.LIMIT_REACHED})
