"""Posts of random titles, times and names, and the check that every reader gets them back."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import frontmatter

from crawler import sites
from crawler.items import Post
from crawler.post_format import file_name, parse, render

MEDIA = Post(
    code="NW202201142248170578",
    kind="media",
    title="标题",
    time="2022-01-14 13:02:46",
    category="renminyoudianbao",
    tag="人民邮电报新闻",
    link=sites.share_link("NW202201142248170578"),
    body="<p>正文</p>",
    origin="post-file",
)
EMNEWS = replace(
    MEDIA,
    code="202201142248170578",
    kind="emnews",
    category="emnews",
    tag="东财滚动新闻",
    link="http://finance.eastmoney.com/news/1350,202201142248170578.html",
    digest="摘要。",
)


RANGES = [(0x20, 0x7E), (0x4E00, 0x9FA5), (0x3000, 0x303F), (0, 0x2FF), (0x2000, 0x206F), (0xE000, 0x1FFFF)]


def _alphabet(rng: random.Random, without: str = "") -> list[str]:
    """Six thousand characters of every kind, as many of each range."""
    drawn = [chr(rng.randint(*RANGES[number % len(RANGES)])) for number in range(6000)]
    return [char for char in drawn if char not in without]


def random_posts(seed: int, count: int) -> Iterator[Post]:
    rng = random.Random(seed)
    start = datetime(1990, 1, 1)

    def text(longest: int, alphabet: list[str]) -> str:
        return "".join(rng.choices(alphabet, k=rng.randint(0, longest)))

    controls = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF))) + "/"
    anything, names = _alphabet(rng), _alphabet(rng, controls)
    for _ in range(count):
        time = (start + timedelta(seconds=rng.randint(0, 2**31))).isoformat(" ")
        base = replace(rng.choice((MEDIA, EMNEWS)), title=text(40, anything), time=time)
        if base.kind == "media":
            category = text(12, names) or "x"
            post = replace(base, category=category, tag=text(12, names) + "新闻")
        else:
            digest = text(30, anything).replace("\n", " ")
            post = replace(base, digest=rng.choice((None, digest)), link=rng.choice(("", base.link)))
        yield post


def check_round_trip(post: Post) -> None:
    """The post goes into bytes and back, and its head says the same to another reader."""
    data = render(post)
    parsed = parse(data, file_name(post))
    assert parsed == post
    assert render(parsed) == data
    check_fields(post, data)


def check_fields(post: Post, data: bytes) -> None:
    metadata = frontmatter.loads(data.decode()).metadata
    assert metadata == {
        "layout": "post",
        "title": post.title,
        "date": f"{post.time} +0800",
        "categories": post.category,
        "tags": post.tag,
    }
