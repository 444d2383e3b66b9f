"""What becomes of an article's earlier post when another takes its place: four steps, and a kill may come between any.

1. the earlier post is put into ``versions/``; 2. the ledger notes what is about to come; 3. the post is put in place;
4. the ledger books it. Behind 1 the earlier post is still in its place: the next run puts it aside as the same one.
Behind 2 nothing holds the bytes that the note is of. Behind 3 something does, and the next run books them.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from crawler import post_format
from crawler.assemble.changes import Why, why
from crawler.assemble.outcome import Assembled
from crawler.items import Source
from crawler.store.atomic import TEMP_SUFFIX, commit, writer
from crawler.store.engine import now
from crawler.store.history import Bytes, booking
from crawler.store.ledger import Ledger
from crawler.store.looking import is_there
from crawler.store.outcomes import Record
from crawler.store.places import place
from crawler.store.versions import Kept, Versions


class Revisions:
    """Puts earlier posts aside. ``parts``: where files wait to be put in place."""

    def __init__(self, output: Path, posts: Path, parts: Path) -> None:
        self._versions, self._posts, self._parts = Versions(output), posts, parts
        self._numbers = count()

    def begin(self, done: Sequence[Assembled], ledger: Ledger) -> None:
        """Steps 1 and 2, for posts that are prepared. Raises OSError, LedgerError."""
        time, history = now(), ledger.history([one.code for one in done])
        new = [one for one in done if not (one.code in history and history[one.code].sha256 == one.sha256)]
        records = ledger.records([one.code for one in new if one.code in history])
        aside, coming = list[tuple[Kept, bytes]](), list[tuple[Bytes, dict[str, Any]]]()
        for one in new:
            before = history.get(one.code) or self._of_files(one.code, one.sha256)
            reason: Why = "newer-cleaning"
            if before and before.sha256 != one.sha256:
                told = records.get(one.code, Record(one.code, one.file, None, ()))
                data = self._ours(told, before)
                reason = self._why(one, told, data)
                if data is not None:
                    aside.append((_kept(before, told.sources, reason, time), data))
            coming.append((self._next(one, before, reason, time), booking(one)))
        self._put_aside(aside)
        ledger.will_come(coming, durably=bool(records))

    def replace(self, gone: Sequence[Record], ledger: Ledger) -> None:
        """Put the posts aside of articles that are known under other codes now. Raises OSError, LedgerError."""
        time, history = now(), ledger.history([one.code for one in gone])
        known = [(one, history.get(one.code) or self._there(one)) for one in gone]
        there = [(one, before, self._ours(one, before)) for one, before in known if before]
        self._put_aside(
            [
                (_kept(before, one.sources, "better-origin", time), data)
                for one, before, data in there
                if data is not None
            ]
        )

    def remember(self, ledger: Ledger) -> None:
        """Tell a ledger that was made anew what the files tell of posts' histories. Raises OSError, LedgerError."""
        for code, kept in self._versions.all():
            for record in ledger.records([code]).values():
                data = _read(place(self._posts, record.file))
                if data is not None:
                    ledger.remember([of_files([one for one, _ in kept], hashlib.sha256(data).hexdigest())])

    def _ours(self, record: Record, before: Bytes) -> bytes | None:
        """The earlier post's bytes; None where they are gone, or somebody edited them: that is no version."""
        data = _read(place(self._posts, record.file))
        return data if data is not None and hashlib.sha256(data).hexdigest() == before.sha256 else None

    def _why(self, one: Assembled, before: Record, data: bytes | None) -> Why:
        assert one.post
        there = self._parts / one.prepared if one.prepared else place(self._posts, one.file)
        after = post_format.parse(there.read_bytes(), one.file)
        earlier = None if data is None else post_format.parse(data, before.file)
        return why(earlier, after, before.sources, one.post.sources)

    def _next(self, one: Assembled, before: Bytes | None, reason: Why, time: datetime) -> Bytes:
        """What is to be known of the post that comes."""
        if before and before.sha256 == one.sha256:
            return before
        if before:
            is_news = reason == "source-changed"
            revised = time if is_news else before.revised
            return before._replace(sha256=one.sha256, version=before.version + is_news, since=time, revised=revised)
        is_new = not is_there(place(self._posts, one.file))  # else it was there before the ledger was
        is_put = one.outcome == "written"
        return Bytes(one.code, one.sha256, 1, time if is_new else None, time if is_put else None, None)

    def _of_files(self, code: str, sha256: str) -> Bytes | None:
        kept = [one for one, _ in self._versions.of(code)]
        return of_files(kept, sha256) if kept else None

    def _there(self, record: Record) -> Bytes | None:
        """What the files tell of a post whose history the ledger does not know."""
        data = _read(place(self._posts, record.file))
        if data is None:
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        return self._of_files(record.code, sha256) or Bytes(record.code, sha256, 1, None, None, None)

    def _put_aside(self, aside: Sequence[tuple[Kept, bytes]]) -> None:
        prepared = []
        for kept, data in aside:
            temp = self._parts / f"{writer()}/version{next(self._numbers)}{TEMP_SUFFIX}"
            if both := self._versions.prepare(kept, data, temp):
                prepared.append(both)
        commit(prepared)
        for kept, _ in aside:
            self._versions.remove_doubles(kept)


def of_files(kept: Sequence[Kept], sha256: str) -> Bytes:
    """What the earlier posts of an article tell of the one of these bytes, which is there now."""
    first, last = kept[0], kept[-1]
    news = [one.until for one in kept if one.why == "source-changed" and one is not last]
    first_seen = first.since if first.version == 1 else None
    if sha256.startswith(last.checksum):  # a run was killed before another took its place
        return Bytes(first.code, sha256, last.version, first_seen, last.since, max(news, default=None))
    news += [last.until] if last.why == "source-changed" else []
    return Bytes(first.code, sha256, last.next_version, first_seen, last.until, max(news, default=None))


def _kept(before: Bytes, sources: Sequence[Source], reason: Why, time: datetime) -> Kept:
    origin = next((origin for origin, _, names in sources if "text" in names), "none")
    return Kept(
        code=before.code, since=before.since, until=time, version=before.version, origin=origin, why=reason,
        checksum=before.sha256[:8],
    )  # fmt: skip


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
