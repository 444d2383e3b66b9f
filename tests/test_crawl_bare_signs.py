"""A site where one post in eight has a bare ``<`` in its text: every post comes out to the byte."""

from dataclasses import replace
from pathlib import Path

from run_scrapy import scrapy
from world import DemoArticle, Site, World, generated_site, post_bytes

TEXTS = (
    "产量x<y。",
    "利率<3%时，期限<5年",
    "差异显著（P<0.05）",
    "收入<成本",
    "设a<b，则c>d",
    "收入 < 成本",
    "就<征求意见稿>提意见",
    "1<2、a<<b，<=3",
)


def with_bare_signs() -> dict[str, DemoArticle]:
    """The articles of the site, by the text with a bare ``<`` that begins one; those without by their names."""
    articles = {article.file_name: article for article in generated_site(64, 6, seed=8)}
    for name, text in zip(list(articles)[::8], TEXTS, strict=True):
        article = articles.pop(name)
        body = f"<p>{text}</p>{article.text}"
        articles[text] = replace(article, text=body, content=body)
    return articles


def test_every_post_is_exact(tmp_path: Path) -> None:
    articles = with_bare_signs().values()
    with World(Site(articles)) as world:
        settings = ("-s", "FINEWS_CLEANING=source", "-s", "AUTOTHROTTLE_ENABLED=0")
        done = scrapy("crawl", "finews", *settings, output=tmp_path / "output", env=world.env())
    assert done.code == 0, done.out + done.err
    wanted = {article.file_name: post_bytes(article) for article in articles}
    # kramdown knows names of tags in any script: this one sign alone cannot stay.
    assert done.posts() == {name: data.replace("就<征".encode(), "就&lt;征".encode()) for name, data in wanted.items()}
