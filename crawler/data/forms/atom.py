"""An Atom feed of articles, with their whole text."""

import html
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from crawler import sites
from crawler.body.safety.characters import ILLEGAL
from crawler.data.article import ArchivedArticle
from crawler.times import BEIJING


def write(articles: Iterable[ArchivedArticle], file: BinaryIO, title: str, name: str) -> None:
    """Write a feed of this title; ``name``: what tells it from others of the archive. Raises OSError."""
    entries = list(articles)
    newest = max(map(_changed, entries), default=datetime(1970, 1, 1, tzinfo=BEIJING))
    made = feed(_text(title), _text(name), newest.isoformat(), *map(_entry, entries))
    file.write(made.encode("utf-8", "replace"))


def feed(title: str, name: str, updated: str, *inside: str) -> str:
    """A feed, from markup: its title, what tells it from others, when it changed, and what is in it."""
    return "\n".join((
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{title}</title>",
        f"<id>tag:{sites.SITE_HOST},2022:{name}</id>",
        f"<updated>{updated}</updated>",
        *inside,
        "</feed>\n",
    ))  # fmt: skip


def entry(  # noqa: PLR0913 - an entry has this many parts
    title: str, name: str, published: str, updated: str, medium: str, address: str, content: str
) -> str:
    """An entry, from markup; ``name``: what tells it from others of its day."""
    return "\n".join((
        "<entry>",
        f"<title>{title}</title>",
        f"<id>tag:{sites.SITE_HOST},{published[:10]}:{name}</id>",
        f"<published>{published}</published>",
        f"<updated>{updated}</updated>",
        f"<author><name>{medium}</name></author>",
        f'<link rel="alternate" type="text/html" href="{address}"/>',
        f'<content type="html" xml:base="{address}">{content}</content>',
        "</entry>",
    ))  # fmt: skip


def _changed(article: ArchivedArticle) -> datetime:
    return article.revised or article.published


def _entry(article: ArchivedArticle) -> str:
    digest = f"<blockquote>{html.escape(article.digest)}</blockquote>" if article.digest else ""
    published, updated = article.published.isoformat(), _changed(article).isoformat()
    title, code, medium = _text(article.title or article.code), _text(article.code), _text(article.medium)
    return entry(title, code, published, updated, medium, _text(article.address), _text(digest + article.html))


def _text(plain: str) -> str:
    return html.escape(ILLEGAL.sub("", plain))
