"""What a tool answers: bounded in size, in pages, its foreign texts marked as data."""

import base64
import json
import sys
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final

from mcp_types import CallToolResult, TextContent

LARGEST: Final = 60 * 1024
"""Bytes of an answer, both as text and as structure: with what the protocol puts round it no message has 64 KiB."""
MOST: Final = 100
"""Articles on one page."""
_LONGEST_TITLE = 500


def told(payload: dict[str, Any]) -> CallToolResult:
    """The answer, as text and as structure."""
    text = json.dumps(payload, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=payload)


def _fits(payload: dict[str, Any]) -> bool:
    spelled = json.dumps(payload)
    return len(json.dumps(spelled)) + len(spelled) <= LARGEST


def page(items: Sequence[dict[str, Any]], cursors: Sequence[object], *, is_last: bool, **beside: Any) -> CallToolResult:
    """As many of the items as fit; ``cursors``: what a page behind each of them begins with."""

    def first(number: int) -> dict[str, Any]:
        more = number < len(items) or not is_last
        cursor = packed(cursors[number - 1]) if more and number else None
        return {"items": list(items[:number]), "next_cursor": cursor, **beside}

    number = len(items)
    if number > 1 and not _fits(first(number)):
        number = max(1, bisect_left(range(number), True, key=lambda some: not _fits(first(some))) - 1)
    return told(first(number))


def text_page(text: str, start: int, mark: int, **beside: Any) -> CallToolResult:
    """A text from a place on, as far as it fits; ``mark`` tells a later page whether the text is still the same."""
    length = min(len(text) - start, LARGEST)
    while True:
        end = start + length
        cursor = packed([end, mark]) if end < len(text) else None
        payload = {**beside, "text": text[start:end], "untrusted": True, "next_cursor": cursor}
        if length <= 1 or _fits(payload):
            return told(payload)
        length = length * 3 // 4


def clean(text: str, longest: int = _LONGEST_TITLE) -> str:
    """A foreign text as the protocol can carry it, cut where it is too long for one line of a list."""
    carried = text.encode("utf-8", "replace").decode()
    return carried if len(carried) <= longest else f"{carried[: longest - 1]}…"


def packed(value: object) -> str:
    """Where a page begins, as a word that nobody need read."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def unpacked(cursor: str, *kinds: type) -> list[Any]:
    """What was packed: a list of values of these kinds. Raises ValueError."""
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor[:10_000] + "=" * (-len(cursor) % 4)))
        if [type(one) for one in value] == [*kinds] and all(
            0 <= one <= sys.maxsize for one in value if isinstance(one, int)
        ):
            return list(value)
    except (ValueError, TypeError, RecursionError):
        pass
    raise ValueError("the cursor is none that this tool gave: begin without one")
