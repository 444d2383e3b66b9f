"""Decoders that have the face of bz2's: piece by piece, no more than asked for, and they know their end."""

import gzip
import random
import zlib

import brotli
import pytest

from crawler.archive.compression.decoders import DAMAGE, Brotli, Decoder, Inflate, ZstdDecompressor, zstd

DATA = random.Random(1).randbytes(3000) + b"x" * 300_000
RAW = zlib.compressobj(wbits=-15)
CASES = [
    pytest.param(Inflate, gzip.compress(DATA, mtime=0), id="gzip"),
    pytest.param(lambda: Inflate(15), zlib.compress(DATA), id="zlib"),
    pytest.param(lambda: Inflate(-15), RAW.compress(DATA) + RAW.flush(), id="deflate"),
    pytest.param(Brotli, brotli.compress(DATA), id="brotli"),
    pytest.param(ZstdDecompressor, zstd(DATA), id="zstd"),
]


def decoded(decoder: Decoder, data: bytes, size: int, most: int) -> bytes:
    """Decode as a reader does: gives more data only to who needs it."""
    out, at = b"", 0
    while not decoder.eof and (at < len(data) or not decoder.needs_input):
        piece = data[at : at + size] if decoder.needs_input else b""
        at += len(piece)
        given = decoder.decompress(piece, most)
        assert len(given) <= 2 * most
        out += given
    return out


@pytest.mark.parametrize(("new", "data"), CASES)
@pytest.mark.parametrize(("size", "most"), [(7, 1 << 16), (1 << 20, 1 << 16), (100, 1 << 20)])
def test_all_comes_out_in_small_pieces(new, data: bytes, size: int, most: int) -> None:
    decoder = new()
    assert decoded(decoder, data, size, most) == DATA
    assert decoder.eof


@pytest.mark.parametrize(("new", "data"), CASES)
def test_of_what_is_cut_off_the_end_is_not_seen(new, data: bytes) -> None:
    decoder = new()
    assert DATA.startswith(decoded(decoder, data[:-4], 1000, 1 << 20))
    assert not decoder.eof


@pytest.mark.parametrize(("new", "data"), [case for case in CASES if case.id != "brotli"])
def test_what_stands_behind_its_end_is_left(new, data: bytes) -> None:
    decoder = new()
    assert decoder.decompress(data + b"behind", len(DATA) + 1) == DATA
    assert (decoder.eof, decoder.unused_data, decoder.needs_input) == (True, b"behind", False)


@pytest.mark.parametrize(("new", "data"), CASES)
def test_damage_is_what_a_decoder_raises(new, data: bytes) -> None:
    with pytest.raises(DAMAGE):
        decoded(new(), b"\xff" * 1000, 1000, 1 << 20)


def test_a_wrong_checksum_of_gzip_is_damage() -> None:
    data = bytearray(gzip.compress(DATA))
    data[-8] ^= 1
    with pytest.raises(DAMAGE):
        decoded(Inflate(), bytes(data), 1000, 1 << 20)
