"""Which of an article's posts was on disk at a time."""

from collections.abc import Sequence
from datetime import datetime

from crawler.store.history import Bytes
from crawler.store.versions import Kept


def of_then(kept: Sequence[Kept], there: Bytes | None, moment: datetime) -> Kept | Bytes | None:
    """The post of that moment: an earlier one, the one that is ``there`` now, or None for none that can be told.

    Of a version of which the earlier posts were removed, the next that is kept is given: the source said the same.
    """
    chain: list[Kept | Bytes] = [*(one for one in kept if not _is_there(one, there)), *([there] if there else [])]
    begun = [one for one in chain if one.since and one.since <= moment]
    if not begun:
        first_seen = first_seen_of(kept, there)
        return _next(chain, 1) if first_seen and first_seen <= moment else None
    last = begun[-1]
    if isinstance(last, Kept) and last.until <= moment:
        return _next(chain[chain.index(last) + 1 :], last.next_version)
    return last


def first_seen_of(kept: Sequence[Kept], there: Bytes | None) -> datetime | None:
    """When the first version was on disk; None where nothing tells."""
    if there and there.first_seen:
        return there.first_seen
    return kept[0].since if kept and kept[0].version == 1 else None


def revised_by(kept: Sequence[Kept], there: Bytes | None, moment: datetime) -> datetime | None:
    """When the source's last change was that was on disk by that moment."""
    told = [one.until for one in kept if one.why == "source-changed"] + ([there.revised] if there else [])
    return max((time for time in told if time and time <= moment), default=None)


def _is_there(one: Kept, there: Bytes | None) -> bool:
    """Whether it is the post that is there: a run that puts it aside is under way, or was killed."""
    return bool(there and (there.since, there.sha256[: len(one.checksum)]) == (one.since, one.checksum))


def _next(chain: Sequence[Kept | Bytes], version: int) -> Kept | Bytes | None:
    return chain[0] if chain and chain[0].version == version else None
