"""A wrong word answered with the right one that is nearest to it."""

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile


def suggest(word: str, words: Collection[str]) -> str:
    """``did you mean …?``, with the nearest of the words, however they are written; it is said where none is near."""
    known = {_plain(one): one for one in words}
    near = nearest(_plain(word), known)
    return answer(near and known[near])


def answer(near: str | None) -> str:
    """What is said of the nearest word, or where there is none."""
    return f"did you mean {near}?" if near else "none is like it."


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The word that is most like it, at least so much (0..1); of several, as codes often are, one that begins alike."""
    near = get_close_matches(word, words, 5, cutoff)
    likeness = ((SequenceMatcher(None, one, word).ratio(), _alike(one, word), one) for one in near)
    return max(likeness, default=(0, 0, None))[2]


def _alike(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _plain(word: str) -> str:
    """What tells a word from others: nearly all names of settings begin alike."""
    return word.casefold().removeprefix("finews_")
