"""The encodings of a saved reply are undone, all of its data or none."""

import gzip
import random
import zlib
from itertools import count

import brotli
import pytest

from crawler.archive.budget import Budget
from crawler.archive.compression import decoders
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
        (decoders.zstd(PAGE[:99]) + decoders.zstd(PAGE[99:]), "zstd"),
        (zlib.compress(PAGE), "deflate"),
        (RAW, "deflate"),
        (brotli.compress(gzip.compress(PAGE)), "gzip, br"),
        (gzip.compress(decoders.zstd(PAGE)), ""),
    ],
    ids=count(),
)
def test_what_was_sent_comes_out(data: bytes, codings: str) -> None:
    assert undo(budget(len(PAGE)), data, codings) == PAGE
    with pytest.raises(Exceeded):
        undo(budget(len(PAGE) - 1), data, codings)


def test_raw_deflate_that_begins_as_markup_does_is_unpacked() -> None:
    for size in range(4871, 12_000, 7):  # each zlib writes its own
        page = b"<html>" + random.Random(size).randbytes(size // 2).hex().encode()
        packer = zlib.compressobj(wbits=-15)  # as a server packs a page while it makes it
        data = packer.compress(page) + packer.flush(zlib.Z_SYNC_FLUSH) + packer.flush()
        if data.startswith((b"<", b"{")):
            break
    assert undo(budget(1 << 20), data, "deflate") == page


def test_brotli_that_begins_as_markup_does_is_unpacked() -> None:
    page = (b"<html>" + random.Random(1).randbytes(20_000).hex().encode())[:33_401]  # its length stands there
    packer = brotli.Compressor(quality=5, lgwin=22)
    data = packer.process(page) + packer.flush() + packer.finish()
    assert data.startswith(b"\x0b<A")
    assert undo(budget(1 << 20), data, "br") == page


def test_raw_deflate_that_begins_as_json_does_is_unpacked() -> None:
    reply = '\ufeff{"text":"<p>港口</p>"}'.encode()
    data = zlib.compress(reply)[2:-4]
    assert data.startswith(b"{")
    assert undo(budget(1 << 20), data, "deflate") == reply


def test_a_large_page_that_packs_well_comes_out_whole() -> None:
    page = b"<html>" + "<tr><td class='row'>港口吞吐量</td></tr>".encode() * 20_000
    assert undo(budget(1 << 20), brotli.compress(page), "br") == page


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
