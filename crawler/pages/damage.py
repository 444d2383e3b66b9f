"""Text that is no longer text: what was decoded wrongly is undone where nothing is lost, what is lost is named.

UTF-8 or GBK read as Latin-1 (or Windows-1252), UTF-8 read as GBK, once or one after the other, keep every byte. U+FFFD,
question marks in place of characters and 锟斤拷 (U+FFFD as UTF-8, read as GBK) keep none.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from crawler.characters import AS_GBK, LETTERS, SUSPECT, is_ordinary
from crawler.items import Article, changed
from crawler.pages.encoding import CLEAR, quality
from crawler.pages.escapes import HIGH_HALF, LOW_HALF, is_coded, is_escaped, unescaped, whole
from crawler.pages.languages import OTHER_SCRIPT, is_mixed, is_unread
from crawler.patterns import compiled

_WINDOWS = {bytes([n]).decode("cp1252", "ignore") or chr(n): chr(n) for n in range(0x80, 0xA0)}
"""Windows-1252 reads these bytes as other characters than Latin-1."""
_TO_LATIN = str.maketrans(_WINDOWS)
_HIGH = "\x80-\xff" + "".join(_WINDOWS)
_SUSPECT = compiled(f"[{SUSPECT}]")
_LOST = compiled(rf"\ufffd|锟斤拷|斤拷锟|拷锟斤|ï¿½|&#(?:0*+65533|[xX]0*+[fF]{{3}}[dD]);|{HIGH_HALF}|{LOW_HALF}")
KNOWN_LOSS = "锟斤拷"
_ON_LOSS = compiled(f"[“‘「『《〈【]{KNOWN_LOSS}|{KNOWN_LOSS}[”’」』》〉】]|乱码|亂碼|烫烫烫|屯屯屯")
"""What a text says that speaks of such a loss; one that suffered it has no signs of Chinese right beside."""
_TAG = compiled(r"<[^<>]*+>")
_ADDRESS = compiled(r"(?<![a-z])[a-z]++://[!-~]*+", re.IGNORECASE)
_WIDE_LETTER = r"\u3400-\u9fff"
_QUESTION_MARKS = compiled(r"(?<![?\u2e80-\uffef])\?{2,}+")
"""Runs of them that no Chinese sentence ends with."""
_IN_A_CLAUSE = compiled(
    rf"(?<=[，。、；：（《〈「【])\?{{4,}}+|(?<=[{_WIDE_LETTER}])\?++(?:(?=[\w，、；])(?<=\?{{4}})|"
    rf"\w++\?++(?=[{_WIDE_LETTER}]))"
)
"""Long ones where a clause begins or goes on, and two in one clause: a real question may be asked in haste, once."""
_IN_A_NAME = compiled(r"[^\0-\x7f]\?|\?[^\0-\x7f]|\?{2}|\A\?|\?\Z")
"""The Chinese name of a medium asks nothing."""
_SUFFIX = "新闻"
"""What every tag ends with, be the name before it what it may."""
_CHINESE = compiled("[\u3220-\u9fff\ue000-\uf8ff]")
_WORDS = compiled(r"[^\W\d_]")
_FEW, _MANY = 3, 8

_RUN = compiled(f"[{_HIGH}]{{4,}}+")
_ORDINARY = frozenset("“”‘’—–…·•×÷°± \xa0€")
_LETTER = compiled(f"[{LETTERS}]")
_LATIN = compiled(rf"[^<>\"&\n{_HIGH}\u0100-\U0010ffff]*+(?:[{_HIGH}]++[^<>\"&\n{_HIGH}\u0100-\U0010ffff]*+)++")
"""What stands between wide characters and signs that no character of GBK holds as its second byte."""
_WIDER = compiled(f"[^\0-\x7f{_HIGH}]")
_WIDE = compiled("[\x80-\U0010ffff](?:[ -~]?[\x80-\U0010ffff]){3,}+")
_LOOKS_AS_GBK = compiled(f"[{AS_GBK}]")
_LEAST = 8
"""Bytes that are UTF-8 by no accident."""
_CODECS = ("utf-8", "gb18030")
_TIMES = 3
"""So many wrong readings, one after the other, are undone."""
_READ_WRONGLY, _ESCAPED = "damaged text: read in a wrong encoding", "damaged text: escaped for a program"
_SHORT_FIELDS = frozenset(("title", "tag"))
"""Too short for their letters to tell what no other sign does."""


def damage(text: str | None, field: str = "") -> str:
    """Why a title, name or body is no longer text; "" when it is sound, or there is none."""
    if not text:
        return ""
    if (found := _damage(text, field == "tag")) or field in _SHORT_FIELDS:
        return found
    return _ESCAPED if is_coded(text) else _READ_WRONGLY if is_mixed(text) or is_unread(text) else ""


@lru_cache(maxsize=64)
def _damage(text: str, is_tag: bool) -> str:
    if is_tag and _is_no_name(text.removesuffix(_SUFFIX)):
        return _READ_WRONGLY
    least = 0 if is_tag and _IN_A_NAME.search(text) else 1
    if not (("&" in text and "&#" in text) or text.count("?") > least or _is_suspect(text)):
        return _ESCAPED if is_escaped(text) else ""
    shown = _TAG.sub("", text) if "<" in text else text
    if "?" in shown and (not least or ("??" in shown and _questioned(shown))):
        return "damaged text: question marks in place of characters"
    if "&#" not in shown and not _is_suspect(shown):
        return ""
    if _LOST.search(shown) and not _speaks_of_loss(shown):
        return "damaged text: characters are lost (U+FFFD)"
    return _READ_WRONGLY if _is_latin(shown) or _is_gbk(shown) else ""


def speaks_of_loss(text: str) -> bool:
    """Whether lost characters are what a sound text speaks of: it cites what they look like, or names it.

    Its title may hold ``KNOWN_LOSS``, too, and be sound.
    """
    return KNOWN_LOSS in text and _speaks_of_loss(_TAG.sub("", text)) and not damage(text)


def _speaks_of_loss(shown: str) -> bool:
    lost = _LOST.findall(shown)
    if set(lost) != {KNOWN_LOSS} or not _ON_LOSS.search(shown):
        return False
    return len(_CHINESE.findall(shown)) > 3 * len(lost) * len(KNOWN_LOSS)


def undo(text: str) -> str:
    """The text as it was before it was decoded wrongly, where all of that can be told; else as it is."""
    text = whole(unescaped(text))
    if not _is_suspect(text):
        return text
    better = _undo(text, _TIMES) if _is_latin(text) or _LOOKS_AS_GBK.search(text) else None
    return text if better is None or better == text else better


def mended(article: Article) -> Article:
    """The article with what can be undone in its fields, and marked if that was any."""
    fields = {name: getattr(article, name) for name in ("title", "tag", "digest", "text", "content")}
    better: dict[str, Any] = {n: fixed for n, value in fields.items() if value and (fixed := undo(value)) is not value}
    return changed(article, undone=True, **better) if better else article


def _is_suspect(text: str) -> bool:
    """Whether a closer look is worth while."""
    return not is_ordinary(text) and _SUSPECT.search(text) is not None


def _questioned(shown: str) -> bool:
    text = _ADDRESS.sub("", shown)
    within: int = sum(marks for run in _IN_A_CLAUSE.findall(text) if (marks := run.count("?")) >= _FEW)
    lost = within + sum(map(len, _QUESTION_MARKS.findall(text)))
    return lost >= _MANY or (lost >= _FEW and max(lost, 3 * within) >= len(_WORDS.findall(shown)))


def _is_latin(text: str) -> bool:
    return any(len(set(run) - _ORDINARY) >= _FEW and _LETTER.search(run) for run in _RUN.findall(text))


def _is_gbk(shown: str) -> bool:
    """Whether a run of wide characters is UTF-8 read as GBK, be bytes at its ends lost."""
    for run in _WIDE.findall(shown):
        if _LOOKS_AS_GBK.search(run):
            data = run.encode("gb18030", "ignore")
            kept = len(data.decode("utf-8", "ignore").encode())
            if kept >= _LEAST and kept * 10 > len(data) * 7:
                return True
    return False


@lru_cache(maxsize=1024)
def _is_no_name(text: str) -> bool:
    """Whether the name of a medium was read in a wrong encoding and lost bytes: too short for what is said of texts."""
    if OTHER_SCRIPT.search(text) and not _CHINESE.search(text):
        return True
    wide = "".join(_CHINESE.findall(text))
    looks = len(_LOOKS_AS_GBK.findall(wide))
    if looks > 1 and looks == len(wide):
        return True
    if not looks or len(wide.encode("gb2312", "ignore")) == 2 * len(wide):  # a name in simplified characters
        return False
    data = wide.encode("gb18030")
    kept = data.decode("utf-8", "ignore")
    is_other = len(wide) > 2 and len(kept.encode()) * 10 > len(data) * 7 and quality(kept) >= CLEAR
    return is_other or (looks > 1 and looks * 5 >= len(wide) * 2)


def _undo(text: str, times: int) -> str | None:
    """The text read anew, piece by piece; None when one of them cannot be."""
    if _is_latin(text) or not _WIDER.search(text):
        one_way = (_anew(text, _LATIN, partial(_from_latin, codec, times)) for codec in _CODECS)
        return next((better for better in one_way if better is not None), None)
    return _anew(text, _WIDE, partial(_from_gbk, times))


def _anew(text: str, pattern: re.Pattern[str], read: Callable[[str], str | None]) -> str | None:
    parts, place = [], 0
    for piece in pattern.finditer(text):
        better = read(piece[0])
        if better is None:
            return None
        parts += [text[place : piece.start()], better]
        place = piece.end()
    return "".join((*parts, text[place:]))


def _from_latin(codec: str, times: int, piece: str) -> str | None:
    better = _read(piece.translate(_TO_LATIN).encode("latin-1"), codec, times)
    return better or (piece if _ORDINARY.issuperset(c for c in piece if not c.isascii()) else None)


def _from_gbk(times: int, run: str) -> str | None:
    """What no UTF-8 was is left: it may stand among what was."""
    if not _LOOKS_AS_GBK.search(run):
        return run
    data = run.encode("gb18030", "replace")
    return (len(data) >= _LEAST and _read(data, "utf-8", times)) or run


def _read(data: bytes, codec: str, times: int) -> str:
    """The bytes as Chinese text, read anew again where that is needed; "" when they are none."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    if quality(text) < CLEAR and times > 1:
        text = _undo(text, times - 1) or ""
    return text if text and quality(text) >= CLEAR and not _LOST.search(text) else ""
