"""The bytes of a post as an article of the archive."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from crawler import kline, post_format, sites
from crawler.assemble.securities import joined, securities
from crawler.data.article import ArchivedArticle, Mention
from crawler.data.plain_text import pictures, plain_text
from crawler.items import Security
from crawler.kline.markets import described
from crawler.times import BEIJING


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known of a post beside its bytes."""

    first_seen: datetime | None = None
    revised: datetime | None = None
    withdrawn: date | None = None
    origin: str | None = None
    version: int = 1
    listed: Iterable[Security] = ()
    """What lists file it under."""


def article_of(name: str, data: bytes, beside: Beside) -> ArchivedArticle:
    """The article in the bytes of the post of this name. Raises ValueError for what is no post."""
    post = post_format.parse(data, name)
    about = securities(kline.referring(post, post.body))
    return ArchivedArticle(
        code=post.code,
        title=html.unescape(post.title),
        published=datetime.fromisoformat(post.time).replace(tzinfo=BEIJING),
        first_seen=beside.first_seen and beside.first_seen.astimezone(BEIJING),
        medium=html.unescape(sites.medium_of(post.tag)),
        category=post.category,
        address=post.link or sites.article_url(post.code),
        text=plain_text(post.body or post.digest or ""),
        html=post.body,
        digest=None if post.digest is None else plain_text(post.digest),
        securities=tuple(map(_mention, joined(beside.listed, about))),
        pictures=tuple(dict.fromkeys(pictures(post.body))),
        origin=beside.origin,
        version=beside.version,
        file=name,
        revised=beside.revised and beside.revised.astimezone(BEIJING),
        withdrawn=beside.withdrawn,
    )


def _mention(one: Security) -> Mention:
    exchange, symbol = described(one.secid)
    return Mention(one.secid, symbol, exchange, one.name, one.way, one.position)
