"""`make bench`: what things cost, as ratios measured in one run; a table, `last.json`, and with `--docs` the docs' page."""

import json
import os
import sys
import time
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests")]

from asked import ASKED, is_reached
from harness import Found

LAST = HERE / "last.json"
SUBJECTS = ("conversion", "charts", "crawling", "known", "reprocessing", "containers", "durable", "exporting", "asking")


def main() -> None:
    """Measure all subjects, or those that are named; what was measured before of the others stays."""
    words = set(sys.argv[1:])
    found = Found("--quick" in words)
    before = json.loads(LAST.read_text("utf-8")) if LAST.exists() else {"ratios": {}, "figures": {}}
    kept: dict[str, Any] = before
    for name in [name for name in SUBJECTS if name in words] or SUBJECTS:
        begun, used = time.monotonic(), _used()
        with warnings.catch_warnings(action="ignore"):  # those of the others
            import_module(name).measure(found)
        print(
            f"{name}: measured in {time.monotonic() - begun:.0f} s, {_used() - used:.0f} s of processors",
            file=sys.stderr,
            flush=True,
        )
        kept = {"quick": found.quick, "load": os.getloadavg()[2]} | {
            key: before[key] | getattr(found, key) for key in ("ratios", "figures")
        }
        LAST.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    _table(found, before["ratios"])
    if "--docs" in words:
        from speed_page import write

        write(**kept)


def _used() -> float:
    """Seconds of processors, with those of the processes that have ended."""
    return sum(os.times()[:4])


def _table(found: Found, before: dict[str, float]) -> None:
    print(f"{'':54} {'now':>8} {'last run':>9} {'asked':>8}")
    for name, value in found.ratios.items():
        last, most = before.get(name), ASKED.get(name)
        mark = "" if is_reached(name, value) else "  not reached"
        print(f"{name:54} {value:8.2f} {'' if last is None else f'{last:.2f}':>9} {most or '':>8}{mark}")
    print()
    for name, value in found.figures.items():
        print(f"{name:54} {value:>14}")


if __name__ == "__main__":
    main()
