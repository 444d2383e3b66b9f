"""What lies in the posts' folder from earlier runs, compared with what the ledger knows of it."""

import hashlib
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from crawler import post_format, sites
from crawler.assemble.versions import copies
from crawler.items import OnDisk, Post
from crawler.store.atomic import is_temp
from crawler.store.differing import differing
from crawler.store.filed import File
from crawler.store.ledger import Ledger
from crawler.store.looking import contents
from crawler.store.outcomes import Record
from crawler.store.places import files_in, place, roots, stamp_of

_PAUSES: Final = (0.1, 0.2, 0.4, 0.8)
"""Seconds after which it is looked at again whether a run has booked what it put in place."""


class Listing(NamedTuple):
    """The posts' folder beside the ledger, each by the articles' codes."""

    missing: dict[str, str]
    """Files that the ledger calls written, and of which none is there, or nothing is in them."""
    unknown: dict[str, str]
    """Files that the ledger does not know."""
    edited: dict[str, str]
    """Files that hold something else than was written."""
    unreadable: dict[str, str]
    """Files that the disk fails at."""
    stamps: dict[str, str]
    """Size and time of those that look otherwise, and hold what was written, or nothing tells what was."""
    files: list[File]
    """What the ledger knows of all that was looked at, and of all that was lost."""
    left: list[Path]
    """What else lies among the posts: temp files, and files whose names are no text."""


def compare(folder: Path, ledger: Ledger, *, all_read: bool = False, names: Iterable[str] | None = None) -> Listing:
    """One listing of the posts against the ledger's files; read are those whose size or time is another than it was.

    ``all_read``: so are all others; ``names``: of these files alone. Raises OSError, LedgerError.
    """
    left = list[Path]()
    if names is None:
        there, lost = differing(folder, lambda: _known(ledger, stamped=not all_read), left), ledger.lost()
    else:
        there, lost = {name: stamp_of(place(folder, name)) for name in names}, []
    files = ledger.files(there)
    there |= {one.file: stamp_of(place(folder, one.file)) for one in lost if one.file not in there}
    files += (one for one in lost if one not in files)
    strange = sorted(name for name in there.keys() - {one.file for one in files} if there[name])
    found = map(post_format.FILE_NAME.fullmatch, strange)
    unknown = {one["code"]: one[0] for one in found if one and (one["day"] or sites.CODE.fullmatch(one["code"]))}
    gone = (one for one in files if one.wanted and not there[one.file] and one.code not in unknown)
    held = (one for one in files if one.sha256 and there[one.file])
    other = [one for one in held if all_read or there[one.file] != one.stamp or one.lost]
    differs = {one.code: _differs(place(folder, one.file), one.sha256) for one in other}
    edited = {one.code: one.file for one in other if differs[one.code]}
    unreadable = {one.code: one.file for one in other if differs[one.code] is None and one.wanted}
    stamps = {one.code: there[one.file] for one in other if differs[one.code] is False}
    stamps |= {one.code: there[one.file] for one in files if not one.sha256 and there[one.file]}
    return Listing({one.code: one.file for one in gone}, unknown, edited, unreadable, stamps, files, left)


def compare_beside(folder: Path, ledger: Ledger) -> Listing:
    """The same beside a run that writes: what it is about to book is looked at again. Raises OSError, LedgerError."""
    told = compare(folder, ledger, all_read=True)
    for pause in _PAUSES:
        odd = {*told.missing.values(), *told.unknown.values(), *told.edited.values()}
        if not odd:
            break
        time.sleep(pause)
        again = compare(folder, ledger, all_read=True, names=odd)
        told = told._replace(
            missing=_both(told.missing, again.missing),
            unknown=_both(told.unknown, again.unknown),
            edited=_both(told.edited, again.edited),
        )
    return told


