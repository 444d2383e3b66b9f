"""The report of a run on disk: ``reports/<run>.json``."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.store.atomic import write_atomic


def write_report(folder: Path, report: Mapping[str, Any]) -> None:
    """Write the report of the run that it names; raises OSError."""
    write_atomic(folder / f"{report['run']}.json", _spelled(report).encode("utf-8", "replace"))


def _spelled(report: Mapping[str, Any]) -> str:
    """The report as JSON; of lists each item on a line of its own: there may be very many."""
    lists = {name: value for name, value in report.items() if isinstance(value, list) and value}
    text = json.dumps(
        {name: value for name, value in report.items() if name not in lists}, ensure_ascii=False, indent=1
    )
    for name, items in lists.items():
        lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
        text = f'{text.removesuffix("}").rstrip()},\n "{name}": [\n  {lines}\n ]\n}}'
    return text
