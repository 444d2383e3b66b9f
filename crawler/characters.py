"""Characters that no file can hold, and those that a wrong reading leaves behind: most texts have neither."""

from functools import lru_cache
from typing import Final

from crawler.patterns import compiled

_LEGAL = ((0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x7E), (0x80, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
"""The first and the last of each run of those that XML allows (a feed holds the body) and that have a UTF-8 form."""
LETTERS: Final = "".join(map(chr, range(0xC0, 0x100))).replace("×", "").replace("÷", "")
"""What Latin-1 makes of the bytes of Chinese characters."""
_PAIRS = bytes(b for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0) for b in (lead, trail))
AS_GBK: Final = f"{_PAIRS.decode('gbk')}锛銆鈥"
"""How the first two bytes of a Chinese character's UTF-8 look as GBK: four such characters hold one of these."""
SUSPECT: Final = f"\ufffd锟{LETTERS}{AS_GBK}"
"""What may be there by a wrong reading."""


def _set(runs: tuple[tuple[int, int], ...], without: str = "") -> str:
    """A pattern's set of the characters in these runs but for those ``without``."""
    pieces = []
    for begin, last in runs:
        first = begin
        for left_out in sorted({ord(c) for c in without if first <= ord(c) <= last}):
            pieces.append((first, left_out - 1))
            first = left_out + 1
        pieces.append((first, last))
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in pieces if first <= last)


LEGAL: Final = _set(_LEGAL)
"""All that are legal, as a pattern's set."""
_ORDINARY = compiled(f"[{_set(_LEGAL, SUSPECT)}]*+")


@lru_cache(maxsize=16)
def is_ordinary(text: str) -> bool:
    """Whether all characters of a text are legal, and none is suspect: asked when it is read, and when written."""
    return _ORDINARY.fullmatch(text) is not None
