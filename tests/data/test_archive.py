"""The posts of an output folder, read as data."""

import shutil
from datetime import date, datetime
from pathlib import Path

from data.samples import POST, archive, post, stored

from crawler.data.article import Mention
from crawler.data.wish import Wish
from crawler.items import Security
from crawler.times import BEIJING


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


def test_odd_names_are_read_as_any_other(tmp_path: Path) -> None:
    data = stored(tmp_path, post(1))
    (file,) = (tmp_path / "_posts").iterdir()
    file.rename(file.with_name(f"{post(1).code}.md"))  # no day in it
    (file.parent / "**.md").write_text("x")
    for wish in (Wish(until=date(2022, 1, 14)), Wish(as_of=datetime(2999, 1, 1, tzinfo=BEIJING))):
        assert [one.code for one in data.articles(wish)] == [post(1).code]
    assert list(data.faults) == ["**.md"]
    assert list(data.articles(Wish(until=date(2022, 1, 13)))) == []


def test_what_is_no_post_is_named_and_the_others_come(tmp_path: Path) -> None:
    data = stored(tmp_path, post(1), post(2))
    posts = tmp_path / "_posts"
    (posts / "2022-01-14-NW202201142248170009.md").write_bytes(b"\xff")
    (posts / "readme.md").write_text("hello")
    (posts / "2022-01-14-NW202201142248170008.md").mkdir()
    (posts / ".2022-01-14-NW202201142248170007.md").write_text("an editor's")
    assert [int(one.code[-4:]) for one in data.articles()] == [1, 2]
    assert sorted(name[-8:] for name in data.faults) == ["70008.md", "70009.md", "eadme.md"]


def test_a_copy_under_another_name_is_no_second_article(tmp_path: Path) -> None:
    data = stored(tmp_path, post(1), post(2))
    one, two = sorted((tmp_path / "_posts").iterdir())
    copies = [one.with_name(f"{one.stem}{end}.md") for end in (" (1)", " - 副本", "~", ".sync-conflict-20221201-ABC")]
    copies.append(one.with_name(f"{post(1).code}.md"))
    for copy in copies:
        shutil.copy(one, copy)
    assert [article.file for article in data.articles()] == [one.name, two.name]
    assert data.faults == {copy.name: f"the same article as {post(1).code}" for copy in copies}
    one.unlink()  # one of them is all that there is of the article
    found = [article.file for article in archive(tmp_path).articles()]
    assert [name for name in found if name != two.name] == [min(copy.name for copy in copies)]
