"""The posts of an output folder, read as data."""

import io
import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from data.samples import POST, UNICOM, archive, post, stored

from crawler.data.article import BEIJING, FIELDS, Mention
from crawler.data.forms import jsonl
from crawler.data.wish import Wish, day, moment
from crawler.items import Security
from crawler.search.finder import Finder

FIELDS_AS_PROMISED = "code title published first_seen medium category address text html digest securities pictures origin same_as version"


def test_an_article_with_its_ledger_and_without(tmp_path: Path) -> None:
    listed = Security("116.00700", "list", "腾讯控股")
    one, *others = stored(tmp_path, POST, listed={POST.code: listed}).articles()
    assert others == []
    assert (one.code, one.title, one.medium, one.category, one.digest) == (POST.code, "A & B", "甲报", "jia", None)
    assert one.published == datetime(2022, 1, 14, 13, 2, 46, tzinfo=BEIJING)
    assert (one.address, one.html, one.origin, one.version) == (POST.link, POST.body, "share", 1)
    assert one.text == "一 段 中国联通\n1 2"
    assert one.pictures == ("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k",)
    assert one.securities == (
        Mention("116.00700", "00700.HK", "HK", "腾讯控股", "list", None),
        Mention("1.600050", "600050.SH", "SH", "", "kline", POST.body.index("<img")),
    )
    shutil.rmtree(tmp_path / "state")
    (bare,) = archive(tmp_path).articles()
    assert (bare.first_seen, bare.origin, [one.secid for one in bare.securities]) == (None, None, ["1.600050"])
    assert (bare.text, bare.version) == (one.text, 1)


def test_filters_leave_out_what_does_not_pass_all_of_them(tmp_path: Path) -> None:
    later = post(2, time="2022-01-15 00:00:00", category="yi", body="<p>2</p>")
    data = stored(tmp_path, post(1), later, post(3, time="2022-01-16 23:59:59", body=UNICOM))
    wishes = {
        "since": (Wish(since=date(2022, 1, 15)), [2, 3]),
        "until": (Wish(until=date(2022, 1, 15)), [1, 2]),
        "one day": (Wish(since=date(2022, 1, 16), until=date(2022, 1, 16)), [3]),
        "category": (Wish(categories={"yi", "other"}), [2]),
        "stock": (Wish(secids={"1.600050"}), [1, 3]),
        "both": (Wish(secids={"1.600050"}, until=date(2022, 1, 15)), [1]),
    }
    for name, (wish, numbers) in wishes.items():
        assert [int(one.code[-4:]) for one in data.articles(wish)] == numbers, name
    assert [one.code for one in data.articles(codes={later.code})] == [later.code]


def test_odd_names_are_read_as_any_other(tmp_path: Path) -> None:
    data = stored(tmp_path, post(1))
    (file,) = (tmp_path / "_posts").iterdir()
    file.rename(file.with_name(f"{post(1).code}.md"))  # no day in it
    (file.parent / "**.md").write_text("x")
    for wish in (Wish(until=date(2022, 1, 14)), Wish(as_of=datetime(2999, 1, 1, tzinfo=BEIJING))):
        assert [one.code for one in data.articles(wish)] == [post(1).code]
    assert list(data.faults) == ["**.md"]
    assert list(data.articles(Wish(until=date(2022, 1, 13)))) == []


def finder(output: Path) -> Finder:
    return Finder(output, f"sqlite:///{output / 'state' / 'ledger.sqlite'}", print)


@pytest.mark.parametrize("ledger", ["there", "lost", "of others"])
def test_a_stock_by_symbol_secid_and_name_and_the_nearest_of_one_that_is_not_there(ledger: str, tmp_path: Path) -> None:
    link = '<p><a href="http://quote.eastmoney.com/sh600519.html">贵州茅台</a></p>'
    stored(tmp_path, post(1), post(2, body=link))
    if ledger != "there":
        shutil.rmtree(tmp_path / "state")
    if ledger == "of others":
        stored(tmp_path, post(3, body="<p>3</p>"))
    data = finder(tmp_path)
    for spelled in ("600050", "600050.SH", "sh600050", "1.600050"):
        assert data.meant(spelled) == {"1.600050"}
    assert data.meant("贵州茅台") == {"1.600519"}
    for wrong, near in {"600056": "600050.SH", "贵州茅": r"贵州茅台 \(600519.SH\)", "600519.SZ": "600519.SH"}.items():
        with pytest.raises(ValueError, match=f"{wrong}: did you mean .*{near}"):
            data.meant(wrong)


def test_of_codes_that_are_as_like_the_one_that_begins_like_it_is_nearest(tmp_path: Path) -> None:
    link = '<p><a href="http://quote.eastmoney.com/sh609001.html">云岭电气</a></p>'
    stored(tmp_path, post(1), post(2, body=link))
    with pytest.raises(ValueError, match=r"did you mean .*600050.SH"):
        finder(tmp_path).meant("600051")


def test_what_is_no_post_is_named_and_the_others_come(tmp_path: Path) -> None:
    data = stored(tmp_path, post(1), post(2))
    posts = tmp_path / "_posts"
    (posts / "2022-01-14-NW202201142248170009.md").write_bytes(b"\xff")
    (posts / "readme.md").write_text("hello")
    (posts / "2022-01-14-NW202201142248170008.md").mkdir()
    (posts / ".2022-01-14-NW202201142248170007.md").write_text("an editor's")
    assert [int(one.code[-4:]) for one in data.articles()] == [1, 2]
    assert sorted(name[-8:] for name in data.faults) == ["70008.md", "70009.md", "eadme.md"]


def test_lines_of_json_have_the_fields_in_their_order(tmp_path: Path) -> None:
    assert " ".join(FIELDS) == FIELDS_AS_PROMISED
    data, file = stored(tmp_path, POST), io.BytesIO()
    jsonl.write(data.articles(), file)
    line = json.loads(file.getvalue())
    assert tuple(line) == FIELDS
    assert line["published"] == "2022-01-14T13:02:46+08:00"
    assert line["securities"][0] == {
        "secid": "1.600050", "symbol": "600050.SH", "exchange": "SH", "name": "", "how": "kline",
        "position": POST.body.index("<img"),
    }  # fmt: skip
    assert (line["same_as"], line["version"], file.getvalue().count(b"\n")) == ([], 1, 1)


def test_times_and_days_as_they_are_typed() -> None:
    told, has_zone = moment("2025-09-23T09:30")
    assert (told, has_zone) == (datetime(2025, 9, 23, 9, 30, tzinfo=BEIJING), False)
    assert moment("2025-09-23T01:30Z") == (told, True)
    for wrong in ("yesterday", "2025-13-01", ""):
        with pytest.raises(ValueError, match="is written so"):
            moment(wrong)
        with pytest.raises(ValueError, match="is written so"):
            day(wrong)
