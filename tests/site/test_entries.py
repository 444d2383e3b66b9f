"""What lists say of a post: its securities, its page, where its links lead; and which posts no site can show."""

from dataclasses import replace

import pytest
from random_posts import EMNEWS, MEDIA

from crawler import footer
from crawler.demo.securities import BY_SECID
from crawler.demo.stock_links import kline_block
from crawler.items import Post
from crawler.post_format import FormatError, file_name, render
from crawler.site.entries import Mention, SitePost, entry_of, leads_to

NAME = file_name(MEDIA)
LIVE = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k"
UNIFY = "http://quote.eastmoney.com/unify/r/"


def entry(body: str = "<p>正文</p>", **fields: str) -> SitePost:
    post = replace(MEDIA, body=body, **fields)  # type: ignore[arg-type]
    return entry_of(file_name(post), render(post))


def test_an_entry_tells_what_lists_show() -> None:
    made = entry(title="A&amp;B")
    assert not made.is_odd
    assert (made.slug, made.title, made.time, made.category, made.tag) == (
        "NW202201142248170578", "A&B", "2022-01-14 13:02:46", "renminyoudianbao", "人民邮电报新闻",
    )  # fmt: skip
    assert made.path == "renminyoudianbao/2022/01/14/NW202201142248170578.html"
    assert entry(category="A b x?").path == "a/b/x%3F/2022/01/14/NW202201142248170578.html"


STORED = f'<img src="../../../../assets/kline/1.600050/2022-01-14.png" data-remote-src="{LIVE}" alt="K图 600050_0" />'
AGAIN = f'<img src="{LIVE}" alt="K图 600050_0" /><a href="{UNIFY}1.600050">联通</a><a href="{UNIFY}116.00700">腾讯</a>'


@pytest.mark.parametrize(
    ("body", "mentions"),
    [
        (f'<p><a href="{UNIFY}1.600050">中国联通</a></p>', [Mention("600050.SH", "中国联通", ())]),
        (f'<p><img src="{LIVE}" alt="K图 600050_0" /></p>', [Mention("600050.SH", "", (LIVE,))]),
        (
            f"<p>{STORED}{AGAIN}</p>",
            [
                Mention("600050.SH", "联通", ("assets/kline/1.600050/2022-01-14.png", LIVE)),
                Mention("00700.HK", "腾讯", ()),
            ],
        ),
        ('<p><img src="http://other.example/x.png" alt="K图 600050_0" />', [Mention("600050.SH", "", ())]),
        (f'<p><a href="{UNIFY}1.600050">联\u202e通</a></p>', [Mention("600050.SH", "联\\u202e通", ())]),
        ("<p>正文</p>", []),
    ],
)
def test_securities(body: str, mentions: list[Mention]) -> None:
    found = entry(body).mentions
    assert [one._replace(pictures=()) for one in found] == [one._replace(pictures=()) for one in mentions]
    for one, wanted in zip(found, mentions, strict=True):
        assert [p.partition("&token")[0] for p in one.pictures] == [p.partition("&token")[0] for p in wanted.pictures]


def test_the_securities_of_a_real_block() -> None:
    (one,) = entry(kline_block(BY_SECID["1.600050"])).mentions
    assert one.symbol == "600050.SH"
    assert one.pictures[0].startswith(LIVE)


