"""What killed runs left half-written in an output folder; among its posts looks who compares them with the ledger."""

from collections.abc import Collection
from pathlib import Path

from crawler.store.atomic import TEMP_SUFFIX

_FOLDERS = ("", "state", "state/read", "reports", "quarantine", "category")


def clear(output: Path, alive: Collection[str] = ()) -> None:
    """Remove the temp files of all writers but those that are ``alive``. Raises OSError."""
    for folder in (*map(output.joinpath, _FOLDERS), *(output / "assets" / "kline").glob("*")):
        for path in folder.glob(f".*{TEMP_SUFFIX}") if folder.is_dir() else ():
            if path.name[1:].rpartition("-")[0] not in alive and not path.is_dir():
                path.unlink(missing_ok=True)  # its writer may live, and have put it in its place
