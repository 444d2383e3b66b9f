"""Gauges of the last run in a file, for Prometheus' node exporter to read."""

import os
from collections.abc import Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

STATES = ("found", "written", "unchanged", "quarantined", "out_of_scope")


def write_metrics(path: Path, exit_code: int, report: Mapping[str, int], success: int) -> None:
    """Put the file in its place as a whole; without a report, no article was found. Raises OSError."""
    registry = CollectorRegistry()
    articles = Gauge("finews_articles", "Articles of the last run", ["state"], registry=registry)
    for state in STATES:
        articles.labels(state).set(report.get(state, 0))
    Gauge("finews_exit_code", "How the last run ended", registry=registry).set(exit_code)
    last = Gauge("finews_last_success_timestamp_seconds", "When a run last ended with 0; 0: never", registry=registry)
    last.set(success)
    write_to_textfile(os.fspath(path), registry)
