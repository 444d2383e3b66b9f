"""Letters that are those of no language: what is left of a text that was read in a wrong encoding, and lost bytes."""

from functools import lru_cache

from crawler.pages.encoding import quality
from crawler.patterns import compiled

OTHER_SCRIPT = compiled("[\u0180-\u07ff]")
"""What pairs of bytes of GBK and Big5 are in UTF-8, where all others were left out: letters of many alphabets."""
_ALPHABETS, _OF_ALPHABETS = 3, 0.15
"""Blocks of 128 such letters, and their part of all letters, that no language has together."""
_RUN = 12
"""Letters from one blank to the next, in the mean, of what is left of Chinese; any two such blocks are enough there."""
_HAN = compiled("[\u3400-\u9fff]")
_WORD = compiled("[\u0370-\u03ff]{3,}|[\u0400-\u052f]{3,}|[\u0530-\u058f]{3,}|[\u0590-\u05ff]{3,}|[\u0600-\u077f]{3,}")
_TAG = compiled(r"<[^<>]*+>")
_SAMPLE = 4000
_USUAL = "的一中业产年国公在为市增有资经出将与以对業國產經資為與將發"
"""Of these a Chinese text of a few sentences has some, and hardly any wrong reading of one."""
_SOME, _COMMA = 4, "，"
"""Of a text in GBK that was read as EUC-JP no comma is left, and where it is long, some of those characters."""
_LETTERS = compiled(r"[^\W\d_\0-\u036f\u1e00-\u1fff]")
_ENOUGH, _NO_CHINESE, _CHINESE = 20, 0.5, 0.7
_BETTER = 0.1
"""By so much more like Chinese are letters that were read as EUC-JP when they are read as GBK."""
_FOREIGN = compiled("[\u3041-\u309f]|[\uac00-\ud7a3]+(?=[ .,])|[А-Яа-яЁё][а-яё]+(?=[ .,])")
_OF_FOREIGN = 0.35


@lru_cache(maxsize=64)
def is_unread(text: str) -> bool:
    """Whether a text is no Chinese: of its letters too few are of those that Chinese texts are made of."""
    sample, usual = text[:_SAMPLE], 0
    for character in _USUAL if _COMMA in sample and len(text) >= _ENOUGH else ():
        usual += character in sample
        if usual == _SOME:
            return False
    letters = "".join(_LETTERS.findall(_TAG.sub("", sample)))
    how = quality(letters)
    if len(letters) < _ENOUGH or how >= _CHINESE or _is_foreign(sample, len(letters)):
        return False
    return how < _NO_CHINESE or quality(letters.encode("euc_jp", "ignore").decode("gb18030", "ignore")) > how + _BETTER


def _is_foreign(text: str, letters: int) -> bool:
    """Whether a text is Japanese, Korean or Russian: in syllables, or words with blanks between them."""
    return sum(map(len, _FOREIGN.findall(text))) > letters * _OF_FOREIGN


@lru_cache(maxsize=64)  # a text is judged some ten times on its way
def is_mixed(text: str) -> bool:
    """Whether much of a text are letters of many alphabets, beside words."""
    if not OTHER_SCRIPT.search(text):
        return False
    shown = _TAG.sub("", text)
    others = OTHER_SCRIPT.findall(_WORD.sub("", shown))
    blocks = {ord(letter) >> 7 for letter in others}
    letters = sum(map(str.isalpha, shown))
    if len(blocks) < _ALPHABETS or len(others) < _OF_ALPHABETS * letters:
        return len(blocks) > 1 and letters > _RUN * len(shown.split()) and len(_HAN.findall(shown)) <= len(others)
    return True
