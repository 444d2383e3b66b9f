"""Emphasis that Markdown can say: its signs count only where a letter touches them on the inside."""

import re
import unicodedata
from typing import Any, Final

from markdownify import MarkdownConverter

from crawler.patterns import compiled

_SIGNS: Final = {"b": "**", "strong": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_MARKUP: Final = frozenset("[]!*`~<_")
"""What of a text that was converted is Markdown, unless a backslash stands before it."""
_ONE: Final = compiled(r"\\.|.", re.DOTALL)


class Converter(MarkdownConverter):
    """markdownify's, whose emphasis leaves signs at its edges outside: ``**标题：**正文`` would show its asterisks."""

    def _emphasis(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """What is in another emphasis, or right behind one, is a part of it, or none: signs would run together."""
        sign = _SIGNS[el.name]
        behind = getattr(el.previous_sibling, "name", None)
        if parent_tags & {*_SIGNS, "_noformat"} or _SIGNS.get(behind or "", sign) != sign:
            return text
        parts = _ONE.findall(text)
        first = next((place for place, part in enumerate(parts) if not _is_sign(part)), len(parts))
        last = next((place for place in range(len(parts), first, -1) if not _is_sign(parts[place - 1])), first)
        inside = "".join(parts[first:last])
        if not inside or "\n\n" in inside or not (_is_letter(inside[0]) and _is_letter(parts[last - 1])):
            return text
        return "".join([*parts[:first], sign, inside, sign, *parts[last:]])

    convert_b = convert_strong = convert_em = convert_i = convert_del = convert_s = _emphasis


def joined(text: str) -> str:
    """The text with emphasis of one kind that stands side by side as one."""
    return text.replace("****", "").replace("~~~~", "")


def _is_letter(part: str) -> bool:
    return unicodedata.category(part[0])[0] not in "PSZC"


def _is_sign(part: str) -> bool:
    """Whether it is a sign or blank of the text itself."""
    return not _is_letter(part) and part not in _MARKUP and part != ")"
