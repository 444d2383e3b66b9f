"""Ordinary characters are those that nothing has to be done about: legal in every file, and no trace of a wrong reading."""

import re

from crawler.body.safety.characters import ILLEGAL
from crawler.characters import SUSPECT, is_ordinary


def test_ordinary_is_what_is_legal_and_not_suspect() -> None:
    suspect = re.compile(f"[{SUSPECT}]")
    wrong = [
        f"{code:x}"
        for code in (*range(0x11000), 0x1F600, 0x10FFFF)
        if is_ordinary.__wrapped__(chr(code)) == bool(ILLEGAL.match(chr(code)) or suspect.match(chr(code)))
    ]
    assert not wrong


def test_what_wrong_readings_leave_is_suspect() -> None:
    text = "联通推进5G建设，用户增长。"
    for wrong in (
        text.encode().decode("latin-1"),
        text.encode().decode("gb18030", "replace"),
        text.encode("gb18030").decode("latin-1"),
        text.encode("gb18030").decode("utf-8", "replace"),
    ):
        assert not is_ordinary(wrong)
    assert is_ordinary(f"<p>　　{text}“×”\t\r\n</p>")
