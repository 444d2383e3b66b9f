"""The sample's posts are source posts, and together they show every shape that real ones have."""

import re

import pytest
from world import generated_site, post_bytes, sample_site
from xpinyin import Pinyin

from crawler.demo.sample import DATA, SEED_CODE

SITE = sample_site()
ARTICLES = list(SITE)


def test_seed_post_is_the_real_one():
    assert post_bytes(SITE.article(SEED_CODE)) == (DATA / f"2022-01-14-{SEED_CODE}.md").read_bytes()


def test_sample_is_large_and_mixed():
    emnews = SITE.in_category("emnews")
    assert len(SITE) >= 45
    assert len(emnews) >= 8
    assert all(article.digest and article.link.startswith("http://") for article in emnews)
    assert len(SITE.list_titles) >= 6
    assert len({article.date.date() for article in ARTICLES}) >= 4
    assert sum(len(posts) > 5 for posts in SITE.tags.values()) >= 3, "some posts must be reachable by list pages only"


SHAPES = {
    "Shanghai picture": r"nid=1\.6\d{5}&imageType",
    "Shenzhen picture": r"nid=0\.[03]\d{5}&imageType",
    "Hong Kong picture": r"nid=116\.\d{5}&imageType",
    "US picture": r"nid=10[56]\.[A-Z]+&imageType",
    "board picture": r"nid=90\.BK\d{4}&imageType",
    "two pictures": r"(?s)EM_StockImg_Start.*EM_StockImg_Start",
    "no picture": r"(?s)\A(?!.*EM_StockImg)",
    "linked picture": r'class="EmImageRemark"',
    "bare picture": r'<p style="text-align:center;"><img src="https://webquoteklinepic',
    "filler": r'<p style="display:none;height:1px;overflow:hidden;"><br /></p>',
    "blank filler": r'<p style="display:none;height:1px;overflow:hidden;"> </p>',
    "CRLF between paragraphs": r"</p>\r\n <p>",
    "pair of U+3000": "\u3000\u3000",
    "body picture": r'<center><img src="https://dfscdn',
    "bare ampersand": r"R&D",
    "entity": r"&gt;&gt;",
    "source line": r'<p class="em_media">（文章来源：',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_sample_has(shape: str):
    assert any(re.search(SHAPES[shape], article.text) for article in ARTICLES)


def test_share_links_name_both_hosts():
    hosts = {article.link.split("/")[2] for article in ARTICLES if article.code.startswith("NW")}
    assert hosts == {"finews.zning.xyz", "choicewzp1.eastmoney.com"}


def test_codes_begin_with_their_day():
    for article in ARTICLES:
        assert re.fullmatch(r"(NW)?\d{18}", article.code)
        assert article.code.removeprefix("NW")[:8] == f"{article.date:%Y%m%d}"


def test_slugs_are_xpinyin_of_the_medium():
    names = {(a.tag, a.category) for site in (SITE, generated_site(200, 40)) for a in site.newest}
    pinyin = Pinyin()
    for tag, category in names - {("东财滚动新闻", "emnews")}:
        assert pinyin.get_pinyin(tag.removesuffix("新闻")).replace("-", "") == category
