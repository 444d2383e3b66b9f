"""What nothing here opens is known for what it is, as the program that made it wrote it, and told with a way out."""

import dbm.dumb
import sqlite3
from pathlib import Path

import pytest

from crawler.archive import closed


def database(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE responses (key TEXT, value BLOB)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_a_database_is_known_whatever_it_is_called_but_the_ledger_beside_posts_is_none_of_them(tmp_path: Path) -> None:
    head = database(tmp_path / "x")
    assert closed.is_database(head, "http_cache")
    assert closed.is_database(head, "saved/ledger.sqlite")
    assert not closed.is_database(head, "output/state/ledger.sqlite")
    assert not closed.is_database(b"SQLite is a database", "x.txt")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\x13\x57\x9a\xce" + bytes(20), "x"),
        (b"\x13\x57\x9a\xcf" + bytes(20), "x"),
        (b"\xcd\x9a\x57\x13" + bytes(20), "x"),
        (bytes(12) + (0x061561).to_bytes(4, "little"), "x"),
        (bytes(12) + (0x061561).to_bytes(4, "big"), "x"),
        (bytes(12) + (0x053162).to_bytes(4, "little"), "x"),
        (bytes(12) + (0x053162).to_bytes(4, "big"), "x"),
    ],
)
def test_a_dbm_is_known_by_its_number_in_either_byte_order(head: bytes, name: str) -> None:
    assert closed.is_dbm(head, name)


def test_a_dumb_dbm_is_known_by_its_names_and_only_where_it_begins_so(tmp_path: Path) -> None:
    with dbm.dumb.open(str(tmp_path / "cache"), "c") as cache:
        cache["key"] = b"\x80\x04\x95 a pickled reply"
    for path in (tmp_path / "cache.dir", tmp_path / "cache.dat"):
        head = path.read_bytes()
        assert closed.is_dbm(head, f"saved/{path.name}")
        assert not closed.is_dbm(head, "saved.dat/notes.txt")
    assert not closed.is_dbm(b"<html>", "page.dat")


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"<!DOCTYPE html> <html data-sfz data-sfz-uuid><meta charset=utf-8>", True),
        (b"<html><!--\n Page saved with SingleFileZ\n url: https://a.com/ -->", True),
        (b"<html><!--\n Page saved with SingleFile\n url: https://a.com/ -->", False),
        (b"SingleFileZ saves a page as a zip", False),
    ],
)
def test_a_page_that_is_a_zip_in_itself(head: bytes, known: bool) -> None:
    assert closed.is_self_extracting(head, "x.html") == known


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"2157:9:websocket;0:~8:response;1521:11:status_code;3:200#", True),
        (b"1843:9:timestamp,18:1642136566.0000000^", True),
        (b"12:02:46:started;1:x", False),
        (b"2022:1:14:a line of a log", False),
    ],
)
def test_a_recording_of_mitmproxy(head: bytes, known: bool) -> None:
    assert closed.is_flow(head, "flows") == known


def test_it_is_told_as_lost_with_its_way_out(tmp_path: Path, opened) -> None:
    database(tmp_path / "http_cache")
    assert [(one.reason, one.failed) for one in opened().skipped] == [
        (f"not opened (sqlite): {closed.EXPORT}", True),
    ]


def test_what_has_only_the_name_of_an_excel_file_is_none() -> None:
    assert closed.is_old_excel(closed.OLE + bytes(8), "a.xls")
    assert not closed.is_old_excel(closed.OLE + bytes(8), "mail.msg")
    assert not closed.is_old_excel(b"url\ttitle\n", "a.xls")