def _both(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return dict(one.items() & other.items())


def _known(ledger: Ledger, *, stamped: bool) -> Iterator[tuple[str, str | None]]:
    """All files that the ledger knows, with their stamps, or with none."""
    after = ""
    while some := ledger.stamps(after):
        yield from some if stamped else ((file, None) for file, _ in some)
        after = some[-1][0]


def _differs(path: Path, checksum: str | None) -> bool | None:
    """Whether the file holds other bytes than those of the checksum, as one nobody may read does; None: it fails."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() != checksum
    except PermissionError:
        return True
    except OSError:
        return None


class EarlierRuns:
    """What earlier runs left in the posts' folder, and the ledger knows or not. Raises OSError, LedgerError."""

    def __init__(self, folder: Path, ledger: Ledger, *, keep_edited: bool = True) -> None:
        self._folder, self._ledger, self._keep_edited = folder, ledger, keep_edited
        self._unknown: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        """The files that were written and are gone, by code."""
        self.unreadable: dict[str, str] = {}
        """The files that the disk fails at, by code."""
        self.edited: frozenset[str] = frozenset()
        """The files that somebody edited, and that are kept."""
        self.to_overwrite: frozenset[str] = frozenset()
        """Those that are not."""

    def so_far(self) -> dict[str, Any]:
        """What the comparison told, as JSON."""
        told = {"missing": self.missing, "unreadable": self.unreadable, "unknown": self._unknown}
        return {**told, "edited": sorted(self.edited), "to_overwrite": sorted(self.to_overwrite)}

    def take_over(self, told: Mapping[str, Any]) -> None:
        """Know what another worker of the same crawl was told by its comparison."""
        self.missing, self.unreadable, self._unknown = told["missing"], told["unreadable"], told["unknown"]
        self.edited, self.to_overwrite = frozenset(told["edited"]), frozenset(told.get("to_overwrite", ()))

    def compare(self) -> set[str]:
        """Compare folder and ledger, once at the beginning of a run; the articles whose files are there again.

        An article whose file is gone, or edited and not to be kept, is pending again, unless it waits for its next try.
        """
        self._ledger.settle(lambda file, sha256: _differs(place(self._folder, file), sha256) is False)
        self.missing, self._unknown, edited, self.unreadable, stamps, files, left = compare(self._folder, self._ledger)
        for temp in left:
            if is_temp(temp.name):  # of a killed run
                temp.unlink(missing_ok=True)
        self.edited = frozenset(edited.values() if self._keep_edited else ())
        self.to_overwrite = frozenset(edited.values()) - self.edited
        renamed = {code for code in self.missing if sites.other_spelling(code) in self._unknown}
        self.missing = {code: file for code, file in self.missing.items() if code not in renamed}
        self._ledger.replaced(renamed)  # by a run that was killed before it could say so
        due = self.missing if self._keep_edited else self.missing | edited
        again = {one.code for one in files if one.lost} - due.keys() - self.unreadable.keys()
        self._ledger.ask_again([one.code for one in files if one.code in due and one.wanted and not one.waits])
        self._ledger.stamped(stamps)
        self._ledger.found_again(sorted(again))
        return again

    def lost(self, code: str) -> Record | None:
        """What is known of the article's file if that is gone, or edited and not to be kept."""
        known = self._ledger.records([code]).get(code) if code in self.missing or self.to_overwrite else None
        return known if known and (code in self.missing or known.file in self.to_overwrite) else None

    def records(self, codes: Sequence[str]) -> dict[str, Record]:
        """What is known of the files of those of the articles that have one."""
        known = self._ledger.records(codes)
        for code in codes:
            file = self._unknown.get(code)
            if file and not (code in known and stamp_of(place(self._folder, known[code].file))):
                known[code] = Record(code, file, None, ())
        return known

    def unknown(self, codes: Iterable[str]) -> list[tuple[Post, str]]:
        """The posts of those of the articles whose files the ledger did not know when the run began, and the files."""
        files = [self._unknown[code] for code in codes if code in self._unknown]
        return [(post, file.name) for post, file in parsed(place(self._folder, file) for file in files)]

    def unknown_second(self) -> list[tuple[Post, str]]:
        """Those of them of whose other spelling the ledger knows the file."""
        others = {sites.other_spelling(code): code for code in self._unknown}
        return self.unknown(others[code] for code in sorted(self._ledger.records(sorted(others))))

    def unknown_items(self) -> list[tuple[Post, str]]:
        """Those of them that are items of the rolling list."""
        return self.unknown(code for code in self._unknown if code.isdigit() and sites.CODE.fullmatch(code))

    def categories(self) -> set[str]:
        """The categories that the posts on disk point to."""
        posts = parsed(place(self._folder, file) for file in self._unknown.values())
        return {*self._ledger.categories(), *(post.category for post, _ in posts)}


def nameless(folder: Path) -> list[Path]:
    """The files that would be posts if their names were UTF-8: no run looks at them. Raises OSError."""
    left = list[Path]()
    for root in roots(folder):
        for _, files in files_in(root, left, again=False):
            deque(files, 0)
    return sorted(path for path in left if path.name.endswith(".md") and not path.name.startswith("."))


def look(folder: Path, records: Iterable[Record]) -> list[OnDisk]:
    """Read the files of these records, where they are there."""
    return [found for record in records if (found := _look(folder, record))]


def parsed(files: Iterable[Path]) -> Iterator[tuple[Post, Path]]:
    """The posts in the files; those that are none, or cannot be read, are passed over."""
    for file in files:
        try:
            yield post_format.parse(contents(file), file.name), file
        except (post_format.FormatError, OSError):
            continue


def _look(folder: Path, record: Record) -> OnDisk | None:
    path = place(folder, record.file)
    if not stamp_of(path):
        return None
    try:
        data = path.read_bytes()
    except PermissionError:  # somebody's, and left as it is
        return OnDisk(record.code, record.file, b"", "edited")
    except OSError:
        return OnDisk(record.code, record.file, b"", "unreadable")
    if record.sha256 is None:
        return OnDisk(record.code, record.file, data, "unknown")
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return OnDisk(record.code, record.file, data, "edited")
    post = post_format.parse(data, record.file)
    return OnDisk(record.code, record.file, data, "written", copies(post, record.sources))
