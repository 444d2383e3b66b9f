"""Many replies in one file: each is a page of its own, and JSON of any other shape stays what it is."""

import gzip
import json
import time
import zipfile
from pathlib import Path

import pytest
from archive.makers import URL, make_tar, make_zip

from crawler import pages
from crawler.archive import Limits
from crawler.archive.saved_url import article_at
from crawler.pages import Unreadable

CODES = ["202201142248170578", "202201142248170579", "202201142248170580"]
BODY = "<p>中国联通。</p>"


def web(code: str) -> dict[str, object]:
    return {"data": {"Art_Title": "联通", "Art_Content": BODY, "Art_Code": code}}


def app(code: str) -> dict[str, object]:
    return {"rc": 1, "news": {"newsid": code, "title": "联通", "body": BODY}}


TEXT = {"text": BODY, "content": BODY}
LIST = {"data": {"list": [{"infoCode": f"NW{code}", "title": "联通", "showtime": "x"} for code in CODES]}}


def codes(found) -> list[str]:
    return [article.code for page in found.pages for article in pages.read(page).articles]


def lines(*values: object, end: str = "\n", pad: str = "") -> bytes:
    return "".join(json.dumps(value, ensure_ascii=False) + end + pad for value in values).encode()


@pytest.mark.parametrize("reply", [web, app])
@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.jsonl", lambda v: lines(*v)),
        ("x.json", lambda v: lines(*v)),
        ("x.ndjson", lambda v: lines(*v)[:-1]),
        ("x.jl", lambda v: lines(*v, end="\r\n")),
        ("x.txt", lambda v: b"\xef\xbb\xbf" + lines(*v)),
        ("x", lambda v: b"\xef\xbb\xbf".join((b"", *(lines(value) for value in v)))),
        ("x.jsonl.gz", lambda v: gzip.compress(lines(*v))),
        ("behind.jsonl.gz", lambda v: gzip.compress(lines(*v)[:-1]) + b"saved by"),
        ("wide.jsonl", lambda v: lines(*v).decode().encode("utf-16")),
        ("gbk.jsonl", lambda v: lines(*v).decode().encode("gbk")),
        ("x.zip", lambda v: make_zip({"a/x.jsonl": lines(*v)})),
        ("x.tar", lambda v: make_tar({"x.json": lines(*v)})),
        ("array.json", lambda v: json.dumps(v).encode()),
        ("pretty.json", lambda v: json.dumps(v, indent=1, ensure_ascii=False).encode("utf-8-sig")),
        ("a-line-each.json", lambda v: b"[" + b",\n".join(lines(value, end="") for value in v) + b"\n]\n"),
        ("loose.json", lambda v: json.dumps(v).encode()[:-1] + b",\n];"),
        ("behind.json", lambda v: b"".join(json.dumps(value, indent=1).encode() for value in v)),
        ("behind.txt", lambda v: b"\r\n".join(json.dumps(value, indent=1).encode() for value in v) + b"\n"),
        ("gbk.json", lambda v: json.dumps(v, ensure_ascii=False).encode("gbk")),
    ],
)
def test_every_reply_is_a_page(tmp_path: Path, opened, name: str, pack, reply) -> None:
    (tmp_path / name).write_bytes(pack([reply(code) for code in CODES]))
    found = opened()
    assert codes(found) == CODES
    assert [p.source.rpartition("!")[2] for p in found.pages] == ["1", "2", "3"]
    assert not found.skipped


def test_lines_are_numbered_as_in_the_file(tmp_path: Path, opened) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\n" + lines(*map(web, CODES), pad=" \r\n\n"))
    assert opened().names == ["x.jsonl!2", "x.jsonl!5", "x.jsonl!8"]


BROKEN = "not JSON: damaged or cut off"