@pytest.mark.parametrize("title", ["x\u202ey", "x\x9by", "&#x202e;x"])
def test_what_would_turn_a_line_round_is_spelled(title: str) -> None:
    made = entry(title=title)
    assert made.is_odd
    assert "\\x9b" in made.title or "\\u202e" in made.title


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("NW202201142248170578.md", render(MEDIA), "not that of a post"),
        ("2022-01-14-a b.md", render(MEDIA), "not that of a post"),
        (NAME, b"no post", "no front matter"),
        (NAME, render(MEDIA).replace(b"categories: renminyoudianbao", b"categories: ../../../x"), "is not a name"),
        (NAME, render(MEDIA).replace("<p>正文".encode(), "<p>{% x %}正文".encode()), "Liquid"),
        (NAME, render(EMNEWS).replace("> 摘要".encode(), "> {{ 摘要".encode()), "Liquid"),
        (NAME, render(MEDIA).replace(b"date: 2022-01-14 13:02:46 +0800", b"date:"), "its date is none"),
        (NAME, render(MEDIA).replace(b"date: 2022-01-14 13:02:46 +0800", b"date: +0800"), "its date is none"),
        (NAME, render(MEDIA).replace("<p>正文</p>".encode(), b"<p></p>"), "no body"),
    ],
)
def test_posts_that_no_site_can_show(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        entry_of(name, data)


@pytest.mark.parametrize(
    ("date", "day", "has_zone"),
    [
        ("2022-01-14 13:02:46 +0800", "14", True),
        ("2022-01-14 18:02:46 +08:00", "14", True),
        ("2022-01-14 13:02:46", "14", False),
        ("2022-01-14 18:02:46", "15", False),
        ("2022-01-14T10:02:46Z", "14", True),
    ],
)
def test_jekyll_reads_a_time_without_zone_as_utc(date: str, day: str, has_zone: bool) -> None:
    made = entry_of(NAME, render(MEDIA).replace(b"2022-01-14 13:02:46 +0800", date.encode()))
    assert made.path == f"renminyoudianbao/2022/01/{day}/NW202201142248170578.html"
    assert made.has_zone == has_zone
    assert made.time[:10] == "2022-01-14"


OWN = "a/2022/01/14/NW202201141111111111.html"
HOME = "//finews.withounder.com"


@pytest.mark.parametrize(
    ("href", "to"),
    [
        ("http://finance.eastmoney.com/a/202201141111111111.html", f"{HOME}/{OWN}"),
        ("http://stock.eastmoney.com/news/1350,202201141111111111.html", f"{HOME}/{OWN}"),
        (f"https:{HOME}/{OWN}", f"{HOME}/{OWN}"),
        (f"http://finews.zning.me/{OWN}", f"{HOME}/{OWN}"),
        (f"{HOME}/category/b.html", None),
        (f"{HOME}/category/none.html", f"https:{HOME}/category/none.html"),
        (f"http:{HOME}/category/none.html", None),
        ("http://finance.eastmoney.com/a/202201149999999999.html", None),
        ("http://finance.eastmoney.com/a/202201142248170578.html", None),
        ("http://other.example/a/202201141111111111.html", None),
    ],
)
def test_links_lead_to_pages_that_are_there(href: str, to: str | None) -> None:
    made = entry(f'<p><a href="{href}">x</a></p>')
    ours = {OWN, "category/b.html"}
    assert list(leads_to(made, ours, {"202201141111111111": OWN, "202201142248170578": made.path})) == (
        [(href, to)] if to else []
    )


@pytest.mark.parametrize(
    ("post", "line", "to"),
    [
        (EMNEWS, "[返回东财滚动新闻](../emnews/)\n[返回首页](../)", {"../emnews/": "/emnews/", "../": "/"}),
        (EMNEWS, "[返回东财滚动新闻](//finews.zning.me/emnews/)\n[返回首页](//finews.zning.me/)",
         {"//finews.zning.me/emnews/": "/emnews/", "//finews.zning.me/": "/"}),
        (MEDIA, f"[返回甲]({HOME}/renminyoudianbao/)｜[返回首页]({HOME}/)",
         {f"{HOME}/renminyoudianbao/": "/category/renminyoudianbao.html"}),
        (MEDIA, footer.line(MEDIA.category, MEDIA.tag), {}),
        (EMNEWS, footer.line(EMNEWS.category, EMNEWS.tag), {}),
    ],
)  # fmt: skip
def test_footers_of_every_age_lead_to_the_list_and_home(post: Post, line: str, to: dict[str, str]) -> None:
    ending = render(post).decode().rpartition("\n\n")[0]
    made = entry_of(NAME, f"{ending}\n\n{line}".encode())
    assert dict(leads_to(made, set(), {})) == {href: f"{HOME}{path}" for href, path in to.items()}


def test_a_footer_whose_address_must_be_spelled() -> None:
    assert list(leads_to(entry(category="x?y"), set(), {})) == [
        (f"{HOME}/category/x?y.html", f"{HOME}/category/x%3Fy.html")
    ]
