"""A post in Markdown, of any variant the source site ever wrote, as a saved page."""

from urllib.parse import unquote, urlsplit

from crawler import post_format
from crawler.items import Article
from crawler.pages.unreadable import Unreadable


def matches(url: str, text: str) -> bool:
    """Whether the text is a post: front matter with the layout of one."""
    head = text[:400].lstrip("\ufeff \t\r\n")
    return head.startswith("---") and "layout: post" in head


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article that the post tells; its file name is the last part of the URL."""
    try:
        post = post_format.parse(text, unquote(urlsplit(url).path))
    except post_format.FormatError as error:
        raise Unreadable(f"not a post: {error}") from None
    return (
        Article(
            code=post.code,
            source="post-file",
            url=url,
            kind=post.kind,
            title=post.title,
            time=post.time,
            category=post.category,
            tag=post.tag,
            link=post.link,
            digest=post.digest,
            text=post.body or None,
        ),
    )
