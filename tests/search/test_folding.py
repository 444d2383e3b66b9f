"""Folding takes each character on its own, so that no part of a text is lost between two."""

import sqlite3
from contextlib import closing

from crawler.search.folding import folded, pairs, places

MANY = "".join(
    map(chr, (*range(0x3400), *range(0x3400, 0xF900, 31), *range(0xF900, 0x10000), *range(0x10000, 0x110000, 211)))
)


def test_no_character_leaves_a_sign_that_sqlite_reads() -> None:
    left = folded(MANY)
    assert not [sign for sign in left if sign.isascii() or sign.isspace()]


def test_every_character_can_be_indexed_and_found() -> None:
    seen = "".join(dict.fromkeys(folded(MANY)))
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='ascii')")
        db.execute("INSERT INTO t (text) VALUES (?)", (pairs(seen),))
        for start in range(0, len(seen) - 5, 97):
            phrase = pairs(seen[start : start + 5])[:-2]
            assert db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (f'"{phrase}"',)).fetchone() == (1,)


def test_places_lead_back() -> None:
    text = "ﬁ１ \u200bé㎡x"
    assert folded(text) == "".join(folded(text[place]) for place in dict.fromkeys(places(text)))
    assert [text[place] for place in places(text)] == list("ﬁﬁ１éé㎡㎡x")
