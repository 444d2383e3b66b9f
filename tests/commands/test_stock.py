"""`finews stock`: a security's articles, for people, as a feed and as data."""

import json
from pathlib import Path

import pytest
from data.samples import UNICOM
from lxml import etree
from run_scrapy import scrapy
from search.archives import post, put

from crawler import exits
from crawler.assemble.outcome import of_post
from crawler.items import Security
from crawler.post_format import render
from crawler.store.run import Run

NAMED = '<span data-code="1,600050">中国联通</span>'
STORED = UNICOM.replace('src="', 'src="../../../../assets/kline/1.600050/2022-01-13.png" data-remote-src="')


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    put(
        output,
        post(1, title="一 & \x0b<b>", body=f"<p>{NAMED}</p>", time="2022-01-11 10:00:00"),
        post(2, title="二", body=f"{UNICOM}<p>x</p>{UNICOM}", time="2022-01-13 10:00:00"),
        post(3, title="三", body=f"{STORED}<p>x</p>", time="2022-01-12 10:00:00"),
        post(4, title="四", body="<p>联通</p>"),
    )
    return output


@pytest.mark.parametrize("spelled", ["600050", "600050.SH", "sh600050", "1.600050", "中国联通"])
def test_newest_first_with_their_k_lines(spelled: str, output: Path) -> None:
    done = scrapy("stock", spelled, output=output)
    live = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k"
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"2022-01-13 10:00  {post(2).code}  二  {live}",
        f"2022-01-12 10:00  {post(3).code}  三  assets/kline/1.600050/2022-01-13.png",
        f"2022-01-11 10:00  {post(1).code}  一 & \\x0b<b>",
    ]
    assert scrapy("stock", spelled, "--limit", "2", output=output).out.splitlines() == done.out.splitlines()[:2]


def test_what_lists_file_under_it_is_about_it(output: Path) -> None:
    one = post(
        4,
        title="四",
        body="<p>联通</p>",
        listed=(Security("1.600050", "list", "联通"), Security("0.000063", "list", "中兴")),
    )
    with Run(output) as run:
        run.store([of_post(one, render(one))])
    assert post(4).code in scrapy("stock", "联通", output=output).out
    assert scrapy("stock", "中兴", output=output).out.count("\n") == 1


@pytest.mark.parametrize("form", ["--atom", "--jsonl"])
def test_standard_output_holds_data_alone(form: str, output: Path) -> None:
    done = scrapy("stock", "600050", form, "-", output=output)
    assert (done.code, done.err) == (0, "")
    read = {"--atom": lambda text: len(etree.fromstring(text.encode())), "--jsonl": lambda text: json.loads(text[0])}
    assert read[form](done.out if form == "--atom" else done.out.splitlines())
    both = scrapy("stock", "600050", "--atom", "-", "--jsonl", "-", output=output)
    assert (both.code, both.out) == (exits.WRONG_USAGE, "")
    assert "name a file for one" in both.err


def test_feed_and_data_on_wish(output: Path, tmp_path: Path) -> None:
    feed, data = tmp_path / "a.xml", tmp_path / "a.jsonl"
    done = scrapy("stock", "600050", "--limit", "2", "--atom", str(feed), "--jsonl", str(data), output=output)
    assert (done.code, done.out.count("\n")) == (0, 2)
    rows = [json.loads(line) for line in data.read_text("utf-8").splitlines()]
    assert [row["code"] for row in rows] == [post(2).code, post(3).code]
    assert rows[0]["securities"][0]["symbol"] == "600050.SH"
    scrapy("stock", "600050", "--atom", str(feed), output=output)
    atom = etree.parse(feed).getroot()
    ns = {"a": "http://www.w3.org/2005/Atom"}
    assert atom.xpath("string(a:title)", namespaces=ns) == "中国联通 600050.SH"
    assert atom.xpath("string(a:updated)", namespaces=ns) == "2022-01-13T10:00:00+08:00"
    assert atom.xpath("a:entry/a:title/text()", namespaces=ns) == ["二", "三", "一 & <b>"]
    assert len(set(atom.xpath("//a:id/text()", namespaces=ns))) == 4
    assert NAMED in atom.xpath("string(a:entry[3]/a:content)", namespaces=ns)


WRONG = {
    "unknown": (("600051",), "no article is about 600051: did you mean 中国联通 (600050.SH)?"),
    "no security": (("中国连通",), "did you mean 中国联通"),
    "none": ((), "name one security"),
    "two": (("600050", "000063"), "name one security"),
    "a number": (("600050", "--limit", "-1"), "0 for all"),
    "a folder": (("600050", "--atom", "."), "is a folder"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_usage(wrong: str, output: Path) -> None:
    args, message = WRONG[wrong]
    done = scrapy("stock", *args, output=output)
    assert (done.code, message in done.err) == (exits.WRONG_USAGE, True), done.err


def test_a_full_disk(output: Path) -> None:
    done = scrapy("stock", "600050", "--jsonl", "/dev/full", output=output)
    assert (done.code, "cannot write" in done.err) == (exits.NOT_WRITABLE, True)
