"""Stored K-line pictures show on a real site, at its root and below a baseurl."""

from pathlib import Path

import pytest
from forked_scrapy import Done
from jekyll.built_site import Window
from jekyll.chromium_look import SITE, look
from jekyll.jekyll_build import build, static
from jekyll.once_per_run import once
from jekyll.post_case import Case, Written
from run_scrapy import scrapy
from world import World, sample_site

from crawler import kline, post_format
from crawler.sites import SITE_HOST

pytestmark = pytest.mark.timeout(300)

OTHER_PICTURES = {"dfscdn.dfcfw.com", "np-newspic.dfcfw.com"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """What a crawl of the sample site writes when it is to store the pictures."""

    def crawl(folder: Path) -> Done:
        settings = ("-s", "FINEWS_KLINE_IMAGES=local", "-s", "FINEWS_KLINE_CHARTS=1", "-s", "AUTOTHROTTLE_ENABLED=0")
        with World(sample_site()) as world:
            start = f"start=http://{SITE_HOST}/"
            return scrapy("crawl", "finews", "-a", start, *settings, output=folder / "output", env=world.env())

    return once(tmp_path_factory, "local", crawl)


@pytest.mark.long
@pytest.mark.parametrize("baseurl", ["", "/news/finance"])
def test_stored_pictures_show(
    tmp_path: Path, crawled: Done, window: Window, monkeypatch: pytest.MonkeyPatch, baseurl: str
):
    assert crawled.code == 0, crawled.out + crawled.err
    monkeypatch.setitem(window.world.hosts, SITE_HOST, static(build(tmp_path, crawled.output, baseurl), baseurl))
    categories = set()
    for name, data in crawled.posts().items():
        post = post_format.parse(data, name)
        if b"assets/kline/" not in data:
            assert not kline.find(post.body), name
            continue
        categories.add(post.category)
        seen = look(window.chromium, SITE + baseurl + Written(Case(name, post), post).url)
        assert seen.hosts <= {SITE_HOST, *OTHER_PICTURES}, name
        stored = [(src, width) for src, width in seen.document["pictures"] if "assets/kline/" in src]
        assert len(stored) == data.count(b"<!-- EM_StockImg_Start -->"), name
        assert all(width == 578 for _, width in stored), (name, stored)
    assert len(categories) > 5
    assert {len(category.split()) for category in categories} > {1}, "no category with a blank, whose pages lie deeper"
