"""What the index holds of one post, read from its file."""

import html
from typing import NamedTuple

from crawler import kline, post_format
from crawler.assemble.securities import securities
from crawler.data.plain_text import plain_text
from crawler.items import Post, Security
from crawler.search.folding import folded


class Indexed(NamedTuple):
    """A post as it is searched and listed."""

    code: str
    title: str
    """Plain text."""
    published: str
    """``YYYY-MM-DD HH:MM:SS``, Beijing time."""
    category: str
    securities: tuple[Security, ...]
    """What it shows and links to. What lists file it under is the ledger's to tell."""
    folded_title: str
    folded_text: str


def read(name: str, data: bytes) -> Indexed:
    """The post in the file of this name. Raises FormatError."""
    post = post_format.parse(data, name)
    title = html.unescape(post.title)
    about = securities(kline.referring(post, post.body))
    return Indexed(post.code, title, post.time, post.category, about, folded(title), folded(text_of(post)))


def text_of(post: Post) -> str:
    """What readers see of a post below its title: its digest and its body."""
    return "\n".join(plain_text(markup) for markup in (post.digest, post.body) if markup)
