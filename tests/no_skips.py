"""Under FINEWS_NO_SKIP=1 nothing skips: a check that did not run is no check."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under FINEWS_NO_SKIP=1 a skipped test is a failed one, but for the source's posts, which are not ours to ship."""
    return _unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So is a module that skips."""
    return _unskipped((yield))


def _unskipped(report: Report) -> Report:
    reason = str(report.longrepr[2]) if report.skipped and isinstance(report.longrepr, tuple) else ""
    if os.environ.get("FINEWS_NO_SKIP") and report.skipped and "SOURCE'S OWN POSTS" not in reason:
        report.outcome = "failed"
    return report
