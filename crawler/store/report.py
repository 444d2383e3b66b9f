"""The report of a run on disk: ``reports/<run>.json``, and the page of it for people."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, Final

from crawler.patterns import compiled
from crawler.printable import UNSAFE, printable
from crawler.store.atomic import commit, prepare, write_in_pieces
from crawler.store.looking import files_of
from crawler.store.places import POSTS, place

RUN: Final = compiled(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}")
"""The names of runs: their beginning, then something of their own."""
BESIDE: Final = 10
"""So many runs before are told in the page of one."""
_AT_ONCE: Final = 500
"""Items of a list that are spelled together."""
_HEAD_BYTES: Final = 4096
_HEAD_LINE = compiled(r'^ "(\w+)": (\d{1,9}|"[^"\\\x00-\x1f]*"),$', re.MULTILINE)
_NEEDED: Final = {"started": str, "exit_code": int, "counts": dict, "reasons": dict, "output": str}
_IN_HEAD: Final = {"started": str, "exit_code": int, "found": int, "written": int}


def write_report(folder: Path, report: Mapping[str, Any]) -> None:
    """Write the report of the run that it names; raises OSError.

    Its page, too, and the same as ``latest.html``: what is in the way of that is told, and is no error.
    """
    write_in_pieces(folder / f"{report['run']}.json", map(str.encode, spelled(report)))
    try:
        from crawler.reports import page  # noqa: PLC0415 - whoever reads reports needs nothing that draws

        output = folder.parent
        posts = {one["file"]: place(output / POSTS, one["file"]) for one in report["new"]}
        places = {name: path.relative_to(output).as_posix() for name, path in posts.items()}
        data = page(report, _earlier(folder, report["run"]), places).encode("utf-8", "replace")
        paths = [folder / f"{report['run']}.html", folder / "latest.html"]
        commit([(temp, path) for path in paths if (temp := prepare(path, data))])
    except Exception as error:  # noqa: BLE001 - a run is what it is, whatever becomes of its page
        print(printable(f"the report has no page: {type(error).__name__}: {error}"), file=sys.stderr)


def read_report(folder: Path, run: str | None = None) -> dict[str, Any]:
    """The report of the run, or of the newest; raises ValueError where there is none."""
    if run is not None and not RUN.fullmatch(run):
        raise ValueError(f"{run!r} is no name of a run: they look like 20220114T050246Z-6690")
    path = folder / f"{run}.json" if run else _newest(folder)
    try:
        report = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ValueError(f"no report of a run {run} in {folder}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from None
    if not isinstance(report, dict) or report.get("run") != path.stem or not _has(report, _NEEDED):
        raise ValueError(f"{path} is no report of a run")
    return report


class LongList:
    """A list of a report that is not held in memory: there may be very many items."""

    def __init__(self, number: int, items: Callable[[], Iterable[Any]]) -> None:
        """So many ``items``, which are given anew whenever they are asked for."""
        self._number, self._items = number, items

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items())


def on_disk(folder: Path, report: Mapping[str, Any]) -> dict[str, Any]:
    """The report that was written, whose long lists are read where they lie when somebody goes through them."""
    path = folder / f"{report['run']}.json"
    lists = {name: value for name, value in report.items() if isinstance(value, LongList)}
    return {**report, **{name: LongList(len(value), partial(_items, path, name)) for name, value in lists.items()}}


def _items(path: Path, name: str) -> Iterator[Any]:
    """Those of a list in the report, as ``spelled`` puts them."""
    with path.open(encoding="utf-8") as file:
        lines = iter(file)
        if f' "{name}": [\n' in lines:
            for line in takewhile(lambda line: line.startswith("  "), lines):
                yield json.loads(line.rstrip(",\n"))


def spelled(report: Mapping[str, Any]) -> Iterator[str]:
    """The report as JSON, safe to print, in pieces; of lists each item on a line of its own: there may be very many."""
    lists = {name: value for name, value in report.items() if isinstance(value, list | LongList) and value}
    rest = {name: [] if isinstance(value, LongList) else value for name, value in report.items() if name not in lists}
    yield _safe(json.dumps(rest, ensure_ascii=False, indent=1).removesuffix("\n}"))
    for name, items in lists.items():
        yield f',\n "{name}": ['
        lines, before = (json.dumps(item, ensure_ascii=False) for item in items), "\n  "
        while some := ",\n  ".join(islice(lines, _AT_ONCE)):
            yield _safe(before + some)
            before = ",\n  "
        yield "\n ]"
    yield "\n}"


def _safe(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()
    return UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)


def _reports(folder: Path) -> list[Path]:
    return [path for path in files_of(folder, ".json") if RUN.fullmatch(path.stem) and not path.is_fifo()]


def _newest(folder: Path) -> Path:
    if not (found := _reports(folder)):
        raise ValueError(f"no report of any run in {folder}")
    return found[-1]


def heads_before(folder: Path, run: str) -> Iterator[dict[str, Any]]:
    """What the reports but that of the run say at their top, the newest first."""
    for path in [path for path in _reports(folder) if path.stem != run][::-1]:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).decode("utf-8", "replace")
        told = {name: json.loads(value) for name, value in _HEAD_LINE.findall(head)}
        with suppress(ValueError):  # of a time that is none
            if _has(told, _IN_HEAD) and datetime.fromisoformat(told["started"]).tzinfo:
                yield told | {"run": path.stem}


def _has(told: Mapping[str, object], needed: Mapping[str, type]) -> bool:
    """Whether it tells all that is needed, each of its kind: anybody may put a file among the reports."""
    return all(isinstance(told.get(name), kind) for name, kind in needed.items())


def _earlier(folder: Path, run: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The newest of them, and whether there is a page of each."""
    for told in islice(heads_before(folder, run), BESIDE):
        yield told, (folder / f"{told['run']}.html").is_file()
