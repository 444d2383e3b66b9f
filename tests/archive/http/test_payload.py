"""The encodings of a saved reply are undone, all of its data or none."""

import gzip
import zlib
from itertools import count

import brotli
import pytest

from crawler.archive.budget import Budget
from crawler.archive.compression import zstd
from crawler.archive.http.payload import undo
from crawler.archive.model import Exceeded, Limits, Undecodable

PAGE = "<p>港口吞吐量回升</p>".encode() * 50
RAW = zlib.compress(PAGE)[2:-4]


def budget(member_bytes: int) -> Budget:
    return Budget(Limits(member_bytes=member_bytes), 0)


@pytest.mark.parametrize(
    ("data", "codings"),
    [
        (PAGE, "gzip, br, deflate, zstd"),
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE), ""),
        (gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:]), "x-gzip"),
        (gzip.compress(PAGE) + b"saved by", "gzip"),
        (zstd.compress(PAGE[:99]) + zstd.compress(PAGE[99:]), "zstd"),
        (zlib.compress(PAGE), "deflate"),
        (RAW, "deflate"),
        (brotli.compress(gzip.compress(PAGE)), "gzip, br"),
        (gzip.compress(zstd.compress(PAGE)), ""),
    ],
    ids=count(),
)
def test_what_was_sent_comes_out(data: bytes, codings: str) -> None:
    assert undo(budget(len(PAGE)), data, codings) == PAGE
    with pytest.raises(Exceeded):
        undo(budget(len(PAGE) - 1), data, codings)


@pytest.mark.parametrize(
    ("data", "codings", "words"),
    [
        (gzip.compress(PAGE)[:-9], "gzip", "truncated"),
        (gzip.compress(PAGE)[:-8] + b"\1" * 8, "gzip", "damaged"),
        (gzip.compress(PAGE) * 2 + gzip.compress(PAGE)[:-9], "gzip", "truncated"),
        (zlib.compress(PAGE)[:-5], "deflate", "truncated"),
        (zlib.compress(PAGE)[:-4] + b"\1" * 4, "deflate", "damaged"),
        (b"\xff" * 99, "br", "damaged"),
        (brotli.compress(PAGE)[:-5], "br", "truncated"),
    ],
    ids=count(),
)
def test_of_what_is_damaged_nothing_comes_out(data: bytes, codings: str, words: str) -> None:
    with pytest.raises(Undecodable, match=words):
        undo(budget(1 << 20), data, codings)
