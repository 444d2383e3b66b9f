"""A ``<`` in running text shows as it was meant, once a real Jekyll has built the posts of a crawl."""

from pathlib import Path

import pytest
from jekyll.chromedriver import Chromium
from jekyll.chromium_look import SITE
from jekyll.jekyll_build import build, static
from run_scrapy import scrapy
from test_crawl_bare_signs import TEXTS, with_bare_signs
from world import Site, World

from crawler.sites import SITE_HOST

pytestmark = pytest.mark.timeout(300)

SHOWN = """const found = document.evaluate('//section/p[not(a)]', document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null);
return [found.singleNodeValue.innerText, document.querySelector('section > p:last-of-type > a:last-of-type').innerText];"""
"""The article's first paragraph, and the last link of the footer: nothing swallowed it."""


@pytest.mark.long
@pytest.mark.parametrize("profile", ["standard", "source"])
def test_chromium_shows_the_sources_text(profile: str, tmp_path: Path) -> None:
    articles = with_bare_signs()
    with World(Site(articles.values())) as world:
        settings = ("-s", f"FINEWS_CLEANING={profile}", "-s", "AUTOTHROTTLE_ENABLED=0")
        done = scrapy("crawl", "finews", *settings, output=tmp_path / "output", env=world.env())
    assert done.code == 0, done.out + done.err
    pages = build(tmp_path, done.output)
    with (
        World(Site(), hosts={SITE_HOST: static(pages)}) as world,
        Chromium(tmp_path / "profile", world.proxy_url) as chromium,
    ):
        for text in TEXTS:
            chromium.open(SITE + articles[text].path)
            assert chromium.run(SHOWN) == [text, "返回首页"]
