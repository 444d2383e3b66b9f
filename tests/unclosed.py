"""A database that is left open fails the tests: Python says so itself since 3.13, earlier ones here."""

import sqlite3
import sqlite3.dbapi2
import sys
import warnings
from functools import partial


class _Watched(sqlite3.Connection):
    """One that tells when it goes without having been closed."""

    def __del__(self) -> None:
        try:
            _ = self.total_changes
        except sqlite3.Error:  # it was closed, or never open
            return
        warnings.warn(f"unclosed database in {self!r}", ResourceWarning, stacklevel=1, source=self)


def watch() -> None:
    """Watch every connection that this process opens from now on."""
    if sys.version_info < (3, 13):
        sqlite3.connect = sqlite3.dbapi2.connect = partial(sqlite3.connect, factory=_Watched)
