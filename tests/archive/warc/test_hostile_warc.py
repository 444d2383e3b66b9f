"""WARC files that are cut, or made to cost."""

import gzip
import time
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, make_warc

from crawler.archive.warc import recovery


@pytest.mark.parametrize("gzipped", [False, True])
def test_warc_cut_anywhere_says_so(tmp_path: Path, opened, html: bytes, gzipped: bool) -> None:
    records = [make_warc([(f"{URL}?{n}", html, [HTML_TYPE])], gzipped=gzipped) for n in range(3)]
    data, whole = b"".join(records), {len(b"".join(records[:n])) for n in range(4)}
    for size in range(20, len(data), 13):
        if size in whole or size - 1 in whole:  # a cut between records cannot be seen, one byte tells nothing
            continue
        (tmp_path / "x.warc.gz").write_bytes(data[:size])
        found = opened()
        found.assert_once("x.warc.gz", "truncated")
        pages = sum(0 < end <= size for end in whole)
        assert pages <= len(found.pages) <= pages + 1  # all of a record but its last bytes may be there


RECORD = make_warc([(URL, b"<p>x", [HTML_TYPE])], gzipped=False)


FIELDS = b"WARC-Type: response\r\nWARC-Target-URI: %b\r\n" % URL.encode()


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (bytes(1 << 20), 0),
        (RECORD + bytes(1 << 20), 1),
        (b"WARC/1.0\r\nA: " + b"x" * (1 << 20), 0),
        (RECORD + b"WARC/1.0\r\n" + b"A: x\r\n" * (1 << 18), 1),
        (b"filedesc://x.arc" + b" " * (1 << 20), 0),
    ],
    ids=["zeros", "zeros-behind", "line", "lines", "arc"],
)
@pytest.mark.parametrize("squeeze", [bytes, gzip.compress])
def test_a_head_of_a_record_that_does_not_end_is_given_up(
    tmp_path: Path, opened, monkeypatch: pytest.MonkeyPatch, data: bytes, pages: int, squeeze
) -> None:
    monkeypatch.setattr(recovery, "LONGEST_HEAD", 1 << 17)
    (tmp_path / "x.warc").write_bytes(squeeze(data))
    found = opened()
    assert len(found.pages) == pages
    found.assert_once(
        "x.warc", "the head of a record does not end" if b": x" in data[:99] + data[-99:] else "no record"
    )
    assert all(u.failed for u in found.skipped)


def test_a_reply_without_a_head_is_told(tmp_path: Path, opened) -> None:
    head = b"WARC/1.0\r\n%bContent-Length: 1048576\r\n\r\n" % FIELDS
    (tmp_path / "x.warc").write_bytes(RECORD + head + b"x" * (1 << 20) + b"\r\n" * (1 << 19))
    found = opened()
    assert len(found.pages) == 1
    assert [(u.reason, u.failed) for u in found.skipped] == [("damaged: it has no head of a reply", True)]


def test_payloads_may_be_long_without_a_line_and_heads_many(
    tmp_path: Path, opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "LONGEST_HEAD", 1 << 12)
    replies = [(f"{URL}?{n}", b"", [HTML_TYPE]) for n in range(50)]
    replies += [(URL, b"<p>" + b"x" * (1 << 18), [HTML_TYPE]), (URL, b"<p>y", [HTML_TYPE])]
    (tmp_path / "x.warc").write_bytes(make_warc(replies, gzipped=False))
    found = opened()
    assert [len(p.body) for p in found.pages] == [3 + (1 << 18), 4]
    assert {u.reason for u in found.skipped} == {"empty page"}


@pytest.mark.parametrize(
    "data",
    [
        make_warc([(URL, b"<p>x", [HTML_TYPE])] * 2, gzipped=False).replace(b"<p>x", b"<p>xxxx"),
        RECORD.replace(b".html\r\n", b".html a\r\n"),
    ],
    ids=["length", "blank"],
)
def test_what_is_wrong_with_a_warc_is_told_in_the_report_alone(
    tmp_path: Path, opened, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    (tmp_path / "x.warc").write_bytes(data)
    assert opened().pages or opened().skipped
    assert capfd.readouterr().err == ""
    assert not caplog.records


@pytest.mark.parametrize(
    "data",
    [
        RECORD + b"WARC/1.0\r\n" + b"x" * (1 << 19) + b"\r\n\r\n",
        RECORD + b"WARC/1.0\r\nA: b\r\n" * 30_000,
        RECORD + b"WARC/1.0\r\n%bContent-Length: 9\r\n\r\n" % FIELDS * 10_000,
        RECORD + b"WARC/1.0\r\n%bContent-Length: 3000000\r\n\r\n" % FIELDS * 10_000,
        RECORD + b"WARC/1.0\r\nContent-Length: 0\r\n\r\nJUNK\r\n" * 30_000,
    ],
    ids=["no-colon", "heads", "short", "long", "junk"],
)
def test_what_is_made_to_cost_costs_little(tmp_path: Path, opened, data: bytes) -> None:
    (tmp_path / "x.warc").write_bytes(data)
    start = time.process_time()
    assert [page.body for page in opened().pages] == [b"<p>x"]
    assert time.process_time() - start < 10
