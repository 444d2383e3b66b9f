"""Why a post is another one than before: the source changed, or only what we have of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from crawler.assemble.versions import split
from crawler.items import POST_FIELDS, Origin, Post, Source, Version

Why: TypeAlias = Literal["source-changed", "better-origin", "newer-cleaning"]
"""``source-changed``: a page says something else than before: that alone is news, and a new version.

``better-origin``: something is from a more trusted page, or known better. ``newer-cleaning``: what is made of the same
pages is another thing: rules, settings, pictures that were stored.
"""

_FIELDS: Final = frozenset({*POST_FIELDS, "text"} - {"kind", "link"})
"""What readers see of a post, by the names of Article's fields."""
_TO_THE_MINUTE: Final = 16


def why(before: Post | None, after: Post, told_before: Iterable[Source], told_after: Iterable[Source]) -> Why:
    """Why the post is not as before; None: what it was is lost, and the pages alone tell.

    ``told_…``: which pages told which fields. A field of which the same kind of page says something else was changed by
    the source; one that another kind of page tells, by that.
    """
    sources = [*told_before], [*told_after]
    reasons = {_why(name, *sources) for name in _FIELDS if before is None or _differs(name, before, after)}
    if before and before.time != after.time and before.time[:_TO_THE_MINUTE] == after.time[:_TO_THE_MINUTE]:
        reasons.add("better-origin")
    order: tuple[Why, ...] = ("source-changed", "better-origin")
    return next((reason for reason in order if reason in reasons), "newer-cleaning")


def _differs(name: str, before: Post, after: Post) -> bool:
    if name == "time":  # its seconds, known later, are no other time
        return before.time[:_TO_THE_MINUTE] != after.time[:_TO_THE_MINUTE]
    field = "body" if name == "text" else name
    return bool(getattr(before, field) != getattr(after, field))


def teller(name: str, told: Iterable[Source]) -> tuple[str, str] | None:
    """The kind of page that told a field, and the digest of what it said; None where none did."""
    return next(((origin, split(version)[0]) for origin, version in _tellers(name, told)), None)


def _tellers(name: str, told: Iterable[Source]) -> Iterator[tuple[Origin, Version]]:
    return ((origin, version) for origin, version, names in told if name in names)


def _why(name: str, before: Sequence[Source], after: Sequence[Source]) -> Why:
    old, new = next(_tellers(name, before), None), next(_tellers(name, after), None)
    if not old or not new or old[0] != new[0]:
        return "newer-cleaning" if old == new else "better-origin"
    (said, page), (its_said, its_page) = split(old[1]), split(new[1])
    return "newer-cleaning" if said == its_said or page == its_page != "" else "source-changed"
