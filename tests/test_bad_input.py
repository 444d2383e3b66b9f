"""Pages and fields that are not what they should be: a correct post or a quarantine entry, never a broken file."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import frontmatter
import pytest
from forked_scrapy import Done
from run_scrapy import Crawl, scrapy
from torture.output_checks import rows
from world import DemoArticle, Fault, Site, World

from crawler import post_format
from crawler.sites import share_link

TITLES = [
    '他说"好"',
    "反斜\\杠\\",
    "两\n行",
    "---",
    "a\n---\nb",
    "控\x01制\x7f字\x85符",
    "表情🀄😀👨‍👩‍👧",
    "长" * 300,
    "",
    " ",
    "# 井: 号 - *星* {{ x }} {% y %}",
    "<script>alert(1)</script>",
    "a & b &amp; c <b>d</b>",
    "</h1><h1>",
    "'单' “双” \u2028 行",
]
CATEGORIES = [
    "2022",
    "yes",
    "a: b",
    "*x",
    "../x",
    "a/b",
    "x\0y",
    "NO",
    "=",
    "a #b",
    "..",
    "@x",
    "12:30",
    "<b>",
    "{{x}}",
    "长" * 200,
]


def _article(number: int, **fields: str) -> DemoArticle:
    code = f"NW2022011522500000{number:02}"
    article = DemoArticle(
        code=code,
        title=f"题{number}",
        date=datetime(2022, 1, 15, 9, 0, number % 60),
        category="ceshi",
        tag="测试新闻",
        link=share_link(code),
        text=f"<p>正文{number}。</p>",
        content=f"<p>正文{number}。</p>",
    )
    return replace(article, **fields)


def _sound(done: Done, *codes: int) -> None:
    """Every post on disk is whole, readable by others, and named by its content."""
    assert done.code in (codes or (0, 5)), done.err
    assert "Traceback" not in done.err
    for name, data in done.posts().items():
        post = post_format.parse(data, name)
        assert post_format.render(post) == data
        assert post_format.file_name(post) == name
        read = frontmatter.loads(data.decode()).metadata
        assert (read["title"], read["categories"], read["tags"]) == (post.title, post.category, post.tag)


def _ends(done: Done, articles: list[DemoArticle]) -> dict[str, str]:
    """What became of each article: ``post``, or the reason in quarantine; fails for one that is nowhere."""
    ends = {}
    for article in articles:
        entry = done.output / "quarantine" / f"{article.code}.json"
        if any(article.code in name for name in done.posts()):
            ends[article.code] = "post"
        elif entry.exists():
            ends[article.code] = json.loads(entry.read_bytes())["reason"]
        else:
            (ends[article.code],) = rows(done.output, f"SELECT reason FROM articles WHERE code = '{article.code}'")[0]
            assert ends[article.code].startswith("withdrawn since ")
    return ends


def test_titles(crawl: Crawl) -> None:
    articles = [_article(number, title=title) for number, title in enumerate(TITLES)]
    with World(Site(articles)) as world:
        done = crawl(world)
    _sound(done)
    ends = _ends(done, articles)
    untitled = {article.code for article in articles if not any(map(str.isalnum, article.title))}
    assert {code for code, end in ends.items() if end != "post"} <= untitled


def test_categories(crawl: Crawl) -> None:
    articles = [_article(n, category=c, tag=f"{c}新闻") for n, c in enumerate(CATEGORIES)]
    with World(Site(articles)) as world:
        done = crawl(world)
    _sound(done)
    written = {path.name for path in done.output.rglob("*") if path.is_file()}
    assert not [name for name in written if "/" in name or name.startswith("..")]
    assert {path.name for path in done.output.parent.iterdir()} == {"output"}
    ends = _ends(done, [a for a in articles if a.list_path.isprintable() and "/" not in a.category])
    assert sum(end == "post" for end in ends.values()) >= 8, ends


JSON_FAULTS = ["html-for-json", "json-without-bodies", "json-null-bodies", "json-empty-bodies", "json-not-utf8", "garbage", "empty-body", "bad-gzip", "cut", "redirect-loop"]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("kind", JSON_FAULTS)
def test_json_that_is_none_gives_the_page_s_body(kind: str, crawl: Crawl) -> None:
    articles = [_article(number) for number in range(3)]
    site = Site(articles)
    with World(site, faults=[Fault(kind, path="GetNewsText")]) as world:
        done = crawl(world, "-s", "RETRY_TIMES=1", "-s", "FINEWS_ORIGINS=share,finews-page")
    # What answers three addresses with three times nothing, in no form of a reply, may as well be a block.
    _sound(done, 8 if kind in {"html-for-json", "garbage", "empty-body"} else 0)
    assert "bodies from: finews-page 3" in done.out
    assert done.posts() == site.posts()  # these simple bodies survive kramdown


PAGE = "<html><body><header><h1>金融消息</h1></header><section>{}</section></body></html>"
HEAD = "<small>(GMT+8, Asia/Shanghai, CST) 2022-01-15 09:00:00</small>\n<h1>题</h1>\n\n"
BODY = "<p>正文。</p>\n\n"
LINK = '<p><a href="{0}">{0}</a></p>\n\n'.format(share_link("NW202201152250000001"))
FOOT = '<p><a href="//finews.withounder.com/category/CeShi.html">返回测试新闻</a>｜<a href="//finews.withounder.com/">返回首页</a></p>\n\n'
TAGS = "<small>tags: <em>测试新闻</em></small>"
WHOLE = [HEAD, BODY, LINK, FOOT, TAGS]


@pytest.mark.long
@pytest.mark.parametrize(
    ("pieces", "end"),
    [
        (WHOLE, "CeShi"),
        ([HEAD, BODY, FOOT, TAGS], "CeShi"),  # no share link: the site's own form of it
        ([HEAD, BODY, LINK, TAGS], "ceshi"),  # no footer: the address has the category, in lower case
        ([HEAD.replace(" 2022-01-15 09:00:00", ""), BODY, LINK, FOOT, TAGS], "CeShi"),  # no time: the code's day
        ([HEAD, BODY, LINK, FOOT], "CeShi"),
        ([HEAD.replace("题", ""), BODY, LINK, FOOT, TAGS], "no title"),
        ([HEAD, LINK, FOOT, TAGS], "no body"),
        (["<p>404</p>"], "no post on the page"),
        ([], "no post on the page"),
    ],
)
def test_post_pages_with_a_part_missing(pieces: list[str], end: str, tmp_path: Path) -> None:
    page = tmp_path / "in/finews.withounder.com/ceshi/2022/01/15/NW202201152250000001.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.format("".join(pieces)))
    done = scrapy("reprocess", str(tmp_path / "in"), output=tmp_path / "out")
    _sound(done)
    if done.code == 0:
        (data,) = done.posts().values()
        assert post_format.parse(data, "x.md").category == end
    else:
        (entry,) = (tmp_path / "out/quarantine").glob("*.json")
        assert json.loads(entry.read_bytes())["reason"] == end
