"""The format: round trip, front matter read back by others, every old variant."""

import re
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import frontmatter
import pytest
import yaml
from full_or_small import size
from hypothesis import given, settings
from hypothesis import strategies as st
from random_posts import EMNEWS, MEDIA, check_fields, check_round_trip, random_posts

from crawler import post_format, sites
from crawler.items import Post
from crawler.post_format import FormatError, file_name, parse, path_of, render


def test_current_format_of_both_kinds() -> None:
    assert render(MEDIA).decode() == (
        '---\nlayout: post\ntitle: "标题"\ndate: 2022-01-14 13:02:46 +0800\ncategories: renminyoudianbao\n'
        "tags: 人民邮电报新闻\n---\n<p>正文</p>\n\n"
        "<http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578>\n\n"
        "[返回人民邮电报新闻](//finews.withounder.com/category/renminyoudianbao.html)"
        "｜[返回首页](//finews.withounder.com/)"
    )
    assert render(EMNEWS).decode().split("---\n")[2] == (
        "> 摘要。\n\n<p>正文</p>\n\n<http://finance.eastmoney.com/news/1350,202201142248170578.html>\n\n"
        "[返回东财滚动新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)"
    )


FIELDS = [field.name for field in fields(Post) if field.compare]
NOT_WRITTEN = {"kind", "origin", "klines", "pictures_missing"}
OTHER = {"code": "NW202201142248170579", "time": "2022-01-14 13:02:47"}


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in NOT_WRITTEN])
def test_each_field_is_written_and_read(name: str) -> None:
    base = EMNEWS if name == "digest" else MEDIA
    post = replace(base, **{name: OTHER.get(name, "x")})
    assert (render(post), file_name(post)) != (render(base), file_name(base))
    assert sites.is_promised(file_name(post))
    assert parse(render(post), file_name(post)) == post


def test_how_a_post_is_called_is_told_once() -> None:
    """The stand-in site calls its own posts as the source does; whoever else needs a post's name asks for it."""
    files = [path for path in Path(post_format.__file__).parent.rglob("*.py") if "demo" not in path.parts]
    spelled = [path.name for path in files if re.search(r"\}-\{[^{}]*\}\.md\b", path.read_text("utf-8"))]
    assert spelled == ["post_format.py"]


texts = st.text(st.characters(exclude_categories=["Cs"]))
bodies = st.one_of(texts.map(lambda t: f"<p>{t}</p>"), st.just("<p>a</p>\r\n <p>b</p>\n\n<p>c</p>"), texts).map(
    lambda t: t.strip("\n").removeprefix("> ").strip("\n") or "<p>.</p>"
) | st.sampled_from(["\n<p>a</p>", "\n\n<p>a</p>\n", "\r\n<p>a</p>"])
names = st.one_of(
    st.sampled_from(["2022", "yes", "12:30", "a: b", "*x", "@x", "=", "y", "1,000", ":x", "~", "0x1F", "- a", "a #b"]),
    st.sampled_from(
        ["21世纪经济报道  南财理财通", "Career In touxingPEVC", "99期货", "DoNews", "证券时报-e公司", "A|B"]
    ),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="/"), min_size=1, max_size=30
    ),
)
times = st.datetimes(datetime(1970, 1, 1)).map(lambda t: t.replace(microsecond=0).isoformat(" "))


@st.composite
def posts(draw: st.DrawFn) -> Post:
    base = draw(st.sampled_from([MEDIA, EMNEWS]))
    post = replace(base, title=draw(texts), time=draw(times), body=draw(bodies))
    if base is MEDIA:
        name = draw(names)
        return replace(post, category=name, tag=draw(names)) if name != "emnews" else post
    return replace(
        post,
        digest=draw(st.none() | texts.map(lambda t: " ".join(t.split("\n")))),
        link=draw(st.sampled_from(["", base.link])),
        body=draw(st.just("") | bodies) if draw(st.booleans()) else post.body,
    )


@settings(max_examples=size(300, 1000))
@given(posts())
def test_round_trip_and_reading_back(post: Post) -> None:
    data = render(post)
    parsed = parse(data, file_name(post))
    assert render(parsed) == data
    assert replace(parsed, origin=post.origin) == post
    check_fields(post, data)


@pytest.mark.parametrize("seed", range(4))
def test_round_trip_of_random_posts(seed: int) -> None:
    for post in random_posts(seed, 625):
        check_round_trip(post)


AMBIGUOUS = "2022 yes NO on y n ~ null 12:30 1:2:3 1_000 1,000 1.5 .5 5. 1e3 0x1F 0b1 017 .inf = << *x &x !x @x `x %x |x >x".split()


