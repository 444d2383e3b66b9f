"""What work is done with, in a form that changes whenever any of it does: settings, rules, inputs as they lie there."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from crawler.archive import InputFile, ReadResult, Section, Skipped
from crawler.items import Page
from crawler.store.fingerprint import CORE, of_source

NOT_OF_POSTS: Final = frozenset(
    f"FINEWS_{name}"
    for name in ("OUTPUT_DIR", "LEDGER_URL", "LANG", "VERBOSITY", "PING_URL", "NOTIFY", "METRICS_FILE", "POST_FOLDERS")
)
"""Settings that no post depends on; some hold passwords."""

_of_skipped = attrgetter(*(field.name for field in fields(Skipped)))


def settings_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Those that posts may depend on: what a worker elsewhere is told."""
    return {
        name: settings[name] for name in sorted(settings) if name.startswith("FINEWS_") and name not in NOT_OF_POSTS
    }


def made_with(settings: Mapping[str, Any]) -> str:
    """The rules of this version, those of opening and reading files among them, and the settings, in one line."""
    return f"{of_source((*CORE, 'archive', 'reprocess', 'time_limit'))} {settings_of(settings)}"


def state_of(item: InputFile | Section | ReadResult) -> list[Any]:
    """Of a file how it looks from without; of a page of a large container what it is, or what stands in its place."""
    if isinstance(item, InputFile):
        return _of_file(item)
    if isinstance(item, Section):
        return [*_of_file(item.file), item.start, item.end]
    if not isinstance(item, Page):
        return [_of_skipped(item)]
    return [item.url, item.encoding, str(item.fetched), item.source, blake2b(item.body).hexdigest()]


def checksum_of(told: object, size: int) -> bytes:
    """So many bytes that stand for it."""
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=size).digest()


def number_of(told: object) -> int:
    """A number that stands for it: below 2**63, as databases have them."""
    return int.from_bytes(checksum_of(told, 8)) >> 1


def _of_file(item: InputFile) -> list[Any]:
    """What the item is called, and names, sizes and times of all files that it is read from."""
    beside = [Path(item.owner)] if item.owner else []
    with suppress(OSError):  # whoever opens it tells
        beside += sorted(Path(item.path).iterdir()) if not item.name else []
    return [item.name, item.path, item.size, item.times, *map(_look, beside)]


def _look(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except (OSError, ValueError):  # whoever opens it tells
        return (str(path), -1, 0, 0)
    return (str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns)
