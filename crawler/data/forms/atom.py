"""An Atom feed of articles, with their whole text."""

import html
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from crawler import sites
from crawler.body.safety.characters import ILLEGAL
from crawler.data.article import BEIJING, ArchivedArticle


def write(articles: Iterable[ArchivedArticle], file: BinaryIO, title: str, name: str) -> None:
    """Write a feed of this title; ``name``: what tells it from others of the archive. Raises OSError."""
    entries = list(articles)
    newest = max(map(_changed, entries), default=datetime(1970, 1, 1, tzinfo=BEIJING))
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{_text(title)}</title>",
        f"<id>tag:{sites.SITE_HOST},2022:{_text(name)}</id>",
        f"<updated>{newest.isoformat()}</updated>",
        *map(_entry, entries),
        "</feed>\n",
    )
    file.write("\n".join(lines).encode("utf-8", "replace"))


def _changed(article: ArchivedArticle) -> datetime:
    return article.revised or article.published


def _entry(article: ArchivedArticle) -> str:
    digest = f"<blockquote>{html.escape(article.digest)}</blockquote>" if article.digest else ""
    time = article.published.isoformat()
    address = _text(article.address)
    lines = (
        "<entry>",
        f"<title>{_text(article.title or article.code)}</title>",
        f"<id>tag:{sites.SITE_HOST},{time[:10]}:{_text(article.code)}</id>",
        f"<published>{time}</published>",
        f"<updated>{_changed(article).isoformat()}</updated>",
        f"<author><name>{_text(article.medium)}</name></author>",
        f'<link rel="alternate" type="text/html" href="{address}"/>',
        f'<content type="html" xml:base="{address}">{_text(digest + article.html)}</content>',
        "</entry>",
    )
    return "\n".join(lines)


def _text(plain: str) -> str:
    return html.escape(ILLEGAL.sub("", plain))
