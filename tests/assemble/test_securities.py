"""What a post is about: lists count more than its K-lines, these more than links; each security once."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from crawling import given

from crawler.assemble.assembler import Assembler
from crawler.assemble.merge import merge
from crawler.assemble.outcome import of_post
from crawler.assemble.securities import listed, securities
from crawler.items import Article, Post, Security
from crawler.kline import referring
from crawler.pictures.stage import local_pictures

CODE = "NW202201142248170578"
POST = Post(
    code=CODE, kind="media", title="题", time="2022-01-14 13:02:46", category="jia", tag="甲报新闻", link=""
)  # fmt: skip
PICTURE = '<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={}&imageType=k">'
LINK = '<a href="http://quote.eastmoney.com/unify/r/{}">{}</a>'


def item(*stocks: tuple[str, str]) -> Article:
    return Article(code=CODE, origin="list", title="题", time=POST.time, tag=POST.tag, stocks=stocks)


def test_the_way_that_counts_most_and_the_first_mention() -> None:
    twice = LINK.format("1.600050", "中国联通")
    body = twice + PICTURE.format("1.600050") + twice + LINK.format("0.000338", "潍柴动力")
    assert securities(referring(POST, body)) == (
        Security("1.600050", "kline", "中国联通", 0),
        Security("0.000338", "link", "潍柴动力", body.rindex("<a")),
    )
    body = PICTURE.format("1.600050") + LINK.format("0.000338", "潍柴动力")
    told = listed([item(("0.000338", ""), ("116.00700", "腾讯控股"), ("1.600050", ""))])
    made = referring(POST, body)
    assert set(of_post(made, b"").securities) == {*securities(made)}
    assert set(securities(replace(made, listed=told))) == {
        Security("0.000338", "list", "潍柴动力", len(PICTURE.format("1.600050"))),
        Security("116.00700", "list", "腾讯控股"),
        Security("1.600050", "list", "", 0),
    }


@pytest.mark.parametrize(
    ("spelled", "secid"),
    [("1.600050", "1.600050"), ("600050", "1.600050"), ("000338", "0.000338"), ("00700", "116.00700"),
     ("90.bk0473", "90.BK0473"), ("105.aapl", "105.AAPL")],
)  # fmt: skip
def test_spellings_of_lists(spelled: str, secid: str) -> None:
    assert listed([item((spelled, "名"))]) == (Security(secid, "list", "名"),)


@pytest.mark.parametrize("spelled", ["", "AAPL", "x.600050", "1.", "12345678", "1.600050.2", "６０００５０"])
def test_what_names_no_security(spelled: str) -> None:
    assert listed([item((spelled, "名"))]) == ()


def test_all_lists_have_their_say_in_any_order() -> None:
    pages = (
        item(("1.600050", "")),
        item(("600050", "中国联通"), ("0.000338", "")),
        item(),
        Article(code=CODE, origin="share", text="<p>正文。</p>"),
    )
    posts = [merge(some) for some in permutations(pages)]
    assert {post.listed for post in posts} == {(Security("0.000338", "list"), Security("1.600050", "list", "中国联通"))}
    assert len({post.sources for post in posts}) == 1


@pytest.mark.parametrize("images", ["remote", "local"])
def test_positions_are_those_in_the_body_that_is_written(images: str, tmp_path: Path) -> None:
    old = '<img src="http://pifm3.eastmoney.com/EM_Finance2014PictureInterface/Index.aspx?ID=6000501">'
    body = f"<script>1</script><p>{old}</p><p>{LINK.format('0.000338', '潍柴动力')}</p>"
    settings = given(FINEWS_KLINE_IMAGES=images)
    assemble = Assembler(settings, local_pictures(tmp_path, settings) if images == "local" else None)
    (made,) = assemble([item(), Article(code=CODE, origin="share", text=body)])
    assert made.post
    found = {one.secid: made.post.body[one.position :][:3] for one in made.securities}
    assert found == {"1.600050": "<im", "0.000338": "<a "}
    assert "webquoteklinepic" in made.post.body


def test_what_lists_file_an_article_under_is_no_other_version_of_it() -> None:
    body = Article(code=CODE, origin="share", text="<p>正文。</p>")
    assert merge([item(), body]).sources == merge([item(("1.600050", "")), body]).sources
