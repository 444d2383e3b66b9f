"""``finews.toml`` in the folder where a command runs: settings by their full names."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.nearest import suggest

NAME = "finews.toml"
PATHS = ("FINEWS_OUTPUT_DIR", "FINEWS_METRICS_FILE", "FINEWS_LEDGER_URL")
"""Those that name a file or a folder; of addresses, SQLite's."""
SQLITE = "sqlite:///"
_KINDS: dict[type, tuple[tuple[type, ...], str]] = {
    str: ((str,), "say text, in quotes"),
    bool: ((bool, int, str), "say true or false"),
    int: ((int, str), "say a number"),
    list: ((list, str), 'say a list of texts, as ["one", "two"]'),
}
"""What a setting may be given as, by the kind of its default."""


def read(defaults: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What the file sets, nothing where there is none; and what is wrong with it, "" for nothing.

    It may set what is Scrapy's, too: only of ours all names are known.
    """
    try:
        held = tomllib.loads(Path(NAME).read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"{NAME} cannot be read: {error.strerror}"
    except ValueError as error:  # of TOML, and of UTF-8
        return {}, f"{NAME} is no TOML: {error}"
    wrong = next(filter(None, (_wrong(name, value, defaults) for name, value in held.items())), "")
    return ({}, wrong) if wrong else (held, "")


def at_home(name: str, value: Any) -> Any:
    """The setting's value, in which a path may begin with ``~``: no shell sees what is quoted, or stands in a file."""
    if name not in PATHS or not isinstance(value, str):
        return value
    before = SQLITE if value.startswith(SQLITE) else ""
    return before + os.path.expanduser(value.removeprefix(before))  # noqa: PTH111 - "" is no path, and stays


def unknown(name: str, defaults: Mapping[str, Any]) -> str:
    """What to say of a name that none of our settings has."""
    return f"there is no setting {name}: {suggest(name, defaults)}"


def _wrong(name: str, value: object, defaults: Mapping[str, Any]) -> str:
    if name not in defaults:
        if isinstance(value, dict) and (not name.isupper() or name == "FINEWS"):
            return f"{NAME}: [{name}] is none of its tables: settings stand by their full names, below no heading"
        is_scrapys = name.isupper() and not name.startswith("FINEWS_") and f"FINEWS_{name}" not in defaults
        return "" if is_scrapys else f"{NAME}: {unknown(name, defaults)}"
    kinds, cure = _KINDS[type(defaults[name])]
    texts = value if isinstance(value, list) else ()
    if not isinstance(value, kinds) or not all(isinstance(one, str) for one in texts):
        return f"{NAME}: {name} is of the wrong kind: {cure}"
    return ""
