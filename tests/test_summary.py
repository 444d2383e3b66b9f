"""The lines at the end of a run: every number beside its word."""

from crawler import exits
from crawler.summary import summary

REPORT = {
    "found": 9, "written": 1, "unchanged": 2, "quarantined": 3, "out_of_scope": 3, "unfinished": 0, "exit_code": exits.OK,
    "counts": {"klines/resolved": 4, "origin/share": 1}, "reasons": {"no title": 3, "a forum post": 3},
    "failed": [{"id": f"NW{n}", "reason": "no title", "title": "题" * (n == 1), "url": f"https://a/{n}"} for n in range(3)], "output": "out", "run": "r1",
}  # fmt: skip


def test_every_number_has_its_word() -> None:
    lines = summary(REPORT).splitlines()
    assert lines[0] == "articles: found 9, written 1, unchanged 2, quarantined 3, out of scope 3"
    assert lines[1] == "K-lines resolved: 4"
    assert lines[2:5] == ["bodies from: share 1", "out of scope 3:", "  3 x a forum post"]
    assert lines[5:10] == ["failed 3:", "  3 x no title", "  NW0 https://a/0", "  题 https://a/1", "  NW2 https://a/2"]
    assert lines[-1] == f"exit {exits.OK}: {exits.WORDS[exits.OK]}"


def test_what_is_rare_is_told_when_it_is_there() -> None:
    counts = {"pictures/kept": 5, "pictures/missing": 6}
    text = summary({**REPORT, "unfinished": 7, "counts": counts, "exit_code": exits.IN_QUARANTINE})
    assert "unfinished 7" in text
    assert "pictures kept 5, missing 6" in text
    assert exits.WORDS[exits.IN_QUARANTINE] in text
    counts = {"not from share/Forbidden by robots.txt": 3}
    text = summary({**REPORT, "counts": counts, "lists_elsewhere": ["cgnjj: cut"], "items_unread": ["cgnjj: CMS: x"]})
    assert "not asked, by robots.txt: share 3" in text
    assert "lists that were read elsewhere 1: cgnjj: cut" in text
    assert "articles on lists whose code cannot be read 1: cgnjj: CMS: x" in text


def test_what_is_zero_is_not_told_and_of_many_failures_ten() -> None:
    nothing = summary({**REPORT, "out_of_scope": 0, "reasons": {}, "failed": [], "counts": {}})
    assert not [line for line in nothing.splitlines() if line.startswith(("failed", "out of scope", "K-lines"))]
    many = summary({**REPORT, "failed": REPORT["failed"] * 7})
    assert "failed 21:" in many
    assert "and 11 more" in many


def test_files_read_and_what_was_not_opened() -> None:
    inputs = [
        {"path": "a.html", "outcome": "written", "reason": ""},
        {"path": "/x/b.rar", "outcome": "quarantined", "reason": "not opened (rar): unpack it first"},
        *({"path": f"{n}.html", "outcome": "out_of_scope", "reason": "not an article: forum post"} for n in range(3)),
        {"path": "c.html", "outcome": "out_of_scope", "reason": "not an article: no page of a kind we know"},
        {"path": "a_files/x.css", "outcome": "out_of_scope", "reason": "belongs to a saved page"},
    ]
    text = summary({**REPORT, "inputs": inputs})
    assert "files read: 7" in text
    assert "pages that are no articles: 4:\n  3 x not an article: forum post\n  1 x not an article: no page" in text
    assert "not opened (rar): unpack it first: /x/b.rar" in text
    assets = [{"path": f"{n}.png", "outcome": "out_of_scope", "reason": "asset: image/png"} for n in range(2)]
    assert "asset" not in summary({**REPORT, "inputs": assets})
    assert "pages that are no articles: 2:\n  2 x asset: image/png" in summary({**REPORT, "found": 0, "inputs": assets})