@pytest.mark.parametrize(
    "value", [*AMBIGUOUS, "a: b", "a #b", ":sym", "- a", "? a", "a:", " a", "a ", "", '"', "'", "[a]", "{a}"]
)
def test_what_a_reader_would_misread_is_quoted(value: str) -> None:
    assert post_format.scalar(value).startswith('"')
    assert yaml.safe_load(post_format.scalar(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        "21caijing",
        "36ke",
        "6Gjulebu",
        "anxinguojizhengquan(xianggang)",
        "21世纪经济报道  南财理财通新闻",
        "JT²",
        "《证券》·周刊",
        "DoNews",
        "a|b",
        "a,b",
    ],
)
def test_what_the_source_writes_bare_stays_bare(value: str) -> None:
    assert post_format.scalar(value) == value


VARIANTS = [
    # front matter's date, blocks after it, expected (time, digest, body, link)
    ("2021-12-01 13:33:50", "\n祝贺\n", ("2021-12-01 13:33:50", "祝贺", "", None)),
    (
        "2021-12-08 12:41:23",
        "\n文。\n\n<http://a.com/1.html>\n\n[返回东财滚动新闻](../emnews/)\n[返回首页](../)",
        ("2021-12-08 12:41:23", "文。", "", "http://a.com/1.html"),
    ),
    (
        "2021-12-08 12:41:23 +0800",
        "\n文。\n\n<http://a.com/1.html>\n\n[返回东财滚动新闻](//finews.zning.me/emnews/)\n[返回首页](//finews.zning.me/)",
        ("2021-12-08 12:41:23", "文。", "", "http://a.com/1.html"),
    ),
    (
        "2021-12-08 12:41:23 +0800",
        "\n文。\n\n<http://a.com/1.html>\n",
        ("2021-12-08 12:41:23", "文。", "", "http://a.com/1.html"),
    ),
    (
        " +0800",
        "> 文。\n\n<p>体</p>\n\n<>\n\n[返回东财滚动新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)",
        ("2021-12-08 00:00:00", "文。", "<p>体</p>", ""),
    ),
]


@pytest.mark.parametrize(("date", "blocks", "expected"), VARIANTS)
@pytest.mark.parametrize("before", ["", "\n", "\ufeff"])
def test_old_variants(date: str, blocks: str, expected: tuple[str, ...], before: str) -> None:
    text = (
        f'{before}---\nlayout: post\ntitle: "题"\ndate: {date}\ncategories: emnews\ntags: 东财滚动新闻\n---\n{blocks}'
    )
    post = parse(text.encode(), "2021-12-08-202112082206928461.md")
    assert (post.time, post.digest, post.body, post.link) == expected
    again = render(post)
    assert render(parse(again, file_name(post))) == again


def test_a_flash_that_python_frontmatter_wrote_again_is_the_same() -> None:
    again = frontmatter.dumps(frontmatter.loads(render(EMNEWS).decode()))
    assert "---\n\n> " in again
    assert parse(again, file_name(EMNEWS)) == EMNEWS


def test_a_title_that_the_source_did_not_escape_is_read() -> None:
    data = render(MEDIA).replace('"标题"'.encode(), '"说"好"，\\完"'.encode())
    assert parse(data).title == '说"好"，\\完'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no front matter"),
        (b"---\nlayout: post\n---\n", "front matter without title"),
        (render(MEDIA).replace(b"2022-01-14 13:02:46 +0800", b"gestern"), "is not a time"),
        (render(replace(MEDIA, link=None)), "neither the file name nor a link"),
        (render(MEDIA).decode().encode("gbk"), "not UTF-8 at byte 25"),
    ],
)
def test_bytes_that_are_no_post(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        parse(data)


@pytest.mark.parametrize(
    ("category", "file", "path"),
    [
        ("renminyoudianbao", f"2022-01-14-{MEDIA.code}.md", f"renminyoudianbao/2022/01/14/{MEDIA.code}.html"),
        ("Jia yi", f"2022-01-14-{MEDIA.code}.md", f"jia/yi/2022/01/14/{MEDIA.code}.html"),
        ("jia jia", f"2022-01-14-{MEDIA.code}.md", f"jia/2022/01/14/{MEDIA.code}.html"),
        ("jia\u3000yi", f"2022-01-14-{MEDIA.code}.md", f"jia%E3%80%80yi/2022/01/14/{MEDIA.code}.html"),
        ("jia", f"{MEDIA.code}.md", f"jia/2022/01/14/{MEDIA.code}.html"),
    ],
    ids=["one", "two", "one twice", "a blank that is none to Jekyll", "a name without a day"],
)
def test_a_post_is_where_jekyll_puts_it(category: str, file: str, path: str) -> None:
    assert path_of(category, file) == path
