"""Text as it is searched: without what nobody types or sees, every spelling of a character alike, in pairs.

SQLite's trigrams cannot find names of two characters, and its words end at blanks, which Chinese has not. So each
character is indexed together with the one behind it, and a word is found as the pairs that it is made of, side by side.
"""

import unicodedata
from collections.abc import Iterator

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Blanks, controls and what only tells how others are shown."""
_OUT_OF_ASCII = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
"""FTS5 splits tokens at ASCII's signs only; as their full-width forms, which folding has undone, these are letters."""


class _Folded(dict[int, str]):
    """Each character on its own, so that a part of a text is a part of the folded text, too.

    An accent is a character of its own, be it typed as one (NFD) or not: to join them takes their order, and time.
    """

    def __missing__(self, code: int) -> str:
        once = unicodedata.normalize("NFKC", chr(code)).casefold()
        spelled = unicodedata.normalize("NFKD", once).translate(_OUT_OF_ASCII)
        seen = "".join(sign for sign in spelled if unicodedata.category(sign) not in _UNSEEN)
        self[code] = "\ufffd" if 0xD800 <= code < 0xE000 else seen  # half a character can stand in no database
        return self[code]


_FOLDED = _Folded()


def folded(text: str) -> str:
    """The text in small letters of usual width, without white space.

    >>> folded("５Ｇ 与 5g") == folded("5G与5G")
    True
    """
    return text.translate(_FOLDED)


def pairs(text: str) -> str:
    """The tokens of a folded text: each character with the next one, the last alone."""
    return " ".join(map(str.__add__, text, text[1:])) + (f" {text[-1]}" if text else "")


def places(text: str) -> Iterator[int]:
    """For each character of the folded text, the place of that in ``text`` which it is from."""
    for place, sign in enumerate(text):
        for _ in _FOLDED[ord(sign)]:
            yield place
