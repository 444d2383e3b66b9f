"""Files that are no pages: what may hold an article, wherever in it, is told as such."""

import base64
from pathlib import Path

import pytest

from crawler.archive.saved_url import article_at

URL = "http://finance.eastmoney.com/a/202201142248170578.html"
FILLER = "<row><id>1</id></row>\n" * 3000
SHARE = "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578"
SENTENCES = "\n\n".join(["青禾股份说，新的产线已经投产，今年前两个季度的订单已经排满。"] * 3)
TITLES = "青禾股份新产线投产\n" * 9
ESCAPED = SENTENCES.replace("\n", "").encode("unicode-escape").decode()
BASE64 = base64.b64encode((SENTENCES * 2).encode()).decode()
SAID = "新产线已经投产，订单排到年底。" * 20


@pytest.mark.parametrize(
    ("name", "data", "failed"),
    [
        ("a.sql", f"-- {FILLER}INSERT INTO news VALUES ('{URL}', '<p>正文</p>');", True),
        ("a.sql", f"-- {'x' * (1 << 20)}\nINSERT INTO news VALUES ('{URL}', '{SAID}');", True),
        ("a.xml", f"<rows>{FILLER}<news>{URL} {SAID}</news></rows>", True),
        ("a.xml", f"<rows>{FILLER}<news>{URL} {SAID}</news></rows>".encode("utf-16-le"), True),
        ("a.sql", f"-- {FILLER}INSERT INTO news VALUES ('{URL}', '{SAID}');".encode("gb18030"), True),
        ("a.org", f"#+SOURCE: {URL}\n\n{SENTENCES}", True),
        ("a.txt", f"{SENTENCES}\n{SHARE}\n", True),
        ("a.txt", f"{SENTENCES}\n{SHARE}\n".encode("gb18030"), True),
        ("a.yml", f"uri: {URL}\nbody: '{ESCAPED}'\n", True),
        ("a.conf", f"x{FILLER}{URL}\n{BASE64}\n", True),
        ("a.txt", f"{TITLES}{URL}\n", False),
        ("a.txt", f"x{FILLER}{'新' * 20}羽绒衣\n{URL}\n", False),
        ("a.txt", f"x{FILLER}{URL}\n{URL}\n", False),
        ("a.sql", f"-- {FILLER}", False),
        ("a.log", f"x{FILLER}{URL} {SAID}", False),
        ("new.lst", f"[finance.eastmoney.com/index.html]\n[{URL.removeprefix('http://')}]\n", False),
        ("new.lst", f"[finance.eastmoney.com/index.html]\n{URL} {SAID}", True),
    ],
)
def test_an_address_further_on(tmp_path: Path, opened, name: str, data: str | bytes, failed: bool) -> None:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    assert [(one.failed, one.reason.startswith("what may be articles")) for one in opened().skipped] == [
        (failed, failed)
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a", "a.TXT.bak"])
def test_a_text_that_was_taken_off_a_page_is_one(tmp_path: Path, opened, name: str) -> None:
    (tmp_path / name).write_text(f"{URL}\n青禾股份投产\n2022-01-14 13:02\n{SAID}", "utf-8")
    assert opened().names == [name]


@pytest.mark.parametrize(
    ("name", "data", "promised"),
    [
        ("202201142248170578.pdf", b"%PDF-1.4\n", True),
        ("202201142248170578.txt", "一段。".encode(), True),
        ("NW202201142248170578", b"\xd0\xcf\x11\xe0" + bytes(range(32)) * 9, True),
        ("202201142248170578 (1).rst", "一段。".encode(), True),
        ("202201142248170578.png", b"\x89PNG\r\n", False),
        ("202201142248170578.css", b"p {}", False),
        ("202201142248170578.js", b"f();", False),
        ("report.pdf", b"%PDF-1.4\n", False),
    ],
)
def test_a_name_is_a_promise(tmp_path: Path, opened, name: str, data: bytes, promised: bool) -> None:
    (tmp_path / name).write_bytes(data)
    assert [article_at(one.url).removeprefix("NW") for one in opened().skipped] == ["202201142248170578" * promised]
