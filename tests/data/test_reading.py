"""The bytes of a post, and what is known beside them, are an article."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from data.samples import POST, UNICOM, made

from crawler.data.article import ArchivedArticle, Mention
from crawler.data.reading import Beside, article_of
from crawler.items import Post, Security

SEEN = datetime(2022, 1, 14, 20, 0, tzinfo=UTC)


def article(post: Post, **beside: object) -> ArchivedArticle:
    one = made(post)
    return article_of(one.file, one.data, Beside(**beside))  # type: ignore[arg-type]


def test_what_the_post_says_is_text_and_times_are_beijing_s() -> None:
    one = article(replace(POST, title="A &amp; B &lt;重组&gt;", tag="甲&amp;乙报新闻"), first_seen=SEEN, revised=SEEN)
    assert (one.title, one.medium, one.digest) == ("A & B <重组>", "甲&乙报", None)
    assert (one.published.isoformat(), one.first_seen and one.first_seen.isoformat()) == (
        "2022-01-14T13:02:46+08:00",
        "2022-01-15T04:00:00+08:00",
    )
    assert one.revised == SEEN
    assert one.revised.isoformat().endswith("+08:00")


def test_beside_nothing_nothing_is_made_up() -> None:
    one = article(POST)
    assert (one.first_seen, one.revised, one.withdrawn, one.origin, one.version) == (None, None, None, None, 1)
    told = article(POST, withdrawn=date(2022, 2, 1), origin="share", version=3)
    assert (told.withdrawn, told.origin, told.version) == (date(2022, 2, 1), "share", 3)


def test_an_item_without_a_body_shows_its_digest_and_one_without_a_link_its_page() -> None:
    flash = replace(
        POST, code="202201142248170578", kind="emnews", category="emnews", tag="东财滚动新闻", digest="摘 &lt;要&gt;",
        body="", link="", origin="none",
    )  # fmt: skip
    one = article(flash)
    assert (one.text, one.digest, one.html, one.pictures) == ("摘 <要>", "摘 <要>", "", ())
    assert one.address.startswith("http")
    assert one.code in one.address


def test_what_lists_file_it_under_comes_before_what_it_shows() -> None:
    body = f"{UNICOM}{UNICOM}<p><a href='http://quote.eastmoney.com/us/AAPL.html'>苹果</a></p>"
    listed = (Security("116.00700", "list", "腾讯控股"), Security("1.600050", "list", "中国联通"))
    one = article(replace(POST, body=body), listed=listed)
    found = {mention.secid: mention for mention in one.securities}
    assert found["116.00700"] == Mention("116.00700", "00700.HK", "HK", "腾讯控股", "list", None)
    assert (found["1.600050"].how, found["1.600050"].name) == ("list", "中国联通")
    assert len(one.pictures) == 1, "each picture once"
    assert len(found) == len(one.securities)


@pytest.mark.parametrize("data", [b"", b"\xff", b"hello", b"---\nlayout: post\n"])
def test_what_is_no_post_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whoever meets one says why
        article_of("2022-01-14-NW202201142248170578.md", data, Beside())
