"""A site where one post in eight has a bare ``<`` in its text: every post comes out to the byte."""

from dataclasses import replace
from pathlib import Path

from run_scrapy import scrapy
from world import Site, World, generated_site, post_bytes

TEXTS = ("产量x<y。", "利率<3%时，期限<5年", "差异显著（P<0.05）", "收入<成本", "设a<b，则c>d", "收入 < 成本")


def test_every_post_is_exact(tmp_path: Path) -> None:
    articles = list(generated_site(48, 6, seed=8))
    for number in range(0, len(articles), 8):
        text = f"<p>{TEXTS[number // 8 % len(TEXTS)]}</p>{articles[number].text}"
        articles[number] = replace(articles[number], text=text, content=text)
    with World(Site(articles)) as world:
        settings = ("-s", "FINEWS_CLEANING=source", "-s", "AUTOTHROTTLE_ENABLED=0")
        done = scrapy("crawl", "finews", *settings, output=tmp_path / "output", env=world.env())
    assert done.code == 0, done.out + done.err
    assert done.posts() == {article.file_name: post_bytes(article) for article in articles}
