"""What could not be made into a post, and why: the raw page and a JSON with the reason, one pair an entry."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from html import unescape
from pathlib import Path

from crawler.items import Page
from crawler.patterns import compiled
from crawler.store.atomic import OF_ONE_NAME, write_atomic
from crawler.store.looking import contents, files_of, is_file

_UNSAFE = compiled(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class QuarantineEntry:
    """One entry: its id is the article's code, or for a page that names none a hash of where it came from."""

    id: str
    reason: str
    url: str = ""
    source: str = "live"
    title: str = ""
    """As a list showed it, as text; "" when nothing told it."""
    raw: str = ""
    """Name of the file with the raw bytes, "" when there are none (the page was never received)."""

    @property
    def where(self) -> str:
        """Its address, else the file that it is in."""
        return self.url or self.source


class Quarantine:
    """The ``quarantine`` folder."""

    def __init__(self, output: Path) -> None:
        self._folder = output / "quarantine"
        self._known: set[str] = set()
        self.foreign: list[Path] = []

    def open(self) -> None:
        """See what is there: most articles have no entry to remove."""
        self._known = {path.stem for path in files_of(self._folder, ".json")}

    def add(self, code: str, reason: str, page: Page | None = None, title: str = "") -> QuarantineEntry:
        """Keep the page and the reason under the article's code; a later entry takes an earlier one's place."""
        key = entry_id(code)
        self._known.add(key)
        raw = f"{key}.raw" if page and page.body and self._write(f"{key}.raw", page.body) else ""
        source = page.source if page else "live"
        if source != "live":
            source = f"{Path.cwd() / source}"  # whoever reads it may stand elsewhere
        entry = QuarantineEntry(key, reason, page.url if page else "", source, unescape(title), raw)
        data = json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode("utf-8", "replace")
        if not self._write(f"{key}.json", data):
            return replace(entry, reason=f"{reason} (no entry: something else has its name)")
        return entry

    def _write(self, name: str, data: bytes) -> bool:
        """Write the file; False where a folder, or what else is ours not to touch, has its name. Raises OSError."""
        try:
            write_atomic(self._folder / name, data)
        except OSError as error:
            if error.errno not in OF_ONE_NAME:
                raise
            return False
        return True

    def __contains__(self, code: str) -> bool:
        return bool(self._known) and entry_id(code) in self._known

    def remove(self, code: str) -> bool:
        """Forget the entry: it became a post, or the user dropped it; whether there was one."""
        if code not in self:
            return False
        key, there = entry_id(code), False
        self._known.discard(key)
        for suffix in (".raw", ".json"):
            path = self._folder / f"{key}{suffix}"
            if is_file(path):
                path.unlink()
                there = True
        return there

    def entries(self) -> Iterator[QuarantineEntry]:
        """All entries, by id; ``foreign`` holds the files that are none, or damaged ones, when all were given."""
        self.foreign.clear()
        for path in files_of(self._folder, ".json"):
            if entry := _entry(path):
                yield entry
            else:
                self.foreign.append(path)


def _entry(path: Path) -> QuarantineEntry | None:
    """The entry in the file, None when there is none: others may put files there, and disks damage them."""
    try:
        entry = QuarantineEntry(**json.loads(contents(path)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    texts = all(isinstance(value, str) for value in asdict(entry).values())
    return entry if texts and entry.id == path.stem else None


def entry_id(code: str) -> str:
    """A file name for an entry: the code itself, or a hash of what is no code (an address, a path)."""
    if len(code) <= 64 and not _UNSAFE.search(code):
        return code
    return "page-" + hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:16]
