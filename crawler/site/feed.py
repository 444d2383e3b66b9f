"""The Atom feed of a site: its newest posts with their whole text."""

import html
from collections.abc import Sequence

from crawler import sites
from crawler.body.safety.characters import ILLEGAL
from crawler.data.forms import atom
from crawler.items import Post
from crawler.site.entries import SitePost
from crawler.site.list_pages import iso, text

LENGTH = 20
_HOME = "{{ site.url }}{{ site.baseurl }}/"
"""Jekyll knows where the site stands."""


def feed(newest: Sequence[tuple[SitePost, Post]]) -> str:
    """The feed as Jekyll reads it: the addresses alone are its to complete."""
    updated = iso(newest[0][0].time if newest else "1970-01-01 08:00:00")
    itself = f'<link rel="self" type="application/atom+xml" href="{_HOME}feed.xml"/>'
    home = f'<link rel="alternate" type="text/html" href="{_HOME}"/>'
    entries = (_entry(entry, post) for entry, post in newest)
    return "---\nlayout: null\n---\n" + atom.feed("{{ site.title | escape }}", "posts", updated, itself, home, *entries)


def _entry(entry: SitePost, post: Post) -> str:
    digest = f"<blockquote>{html.escape(html.unescape(post.digest))}</blockquote>" if post.digest else ""
    title, slug, medium = text(entry.title or entry.slug), text(entry.slug), text(sites.medium_of(entry.tag))
    address, content = _HOME + html.escape(entry.path), text(ILLEGAL.sub("", digest + post.body))
    return atom.entry(title, slug, iso(entry.time), iso(entry.time), medium, address, content)
