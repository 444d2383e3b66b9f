"""Whatever a file is called, its name can be printed; whatever went wrong with it is told in a few words."""

import errno
import lzma
import os
import zipfile
import zlib

import pytest

from crawler.archive.model import Exceeded, Exhausted, Gap, Undecodable, printable, reason_of


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("联通.html", "联通.html"),
        (os.fsdecode("联通.html".encode("gbk")), "联通.html"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb", "a\\nb"),
        ("a\u202eb", "a\\u202eb"),
        ("", ""),
    ],
)
def test_a_name_can_be_printed(name: str, told: str) -> None:
    assert printable(name) == told


@pytest.mark.parametrize("name", ["\ud800x", os.fsdecode(b"\xff\xff\x80"), "\x00", "x\udcff\ud83d"])
def test_a_name_in_no_encoding_can_be_printed_too(name: str) -> None:
    assert printable(name).isprintable()
    assert printable(name).encode()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Exceeded("larger than 2 MiB"), "larger than 2 MiB"),
        (Exhausted("more than 5 members"), "more than 5 members"),
        (Undecodable("truncated: its gzip data does not end"), "truncated: its gzip data does not end"),
        (PermissionError(errno.EACCES, "Permission denied"), "no permission to read it"),
        (RecursionError("maximum recursion depth exceeded"), "nested too deeply"),
        (EOFError("its own end is not there"), "truncated: its own end is not there"),
        (lzma.LZMAError("Compressed data ended: unexpected end of input"), "truncated: Compressed data ended: unexpected end of input"),
        (zlib.error("Error -5: incomplete or truncated stream"), "truncated: Error -5: incomplete or truncated stream"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
        (zipfile.BadZipFile("Bad CRC-32 for file '\x1b[31m'"), "damaged: Bad CRC-32 for file '\\x1b[31m'"),
        (Gap("a piece\n  is lost"), "damaged: a piece is lost"),
        (ValueError(), "damaged: ValueError"),
    ],
)  # fmt: skip
def test_an_error_is_told_in_a_few_words(error: Exception, told: str) -> None:
    assert reason_of(error) == told


def test_a_long_one_is_cut() -> None:
    assert len(reason_of(ValueError("x" * 5000))) < 200
