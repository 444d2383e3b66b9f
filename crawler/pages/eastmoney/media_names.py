"""The names of media, out of the lines that East Money writes them in."""

import re

_FROM = re.compile(r"(?:文章)?[来來]源\s*[：:]\s*(.*)\Z", re.DOTALL)
_BRACKETS = (("（(", "）)"), ("【", "】"))
_BY = re.compile(r"(?:作者|编辑|责任编辑|发布时间|时间|字号)\s*[：:]")


def medium(text: str) -> str | None:
    """Give the media name in ``来源：X``, ``（文章来源：X）`` or a bare ``X``; None for an author or a time."""
    if match := _FROM.search(text):
        name = match[1].strip()
        if any(name.endswith(tuple(end)) and _count(name, begin) < _count(name, end) for begin, end in _BRACKETS):
            name = name[:-1].rstrip()  # the end of what began before the word
        return name or None
    if not text or _BY.match(text) or re.search(r"\d{4}\s?[-/年]|\d\d:\d\d", text) or len(text) > 30:
        return None
    return text


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))
