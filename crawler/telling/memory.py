"""What was told of earlier runs, so that nothing is told twice: a small file beside the ledger, one for each job."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from crawler.store.atomic import write_atomic
from crawler.store.looking import contents
from crawler.store.quarantine import entry_id


@dataclass
class Memory:
    """Of the runs of one job in one output folder."""

    exit_code: int = 0
    """What was told last, 0 where nothing was, or that all is well again."""
    quiet: list[str] = field(default_factory=list)
    """What was quiet, as far as that was told."""
    lists: dict[str, list[str]] = field(default_factory=dict)
    """By lists with pages their newest article, and the last days on which that was another than before."""
    media: dict[str, list[str]] = field(default_factory=dict)
    """By media the category of their articles, and the last days on which there were new ones."""
    success: int = 0
    """When a run last ended with 0, in seconds since 1970; 0 where none did."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """What is remembered; nothing where there is no such file, or one that is none."""
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            told = json.loads(contents(path))
            lists, media = (
                {name: _with_days(*known) for name, known in told.get(kind, {}).items()} for kind in ("lists", "media")
            )
            quiet = [str(name) for name in told["quiet"]]
            return cls(int(told["exit_code"]), quiet, lists, media, int(float(told["success"])))
        return cls()

    def write(self, path: Path) -> None:
        """Remember it. Raises OSError."""
        write_atomic(path, json.dumps(asdict(self), ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _with_days(first: object, *days: str) -> list[str]:
    """What stands before the days, and these. Raises ValueError, TypeError for what are none."""
    return [str(first), *(date.fromisoformat(day).isoformat() for day in days)]


def memory_file(output: Path, job: str) -> Path:
    """Where the memory of the job is; whatever it is called, below the output folder."""
    return output / "state" / f"told-{entry_id(job)}.json"
