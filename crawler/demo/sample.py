"""The sample site: the seed article, and made-up ones that show every shape the real site has."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler import post_format
from crawler.demo.articles import DemoArticle
from crawler.demo.securities import BY_SECID
from crawler.demo.site import Site
from crawler.demo.stock_links import kline_block, link_stocks
from crawler.sites import EMNEWS, SHARE_HOST, share_link

DATA = Path(__file__).parent / "data"
SEED_CODE = "NW202201142248170578"
_BLOCKS = ("<p", "<center", "<table")


def _body(entry: dict[str, Any], medium: str) -> str:
    """Make the `text` body: pictures, paragraphs and the source line; a line that is a block already stays."""
    pictures = [
        kline_block(BY_SECID[secid], entry.get("linked", True), entry.get("filler", "br"))
        for secid in entry.get("pictures", [])
    ]
    indent: str = entry.get("indent", "")
    between: str = entry.get("between", "")
    paragraphs = [line if line.startswith(_BLOCKS) else f"<p>{indent}{line}</p>" for line in entry["paragraphs"]]
    source = f'<p class="em_media">（文章来源：{medium}）</p>'
    return "".join(pictures) + between.join([*paragraphs, source])


def _article(entry: dict[str, Any], media: dict[str, str]) -> DemoArticle:
    """One entry of articles.json; `media` maps slugs to the names of media."""
    slug, news_id = entry["category"], entry["id"]
    rolling = slug == EMNEWS
    code = news_id if rolling else f"NW{news_id}"
    text = _body(entry, entry.get("source", media[slug]))
    return DemoArticle(
        code=code,
        title=entry["title"],
        date=datetime.fromisoformat(entry["date"]),
        category=slug,
        tag=f"{media[slug]}新闻",
        link=entry["url_w"] if rolling else share_link(code, entry.get("share_host", SHARE_HOST)),
        digest=entry.get("digest"),
        text=text,
        content=link_stocks(text),
    )


def _seed() -> DemoArticle:
    """The article that the real post tells of; `content`, which it does not tell, is made from its body."""
    post = post_format.parse((DATA / f"2022-01-14-{SEED_CODE}.md").read_bytes(), SEED_CODE)
    return DemoArticle(
        code=SEED_CODE,
        title=post.title,
        date=datetime.fromisoformat(post.time),
        category=post.category,
        tag=post.tag,
        link=post.link or "",
        text=post.body,
        content=link_stocks(post.body),
    )


def sample_site() -> Site:
    """Make a site of the seed article as its real post has it, and the articles of data/articles.json."""
    data = json.loads((DATA / "articles.json").read_text("utf-8"))
    return Site([_seed(), *(_article(entry, data["media"]) for entry in data["articles"])])