@pytest.mark.parametrize(
    ("at", "name"), [(0, "x.jsonl"), (1, "x.jsonl"), (2, "x.jsonl"), (0, "x.json"), (1, "x.json"), (2, "x.json")]
)
@pytest.mark.parametrize("cut", [slice(0, -20), slice(20, None), slice(0, 9)], ids=["end", "begin", "most"])
def test_a_broken_line_is_told_and_leaves_the_others(tmp_path: Path, opened, at: int, name: str, cut: slice) -> None:
    values = [lines(web(code), end="") for code in CODES]
    values[at] = values[at].decode()[cut].encode()
    (tmp_path / name).write_bytes(b"\n".join(values))
    found = opened()
    assert codes(found) == CODES[:at] + CODES[at + 1 :]
    assert found.reasons == {f"{name}!{at + 1}": BROKEN}
    assert found.skipped[0].failed


@pytest.mark.parametrize("size", [0.4, 0.6, 0.9])
def test_of_a_compressed_collection_that_is_cut_the_lines_before_are_read(tmp_path: Path, opened, size: float) -> None:
    many = [f"{int(CODES[0]) + number}" for number in range(3000)]
    data = gzip.compress(lines(*map(web, many)))
    (tmp_path / "x.jsonl.gz").write_bytes(data[: int(len(data) * size)])
    found = opened()
    assert 3000 * size - 900 < len(found.pages) < 3000
    assert [(u.reason.partition(":")[0], u.failed) for u in found.skipped] == [("truncated", True)]


ARRAY = json.dumps([*map(web, CODES)])
BEHIND = "\n".join(json.dumps(web(code), indent=1) for code in CODES)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (ARRAY[:-30], 2),
        (ARRAY[:-1], 3),
        (ARRAY[:-1] + ",", 3),
        (ARRAY.replace(CODES[1], '"', 1), 1),
        (ARRAY + " [{", 3),
        (ARRAY + ARRAY, 3),
        (BEHIND[:-30], 2),
        (BEHIND + "]", 3),
        (BEHIND + "\n<!-- saved -->", 3),
    ],
)
def test_of_values_that_break_off_those_before_are_read(tmp_path: Path, opened, text: str, whole: int) -> None:
    (tmp_path / "x.json").write_text(text)
    found = opened()
    assert codes(found) == CODES[:whole]
    assert found.reasons == {f"x.json!{whole + 1}": f"{BROKEN}, and what follows is not read"}
    assert found.skipped[0].failed


def test_of_lines_in_a_zip_that_are_damaged_none_is_a_page(tmp_path: Path, opened) -> None:
    data = lines(*map(web, CODES), *({"pad": "x" * 9000} for _ in range(99)))
    stored = bytearray(make_zip({"a.jsonl": data}, zipfile.ZIP_STORED))
    stored[stored.index("联".encode())] ^= 1
    (tmp_path / "x.zip").write_bytes(stored)
    found = opened()
    assert not found.pages
    assert any("damaged" in skipped.reason for skipped in found.skipped if skipped.failed)


def test_a_line_may_be_as_long_as_a_page(tmp_path: Path, opened) -> None:
    long = lines({"data": {"Art_Content": "x" * (3 << 20), "Art_Code": CODES[1]}})
    (tmp_path / "x.jsonl").write_bytes(lines(web(CODES[0])) + long + lines(web(CODES[2])))
    found = opened(limits=Limits(member_bytes=2 << 20))
    assert codes(found) == [CODES[0], CODES[2]]
    assert [(u.reason, u.failed) for u in found.skipped] == [("larger than 2 MiB", True)]


@pytest.mark.parametrize("pack", [lambda v: lines(*v), lambda v: json.dumps(v).encode()])
def test_collections_have_an_end(tmp_path: Path, opened, pack) -> None:
    (tmp_path / "x.json").write_bytes(pack([web(CODES[0])] * 9))
    found = opened(limits=Limits(members=5))
    assert len(found.pages) == 5
    assert [(u.reason, u.failed) for u in found.skipped] == [("more than 5 members", True)]


PAGE = f'<!DOCTYPE html><html><head><title>x_东方财富网</title></head><body><div id="ContentBody">{BODY}</div></body></html>'
TEXT_URL = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{CODES[0]}"


