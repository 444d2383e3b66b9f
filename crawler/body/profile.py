"""Profiles: which removal rules are on. ``source`` does what the source site did, ``standard`` cleans.

``source`` also mends the tags that Jekyll would show to the reader as text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.body.register import RULES

_PROFILES: dict[str, frozenset[str]] = {
    "source": frozenset({"pairs", "quoting", "stray-ends"}),
    "standard": frozenset(RULES),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of removal rules; the safety edits belong to every profile."""

    name: str
    rules: frozenset[str]


def profile(name: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Profile:
    """The profile ``source`` or ``standard`` with rules added and taken away.

    :raises ValueError: names the profile or rule that there is not, and lists those that there are.
    """
    if name not in _PROFILES:
        raise ValueError(f"no cleaning profile {name!r}: there are {', '.join(sorted(_PROFILES))}")
    added, removed = frozenset(add), frozenset(remove)
    for rule in sorted(added | removed):
        if rule not in RULES:
            raise ValueError(f"no cleaning rule {rule!r}: there are {', '.join(sorted(RULES))}")
    return Profile(name, (_PROFILES[name] | added) - removed)
