"""A record is the page that it holds beside its address; what a crawler read off a page is none."""

import json

import pytest

from crawler.archive.json import page_records
from crawler.archive.model import Skipped
from crawler.items import Page

URL = "https://finance.eastmoney.com/a/202201142248170578.html"
SITE = "https://finews.withounder.com/post/2022-01-14-NW202201142248170578.html"
HTML = "<!DOCTYPE html><html><body><p>联通。</p></body></html>"
REPLY = '{"data":{"Art_Title":"x","Art_Content":"<p>x</p>","Art_Code":"202201142248170578"}}'


@pytest.mark.parametrize(
    ("record", "body"),
    [
        ({"url": URL, "html": HTML}, HTML),
        ({"URL": f" {URL} ", "Body": HTML}, HTML),
        ({"url": URL, "content": "读到的正文", "html": HTML}, HTML),
        ({"url": URL, "html": "", "content": HTML}, HTML),
        ({"url": URL, "response": REPLY}, REPLY),
        ({"url": SITE, "html": "<article><p>x"}, "<article><p>x"),
    ],
)
def test_a_record_is_the_page_at_its_address(record: dict[str, object], body: str) -> None:
    found = page_records.recorded(record, "x.jsonl!1")
    assert found
    assert (found.url, found.body.decode(), found.encoding, found.source) == (
        str(record.get("url", record.get("URL"))).strip(),
        body,
        "utf-8",
        "x.jsonl!1",
    )


@pytest.mark.parametrize(
    "value",
    [
        {"url": URL, "content": "<p>联通。</p>"},
        {"url": URL, "text": "[图] 联通"},
        {"url": "/a/1.html", "html": HTML},
        {"html": HTML},
        {"url": URL, "html": [7, "<html>"]},
        {"url": 7, "html": HTML},
        [URL, HTML],
        "x",
        None,
    ],
)
def test_anything_else_is_no_record(value: object) -> None:
    assert page_records.recorded(value, "") is None
    whole = json.dumps(value).encode()
    assert page_records.page(value, whole, "x!1", "a") == Page(url="a", body=whole, source="x!1")


@pytest.mark.parametrize("blank", ["", " \r\n", None])
def test_a_record_of_no_recording_is_lost_at_its_address(blank: str | None) -> None:
    value = {"url": URL, "html": blank, "text": "读到的正文"}
    assert page_records.page(value, b"", "x!1") == Skipped("x!1", "no content recorded", url=URL)
    read_off = {"url": URL, "text": blank}
    assert isinstance(page_records.page(read_off, b"{}", "x!1"), Page)


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"url": URL, "html": HTML}).encode(),
        json.dumps({"url": URL, "html": HTML}, indent=2).encode("gbk"),
        json.dumps({"url": URL, "BODY": "\ufeff\r\n" + HTML}).encode(),
        json.dumps({"url": URL, "html": HTML}, ensure_ascii=False).replace("<", "\\u003C").encode(),
        json.dumps({"url": URL, "text": f"cb({REPLY})"}).encode(),
    ],
)
def test_a_file_that_is_one_record(data: bytes) -> None:
    found = page_records.found_in(data, "x.json")
    assert found
    assert found.url == URL


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"url": URL, "html": HTML}).encode()[:-1],
        json.dumps({"url": URL, "title": HTML}).encode(),
        json.dumps({"url": URL, "html": "联通"}).encode(),
        b'{"html":"<' + b"[" * 200_000,
        b"",
    ],
    ids=["cut", "title", "prose", "deep", "empty"],
)
def test_a_file_that_is_none(data: bytes) -> None:
    assert page_records.found_in(data, "x.json") is None


@pytest.mark.parametrize(
    ("value", "ours"),
    [
        (json.loads(REPLY), True),
        ({"url": URL, "html": "<html>try again later"}, True),
        ({"url": "https://example.com/1.html", "html": "<html>x"}, False),
        ({"level": "info", "msg": "x"}, False),
    ],
)
def test_what_is_of_ours(value: object, ours: bool) -> None:
    assert page_records.is_ours(value, json.dumps(value)) == ours
