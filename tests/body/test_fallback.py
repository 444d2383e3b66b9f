"""The writers for bodies that edits on spans cannot mend."""

from collections.abc import Callable

import pytest
from fuzz import HOSTILE
from oracle import dangers

from crawler.body import clean, fallback, is_safe, profile


@pytest.mark.parametrize(("name", "write"), fallback.WRITERS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_writer_ends_in_a_safe_body(name: str, write: Callable[[str], str]) -> None:
    for row in [*HOSTILE, "".join(HOSTILE), "<div>" * 3_000]:
        body = clean(write(row.encode("utf-8", "replace").decode()), profile("standard")).body
        assert is_safe(body), name
        assert dangers(body) == [], name


def test_what_is_nested_too_deep_is_written_as_text_at_once() -> None:
    """Tree builders ask each open element for each tag."""
    cleaned = clean("<p>一段。</p>" + '<svg><path d="' * 4_000, profile("source"))
    assert (cleaned.fallback, "一段。" in cleaned.body) == ("text", True)
