"""Sites for tests: big ones by rule, altered ones, and those made of posts."""

import tracemalloc
from pathlib import Path

import pytest
from world import generated_site, sample_site, site_from_posts
from world.source_posts import article_from_post

from crawler.demo import DemoArticle


def test_posts_read_back(tmp_path: Path):
    sample = sample_site()
    for name, data in sample.posts().items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "2021-12-01-init.md").write_bytes(b"---\nlayout: post\n---\n")
    assert site_from_posts(tmp_path).posts() == sample.posts()


@pytest.mark.parametrize("data", [b"", b"---\nlayout: post\n---\n", b"\xef\xbb\xbf---\n"])
def test_other_formats_are_refused(data: bytes):
    with pytest.raises(ValueError, match="not a post"):
        article_from_post(data, "x")


def test_generated_sites_repeat_themselves():
    assert generated_site(120, 6).posts() == generated_site(120, 6).posts()
    assert generated_site(120, 6).posts() != generated_site(120, 6, seed=2).posts()
    assert len(generated_site(120, 6).posts()) == 120
    assert len(generated_site(500, 50).list_titles) == 50


def test_big_sites_are_cheap():
    tracemalloc.start()
    try:
        site = generated_site(4_000, 50)
        assert len(site.newest) == 4_000
        used = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert used < 8_000_000
    assert site.newest[0].text == ""
    assert site.article(site.newest[0].code).text.startswith("<")


def test_alterations_show():
    site = sample_site()
    built, count = site.built, len(site)
    code = site.newest[0].code
    site.change(code, title="新题")
    assert site.article(code).title == "新题"
    assert site.built > built
    moved = site.change(code, code="NW202201140000000001")
    assert [article.code for article in site if article.title == "新题"] == [moved.code]
    site.remove(moved.code)
    assert len(site) == count - 1
    site.put(DemoArticle("NW202201150000000001", "再来", moved.date, "xin", "新新闻", text="<p>一</p>"))
    assert site.in_category("xin")[0].title == "再来"
    assert site.at_path("/xin/2022/01/14/NW202201150000000001.html") is not None
    assert site.article("NW0") is None


def test_altering_a_lazy_article_keeps_its_body():
    site = generated_site(10, 3)
    code = site.newest[0].code
    text = site.article(code).text
    assert site.change(code, title="x").text == text == site.article(code).text
