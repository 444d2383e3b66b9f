"""When an article is asked for again that could not be had, or of whose post a later run may have more."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final

from crawler.assemble.versions import is_rough
from crawler.items import Post
from crawler.store.engine import now

RETRY_GAPS: Final = tuple(timedelta(hours=h) for h in (0, 0, 0, 1, 6, 24, 72, 168))
"""How long after each failure later runs wait before they ask again; after the last, only ``quarantine retry`` asks."""


def lacks(post: Post, worse: Collection[str]) -> bool:
    """Whether a later run may have more of it."""
    by_list = post.origin == "none" and any(origin == "list" for origin, *_ in post.sources)
    is_poor = post.origin in worse or is_rough(post.sources) or bool(post.pictures_missing)
    return is_poor or by_list or "medium_unknown" in post.notes


def next_try(row: Mapping[str, Any]) -> dict[str, Any]:
    """What changes of an article's row when it is to be asked for once more, at growing distances; in the end never."""
    attempts = row["attempts"] + 1
    gap = RETRY_GAPS[attempts - 1] if attempts <= len(RETRY_GAPS) else None
    return {"attempts": attempts, "next_try": (now() + gap).isoformat() if gap is not None else None}