@pytest.mark.parametrize(
    ("record", "url", "body"),
    [
        ({"url": URL, "body": PAGE}, URL, PAGE),
        ({"url": URL, "status": 200, "html": f"\ufeff\r\n{PAGE}", "text": BODY}, URL, f"\ufeff\r\n{PAGE}"),
        ({"title": "x", "Request_URL": URL, "Content": f"<!-- x -->{PAGE}"}, URL, f"<!-- x -->{PAGE}"),
        ({"link": TEXT_URL, "response": json.dumps(TEXT)}, TEXT_URL, json.dumps(TEXT)),
        ({"url": TEXT_URL, "text": f"cb({json.dumps(TEXT)})"}, TEXT_URL, f"cb({json.dumps(TEXT)})"),
        ({"url": f"https://web.archive.org/web/2022id_/{URL}", "body": PAGE}, URL, PAGE),
    ],
)
@pytest.mark.parametrize(
    ("name", "pack", "number"),
    [
        ("x.jsonl", lambda r: lines(r, web(CODES[1])), "!1"),
        ("one.jsonl", lines, "!1"),
        ("x.json", lambda r: json.dumps([r, web(CODES[1])]).encode(), "!1"),
        ("one.json", lambda r: json.dumps([r]).encode(), "!1"),
        ("record.json", lambda r: json.dumps(r, indent=2, ensure_ascii=False).encode(), ""),
    ],
)
def test_a_record_is_the_page_at_its_address(
    tmp_path: Path, opened, record: dict[str, object], url: str, body: str, name: str, pack, number: str
) -> None:
    (tmp_path / name).write_bytes(pack(record))
    page = opened().pages[0]
    assert (page.url, page.body.decode()) == (url, body)
    assert page.source == f"{tmp_path / name}{number}"
    assert next(article.code for article in pages.read(page).articles).endswith(CODES[0])


NO_RECORDS = [
    {"url": URL, "newsid": CODES[0], "body": BODY},
    {"url": URL, "title": "x", "text": "[图] 中国联通"},
    {"url": "/a/x.html", "body": PAGE},
    {"url": "file:///etc/passwd", "body": PAGE},
    {"url": 7, "body": ["<html>"]},
    {"url": URL, "title": "x", "content": "", "text": None},
]
FOREIGN = {"url": "https://example.com/1.html", "html": "<html><body>x</body></html>"}
LOST = {"url": URL, "html": "<html><body>try again later</body></html>"}


@pytest.mark.parametrize("value", NO_RECORDS)
def test_what_holds_no_page_is_no_record(tmp_path: Path, opened, value: dict[str, object]) -> None:
    (tmp_path / "x.jsonl").write_bytes(lines(value, web(CODES[1])))
    (tmp_path / "y.json").write_bytes(lines(value))
    assert [(p.url, json.loads(p.body)) for p in opened().pages] == [("", value), ("", web(CODES[1])), ("", value)]


@pytest.mark.parametrize("name", [f"NW{CODES[0]}.jsonl", f"NW{CODES[0]}.json"])
def test_the_name_of_a_file_tells_the_article_of_one_reply_alone(tmp_path: Path, opened, name: str) -> None:
    (tmp_path / name).write_bytes(lines(TEXT))
    assert codes(opened()) == [f"NW{CODES[0]}"]
    (tmp_path / name).write_bytes(json.dumps([TEXT]).encode())
    assert codes(opened()) == [f"NW{CODES[0]}"]
    (tmp_path / name).write_bytes(lines(TEXT, TEXT))
    for page in opened().pages:
        with pytest.raises(Unreadable, match="no news id"):
            pages.read(page)


@pytest.mark.parametrize("pack", [lambda v: lines(v, FOREIGN), lambda v: json.dumps([v]).encode()])
def test_a_record_without_its_page_is_lost(tmp_path: Path, opened, pack) -> None:
    (tmp_path / "x.json").write_bytes(pack(LOST))
    with pytest.raises(Unreadable, match="an error page"):
        pages.read(opened().pages[0])


@pytest.mark.parametrize("field", [{"html": ""}, {"body": None}, {"body": " \n", "text": ""}])
def test_a_record_of_nothing_misses_its_article(tmp_path: Path, opened, field: dict[str, object]) -> None:
    (tmp_path / "x.jsonl").write_bytes(lines({"url": URL, **field}, {"url": "https://example.com/", **field}))
    assert [(u.reason, article_at(u.url)) for u in opened().skipped] == [
        ("no content recorded", CODES[0]),
        ("no content recorded", ""),
    ]


