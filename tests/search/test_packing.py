"""Texts come back from the index as they went in, and take less room there."""

import pytest

from crawler.search.packing import packed, unpacked


@pytest.mark.parametrize("text", ["", "联通", "联通推进5g建设。" * 500, "\n\0𠮷"])
def test_a_text_comes_back(text: str) -> None:
    assert unpacked(packed(text)) == text
    assert len(packed(text)) < max(len(text.encode()), 30)
