"""The piece of a text in which a word stands."""

from collections.abc import Iterable

from crawler.search.folding import folded, places

_BEFORE, _LENGTH = 20, 80


def snippet(text: str, words: Iterable[str]) -> str:
    """The text round the first of the folded words that stands in it, on one line; else its beginning.

    >>> snippet("一" * 30 + "中国<联 通", ["联通"])[-6:]
    '中国<联 通'
    """
    shown = " ".join(text.split())
    whole = folded(shown)
    found = next((place for word in words if (place := whole.find(word)) >= 0), 0)
    origin = list(places(shown))
    at = origin[found] if origin else 0
    start = max(0, at - _BEFORE)
    end = start + _LENGTH
    return f"{'…' if start else ''}{shown[start:end].strip()}{'…' if end < len(shown) else ''}"
