"""Which files of posts are not as they are known: each is looked at, and only those are kept in memory."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from crawler.store.places import files_in, place, roots, stamp, stamp_of

_PARTS: Final = 1024
_NOTHING: Final = "-"
"""In place of the stamp of a file that has none: nothing is known as that."""


def differing(posts: Path, known: Callable[[], Iterable[tuple[str, str | None]]], left: list[Path]) -> dict[str, str]:
    """The files of posts that are not as they are known, by name, each with the stamp that it has. Raises OSError.

    ``known``: tells names with their stamps, each time that it is asked; ``left``: as in ``files_in``.

    What lies there is added up, by the rest of a hash of name and stamp, and what is known is taken off. Where nothing
    remains all is as it was; what made up the other sums is looked at once more, by itself. There may be very many.
    """
    sums = [0] * _PARTS
    for one in _there(posts, left):
        key = hash(one)
        sums[key % _PARTS] += key
    for name, told in known():
        key = hash(f"{name}/{told}")
        sums[key % _PARTS] -= key
    odd = {part for part, rest in enumerate(sums) if rest}
    return _differing(posts, known, odd) if odd else {}


def _differing(posts: Path, known: Callable[[], Iterable[tuple[str, str | None]]], parts: set[int]) -> dict[str, str]:
    """Those of them that are in these parts."""
    there, were = dict[str, str](), dict[str, str | None]()
    for one in _there(posts, []):
        if hash(one) % _PARTS in parts:
            name, _, told = one.partition("/")
            there.setdefault(name, told)
    for name, before in known():
        if hash(f"{name}/{before}") % _PARTS in parts:
            were[name] = before
    names = ({**were, **there}).keys() - {name for name in there.keys() & were.keys() if there[name] == were[name]}
    now = {name: stamp_of(place(posts, name)) for name in names}
    return {name: told for name, told in now.items() if not told or told != were.get(name)}


def _there(posts: Path, left: list[Path]) -> Iterator[str]:
    """Name and stamp of each file of a post, with a slash between them, which no name holds."""
    for root in roots(posts):
        for _, files in files_in(root, left, again=False):
            for file in files:
                try:
                    told = stamp(file.stat())
                except OSError:
                    told = ""
                yield f"{file.name}/{told or _NOTHING}"
