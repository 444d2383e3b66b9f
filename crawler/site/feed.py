"""The Atom feed of a site: its newest posts with their whole text."""

import html
from collections.abc import Sequence

from crawler import sites
from crawler.body.safety.characters import ILLEGAL
from crawler.items import Post
from crawler.site.entries import Entry
from crawler.site.list_pages import iso, text

LENGTH = 20
_HOME = "{{ site.url }}{{ site.baseurl }}/"
"""Jekyll knows where the site stands."""


def feed(newest: Sequence[tuple[Entry, Post]]) -> str:
    """The feed as Jekyll reads it: the addresses alone are its to complete."""
    updated = iso(newest[0][0].time if newest else "1970-01-01 08:00:00")
    return "\n".join((
        "---\nlayout: null\n---",
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        "<title>{{ site.title | escape }}</title>",
        f"<id>tag:{sites.SITE_HOST},2022:posts</id>",
        f"<updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{_HOME}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{_HOME}"/>',
        *(_entry(entry, post) for entry, post in newest),
        "</feed>\n",
    ))  # fmt: skip


def _entry(entry: Entry, post: Post) -> str:
    digest = f"<blockquote>{html.escape(html.unescape(post.digest))}</blockquote>" if post.digest else ""
    address = _HOME + html.escape(entry.path)
    return "\n".join((
        "<entry>",
        f"<title>{text(entry.title or entry.slug)}</title>",
        f"<id>tag:{sites.SITE_HOST},{entry.time[:10]}:{text(entry.slug)}</id>",
        f"<published>{iso(entry.time)}</published>",
        f"<updated>{iso(entry.time)}</updated>",
        f"<author><name>{text(sites.medium_of(entry.tag))}</name></author>",
        f'<link rel="alternate" type="text/html" href="{address}"/>',
        f'<content type="html" xml:base="{address}">{text(ILLEGAL.sub("", digest + post.body))}</content>',
        "</entry>",
    ))  # fmt: skip
