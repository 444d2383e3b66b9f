"""FastWARC and our own reader give the same records of a whole file; the first stops before what is not whole."""

import io

import pytest
from archive.makers import HTML_TYPE, URL, make_warc

from crawler.archive.budget import Budget
from crawler.archive.entry import Entry
from crawler.archive.model import Limits
from crawler.archive.warc.recovery import Record, Recovery
from crawler.archive.warc.whole import whole_records
from crawler.archive.window import Window

PARTS = [make_warc([(f"{URL}?{n}", b"<p>%d" % n * n, [HTML_TYPE])], gzipped=False) for n in range(5)]


def window(data: bytes) -> Window:
    return Window(io.BufferedReader(io.BytesIO(data)), 1 << 20)


def test_both_readers_give_the_same() -> None:
    data = b"".join(PARTS)
    entry = Entry("x", "x", io.BufferedReader(io.BytesIO(data)), Budget(Limits(), len(data)), lambda _: iter(()))
    fast = list(whole_records(window(data)))
    assert [record.url for record in fast] == [f"{URL}?{n}" for n in range(5)]
    assert fast == list(Recovery(entry, window(data)).records())


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b"Content-Length: ", b"Content-Length: 1", 1),
        lambda part: part.replace(b"WARC/1.", b"WARD/1."),
        lambda part: b"\r\n" + part,
        lambda part: part[:-2],
        lambda part: part[:-1],
    ],
    ids=["length", "mark", "blank", "end", "cut"],
)
def test_the_fast_one_stops_before_what_is_not_whole(change) -> None:
    held = window(b"".join(PARTS[:2]) + change(PARTS[2]) + b"".join(PARTS[3:]))
    before: list[Record] = list(whole_records(held))
    assert [record.url for record in before] == [f"{URL}?{n}" for n in range(len(before))]
    assert len(before) in (1, 2)
    assert held.held[held.at :].startswith((PARTS[1][:60], PARTS[2][:5], change(PARTS[2])[:5]))
