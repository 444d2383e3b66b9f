"""What becomes of an article: a post with its bytes, or a rejection with its reason."""

import hashlib
from dataclasses import replace

import pytest

from crawler import kline, post_format
from crawler.assemble.outcome import Assembled, Edited, Rejected, of_post, of_rejected
from crawler.items import Article, OnDisk, Page, Post

CODE = "NW202201142248170578"
BODY = '<p>题</p><img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={}&imageType=k">'
POST = Post(
    code=CODE, kind="media", title="题", time="2022-01-14 13:02:46", category="jia", tag="甲报新闻", link="", body="<p>1</p>"
)  # fmt: skip
UNUSED = (Article(code=CODE, origin="share", text="<p>2</p>"),)


def test_a_post_is_to_be_written_under_its_name_with_the_sum_of_its_bytes() -> None:
    made = of_post(replace(POST, unused=UNUSED), b"bytes")
    assert (made.code, made.outcome, made.reason, made.data) == (CODE, "written", "", b"bytes")
    assert made.file == post_format.file_name(POST) == f"2022-01-14-{CODE}.md"
    assert made.sha256 == hashlib.sha256(b"bytes").hexdigest()
    assert (made.unused, made.booked, made.prepared) == (UNUSED, False, "")


def test_it_says_what_it_is_about_and_where_its_k_lines_are_traded() -> None:
    body = BODY.format("1.600050") + BODY.format("999.X")
    made = of_post(replace(POST, body=body, klines=kline.find(body)), b"")
    assert [one.secid for one in made.securities] == ["1.600050", "999.X"]
    assert made.exchanges == ("SH", "999"), "of a market that is not known, its number"


@pytest.mark.parametrize(
    ("rejected", "expected"),
    [
        (Rejected("no title"), Assembled(CODE, "quarantined", "no title", unused=UNUSED)),
        (Rejected("filtered: x", "out_of_scope"), Assembled(CODE, "out_of_scope", "filtered: x", unused=UNUSED)),
        (
            Edited(OnDisk(CODE, "2022-01-14-x.md", b"", "edited")),
            Assembled(CODE, "unchanged", "edited by hand", file="2022-01-14-x.md"),
        ),
    ],
)
def test_a_rejection_keeps_what_pages_said_unless_the_post_is_somebody_s_own(
    rejected: Rejected, expected: Assembled
) -> None:
    assert of_rejected(CODE, rejected, unused=UNUSED) == expected
    assert of_rejected(CODE[2:], rejected).code == (CODE if rejected.file else CODE[2:]), "pages may name it otherwise"
    page = Page(url="http://x/", body=b"raw")
    assert of_rejected(CODE, rejected, page).page is page
