"""Earlier posts of articles, kept in ``versions/`` when others take their place: found by code and time."""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from crawler.assemble.changes import Why
from crawler.patterns import compiled
from crawler.sites import digits
from crawler.store.atomic import make_folder
from crawler.store.looking import files_of

FOLDER: Final = "versions"
_STAMP = "%Y%m%dT%H%M%SZ"
_UNKNOWN = "unknown"
_TIME = r"\d{8}T\d{6}Z"
_NAME = compiled(
    rf"(?P<code>[^/\\.]+)\.(?P<since>{_TIME}|{_UNKNOWN})\.(?P<until>{_TIME})\.v(?P<version>\d{{1,9}})\.(?P<origin>[a-z-]+)"
    r"\.(?P<why>source-changed|better-origin|newer-cleaning)\.(?P<checksum>[0-9a-f]{8})\.md\.gz",
    re.ASCII,
)
MOST_BYTES: Final = 64 * 1024 * 1024
"""No post is larger: what unpacks to more is none."""


class BadVersion(ValueError):
    """The file holds no post of the name that it has; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An earlier post: what its file's name tells."""

    code: str
    since: datetime | None
    """When it was on disk; None where nothing tells."""
    until: datetime
    """When another took its place."""
    version: int
    """Grows when the source changed."""
    origin: str
    """The kind of page that its body is from."""
    why: Why
    """Why another took its place."""
    checksum: str
    """The beginning of its bytes' SHA-256."""

    @property
    def key(self) -> tuple[str, datetime | None, str]:
        """The same post from the same time on is one, however often a killed run began to put it aside."""
        return self.code, self.since, self.checksum

    @property
    def next_version(self) -> int:
        """The number of what took its place."""
        return self.version + (self.why == "source-changed")


def name_of(kept: Kept) -> str:
    """Where its file lies below the folder of versions."""
    times = ".".join(f"{time.astimezone(UTC):{_STAMP}}" if time else _UNKNOWN for time in (kept.since, kept.until))
    told = f"{times}.v{kept.version}.{kept.origin}.{kept.why}.{kept.checksum}"
    return f"{_day(kept.code)}/{kept.code}.{told}.md.gz"


def of_name(name: str) -> Kept | None:
    """What the name of a file tells; None for one that is no version's."""
    told = _NAME.fullmatch(name)
    try:
        return told and Kept(
            code=told["code"],
            since=_read(told["since"]),
            until=cast("datetime", _read(told["until"])),
            version=int(told["version"]),
            origin=told["origin"],
            why=cast("Why", told["why"]),
            checksum=told["checksum"],
        )
    except ValueError:  # no such time
        return None


def checksum_of(data: bytes) -> str:
    """The beginning of the bytes' SHA-256, as names have it."""
    return hashlib.sha256(data).hexdigest()[:8]


def read(path: Path) -> bytes:
    """The post in the file. Raises BadVersion, OSError."""
    kept, unpacker = of_name(path.name), zlib.decompressobj(wbits=31)
    if not kept:
        raise BadVersion("its name is none of a version's")
    try:
        data = unpacker.decompress(path.read_bytes(), MOST_BYTES)
    except zlib.error as error:
        raise BadVersion(f"damaged: {error}") from None
    if not unpacker.eof or checksum_of(data) != kept.checksum:
        raise BadVersion("damaged: it does not hold what its name says")
    return data


class Versions:
    """The folder of versions below an output folder."""

    def __init__(self, output: Path) -> None:
        self.folder = output / FOLDER

    def of(self, code: str) -> list[tuple[Kept, Path]]:
        """The earlier posts of the article, the oldest first, each once."""
        return sorted_by_time(self._files(code))

    def all(self, codes: Iterable[str] | None = None) -> Iterator[tuple[str, list[tuple[Kept, Path]]]]:
        """Those of all articles, by code, in the order of days and codes; ``codes``: of those with theirs, at least."""
        folders = files_of(self.folder) if codes is None else {self.folder / _day(code) for code in codes}
        for folder in sorted(folders):
            by_code: dict[str, list[Path]] = {}
            for path in files_of(folder, ".gz"):
                by_code.setdefault(path.name.partition(".")[0], []).append(path)
            for code in sorted(by_code):
                if found := sorted_by_time(by_code[code]):
                    yield code, found

    def prepare(self, kept: Kept, data: bytes, temp: Path) -> tuple[Path, Path] | None:
        """Write the post to where it waits to be put in place; both places, or None where it lies there already.

        Raises OSError.
        """
        path = self.folder / name_of(kept)
        make_folder(path.parent)
        if path.exists():
            return None
        make_folder(temp.parent)
        temp.write_bytes(gzip.compress(data, mtime=0))
        return temp, path

    def remove_doubles(self, kept: Kept) -> None:
        """Remove what a killed run put aside of the same post, with another end. Raises OSError."""
        for path in self._files(kept.code):
            other = of_name(path.name)
            if other and other.key == kept.key and other != kept:
                path.unlink(missing_ok=True)

    def _files(self, code: str) -> list[Path]:
        return [path for path in files_of(self.folder / _day(code), ".gz") if path.name.startswith(f"{code}.")]


def sorted_by_time(paths: Iterable[Path]) -> list[tuple[Kept, Path]]:
    """What their names tell, with the files, the oldest first; of one post from one time on, the one that ends last."""
    found = [(kept, path) for path in paths if (kept := of_name(path.name))]
    found.sort(key=lambda one: (one[0].until, one[0].since or datetime.min.replace(tzinfo=UTC), one[0].version))
    return list({kept.key: (kept, path) for kept, path in found}.values())


def _day(code: str) -> str:
    """The folder of an article: the day that its code tells."""
    return digits(code)[:8]


def _read(time: str) -> datetime | None:
    return None if time == _UNKNOWN else datetime.strptime(time, _STAMP).replace(tzinfo=UTC)
