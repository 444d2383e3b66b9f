"""One article read at each of its origins makes one post; what differs is listed here, with its reason."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from crawler import origins, pages, post_format, sites
from crawler.assemble.assembler import Assembler
from crawler.demo import sample_site
from crawler.demo.messages import Request
from crawler.demo.world import answer
from crawler.items import Article, Origin, Page, Post
from crawler.sites import KNOWN

SITE = sample_site()
MEDIA = [article for article in SITE if article.code.startswith("NW") and "finews.zning.xyz" in article.link]
SETTINGS = {"FINEWS_CLEANING": "standard", "FINEWS_KLINE_IMAGES": "remote", "FINEWS_SHARE_HOST": sites.SHARE_HOST}
AGREE = ("code", "kind", "title", "category", "tag", "link")
DIFFERENCES: dict[Origin, dict[str, str]] = {
    "share": {},
    "article-api": {},
    "article-page": {"time": "the page shows minutes", "body": "the page links the names of securities"},
    "wap": {"time": "the page shows minutes"},
    "finews-page": {"body": "kramdown spells markup in its own way"},
}
TELLS = {"share": "article-api"}
"""Of the article a share host says nothing but the body."""


def read(kind: str, url: str) -> Article:
    scheme, _, rest = url.partition("://")
    host, _, target = rest.partition("/")
    reply = answer(SITE, Request("GET", scheme, host, f"/{target}"))
    (article,) = pages.read_as(kind, Page(url=url, body=reply.body)).articles
    return article


def post_of(said: Iterable[Article]) -> Post:
    (made,) = Assembler(SETTINGS)(said)
    assert made.data, made.reason
    return post_format.parse(made.data, made.file)


def at(origin: Origin, code: str) -> list[Article]:
    """What a crawl reads when it has the body from the origin."""
    if origin == "finews-page":
        return [read("post", f"http://{sites.SITE_HOST}{SITE.article(code).path}")]
    teller = origins.places(TELLS[origin], code, None, KNOWN) if origin in TELLS else ()
    told = [replace(read(place.page_kind, place.url), text=None) for place in teller]
    place = next(iter(origins.places(origin, code, None, KNOWN)))
    return [*told, read(place.page_kind, place.url)]


def differing(one: Post, other: Post) -> set[str]:
    return {name for name in (*AGREE, "time", "body", "digest") if getattr(one, name) != getattr(other, name)}


def test_every_origin_is_here() -> None:
    assert tuple(DIFFERENCES) == origins.ORIGINS


@pytest.mark.parametrize("origin", origins.ORIGINS)
def test_the_same_post_from_any_origin(origin: Origin) -> None:
    found: set[str] = set()
    for article in MEDIA:
        post, wanted = (
            post_of(at(origin, article.code)),
            post_of([*at("finews-page", article.code), *at("share", article.code)]),
        )
        told = differing(post, wanted)
        assert told <= DIFFERENCES[origin].keys(), (article.code, told)
        assert post.time[:16] == wanted.time[:16]
        assert (post.code, post.link) == (article.code, sites.share_link(article.code))
        found |= told
    assert found == DIFFERENCES[origin].keys(), "a reason that no article shows"