def test_records_of_other_sites_are_none_of_ours(tmp_path: Path, opened) -> None:
    (tmp_path / "x.jsonl").write_bytes(lines(FOREIGN, FOREIGN)[:-20])
    (tmp_path / "y.json").write_bytes(json.dumps([FOREIGN] * 3).encode())
    found = opened()
    assert [(p.source.rpartition("/")[2], p.url) for p in found.pages] == [
        ("x.jsonl!1", FOREIGN["url"]),
        ("y.json", ""),
    ]
    assert [(u.reason, u.failed) for u in found.skipped] == [(BROKEN, False)]


ONE_PAGE = [
    json.dumps(LIST),
    json.dumps(LIST, indent=2),
    '{"data":{"list":[\n{"infoCode":"NW202201142248170578","showtime":"x"}\n]}}',
    json.dumps(TEXT, indent=1),
    json.dumps({"text": "{} {} }{", "content": BODY}),
    json.dumps({"a": "}{"}),
    json.dumps(json.dumps(web(CODES[0]))),
    f"cb({json.dumps([web(CODES[0]), web(CODES[1])])})",
    json.dumps({"name": "x", "version": "1", "dependencies": {"a": "1"}}, indent=2),
    json.dumps([{"id": "a", "text": "x"}, {"id": "b", "text": "y"}]),
    json.dumps([{"type": "Feature"}] * 3, indent=1),
    json.dumps([[1, 2], [3, 4]]),
    "[]",
    "[1,\n2]",
    '{\n"a": {}\n}',
    '[\n{"a": 1}\n]',
    "[返回](//finews.withounder.com/)",
    "[2022-01-14 13:02:46] INFO x\n[2022-01-14 13:02:47] INFO y\n",
    "---\nlayout: post\n---\n",
    json.dumps(TEXT) + "\n;\n\0\x1a",
    '[{"data": ',
]


@pytest.mark.parametrize("text", ONE_PAGE)
def test_any_other_json_is_one_page_as_it_is(tmp_path: Path, opened, text: str) -> None:
    (tmp_path / "x.json").write_bytes(text.encode())
    found = opened()
    assert [(p.body.decode(), p.source) for p in found.pages] == [(text, f"{tmp_path}/x.json")]
    assert not found.skipped


LOG = '{"level":"info","time":1642136566000000000,"msg":"x"}\n'


@pytest.mark.parametrize("name", ["x.log", "x.ndjson", "x.json"])
@pytest.mark.parametrize("text", [LOG * 5, LOG * 5 + LOG[:20], LOG * 2 + LOG[5:] + LOG])
def test_logs_of_others_are_no_failures(tmp_path: Path, opened, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    found = opened()
    assert len(found.pages) + len(found.skipped) == len(text.splitlines())
    assert not [u for u in found.skipped if u.failed]
    for page in found.pages:
        with pytest.raises(Unreadable, match="not an article"):
            pages.read(page)


def test_a_broken_line_that_names_an_article_is_lost_wherever_it_stands(tmp_path: Path, opened) -> None:
    (tmp_path / "x.ndjson").write_text(LOG * 3 + json.dumps(web(CODES[0]))[:-5])
    assert [(u.reason, u.failed) for u in opened().skipped] == [(BROKEN, True)]


@pytest.mark.parametrize(
    "text", ["{}" * 500_000, f"[{'{},' * 500_000}{{}}]", "{}\n" * 9_000, "[" * 1_000_000, '{"a":' * 200_000]
)
def test_what_is_made_to_cost_costs_little(tmp_path: Path, opened, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    start = time.process_time()
    assert len(opened().pages) in (1, 9_000)
    assert time.process_time() - start < 10


def test_a_post_with_its_head_in_json_is_one_text(tmp_path: Path, opened) -> None:
    name = f"2022-01-14-NW{CODES[0]}.md"
    (tmp_path / name).write_text('{\n"layout": "post",\n"title": "题"\n}\n\n' + BODY)
    (page,) = opened().pages
    assert page.url == name
    with pytest.raises(Unreadable) as caught:
        pages.read(page)
    assert not caught.value.is_foreign
