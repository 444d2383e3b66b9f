"""What an output folder need not keep: reports, responses, pictures, versions that were no news; old posts aside."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from crawler import post_format, sites
from crawler.kline.paths import FOLDER, is_local
from crawler.patterns import compiled
from crawler.store.looking import contents, is_file, is_there
from crawler.store.places import OLD, POSTS, listed, move
from crawler.store.report import RUN
from crawler.store.versions import Versions, read

KEPT_RUNS = 10
"""So many of the newest runs keep their reports: they tell what is usual."""
KINDS = ("reports", "archive", "versions", "pictures", "posts", "read")
_READ = Path("state", "read")
"""Where runs on a cluster keep what pages say (reprocess/worker_process.py); what is needed of it is read again."""
_PICTURE = compiled(rf"{FOLDER}/[\w.-]+/[\w.-]+".encode())


def kinds_in(output: Path) -> list[str]:
    """All kinds; that of clusters where there was one."""
    return [kind for kind in KINDS if kind != "read" or (output / _READ).is_dir()]


def plan(output: Path, days: Mapping[str, int], now: datetime) -> dict[str, list[Path]]:
    """The files that can go, of each kind that is asked for; ``days``: how old they are, ``now`` in Beijing.

    Raises OSError.
    """
    find = {"reports": _reports, "posts": _posts, "versions": _versions, "pictures": _pictures}
    find |= {"archive": partial(_untouched, "archive/*.warc*"), "read": partial(_untouched, f"{_READ}/spool-*")}
    return {kind: sorted(find[kind](output, now - timedelta(days=age))) for kind, age in days.items()}


def carry_out(output: Path, planned: Mapping[str, Iterable[Path]]) -> None:
    """Move posts to the old ones, durably; remove the other files. Raises OSError."""
    for kind, paths in planned.items():
        if kind == "posts":
            move([(path, output / OLD / path.relative_to(output / POSTS)) for path in paths])
            continue
        for path in paths:
            path.unlink(missing_ok=True)


def _reports(output: Path, before: datetime) -> list[Path]:
    """Reports of runs, and what else is called after them, but for those of the newest runs."""
    found = [path for path in (output / "reports").glob("*.*") if RUN.fullmatch(path.stem)]
    kept = sorted({path.stem for path in found})[-KEPT_RUNS:]
    return [path for path in found if path.stem not in kept and path.stem < f"{before.astimezone(UTC):%Y%m%dT%H%M%SZ}"]


def _untouched(pattern: str, output: Path, before: datetime) -> list[Path]:
    """Files below the output folder that nothing was written to since."""
    found = (path for path in output.glob(pattern) if is_there(path))
    return [path for path in found if path.stat().st_mtime < before.timestamp()]


def _pictures(output: Path, _before: datetime) -> list[Path]:
    """Pictures of ours that no post, not even an old or an earlier one, names anywhere; none where there are no posts.

    They may lie on a disk that is not there.
    """
    if not (there := listed(output / POSTS)):
        return []
    posts = (contents(path) for path in map(Path, there.values()) if is_file(path))
    earlier = (read(path) for _, some in Versions(output).all() for _, path in some)
    shown = {name.decode() for data in chain(posts, earlier) for name in _PICTURE.findall(data)}
    real = os.path.realpath(output)
    own = (path for path in (output / FOLDER).glob("*/*") if Path(os.path.realpath(path)).is_relative_to(real))
    stored = (path.relative_to(output).as_posix() for path in own)
    return [output / name for name in stored if is_local(name) and name not in shown]


def _versions(output: Path, before: datetime) -> list[Path]:
    """Earlier posts that gave way before that, and not to news: of the same version of an article there are others."""
    kept = ((one, path) for _, some in Versions(output).all() for one, path in some)
    return [path for one, path in kept if one.why != "source-changed" and one.until < before]


def _posts(output: Path, before: datetime) -> list[Path]:
    """Posts of articles from days before, as their names tell."""
    there = listed(output / POSTS, old=False)
    named = ((Path(path), post_format.FILE_NAME.fullmatch(name)) for name, path in there.items())
    dated = ((path, name["day"]) for path, name in named if name and name["day"] and sites.CODE.fullmatch(name["code"]))
    return [path for path, day in dated if day < f"{before:%Y-%m-%d}"]
