"""A post in Markdown, of any variant the source site ever wrote, or with a head in TOML, as a saved page."""

import re
from urllib.parse import unquote

from crawler import post_format, sites
from crawler.items import Article
from crawler.pages.promise import NOT_KNOWN, promises_article
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled
from crawler.urls import urlsplit

_OURS = compiled(rf"\[返回首页\]\(|^categories: {sites.SITENEWS}\b|^<https?://[^>\n]*{sites.NEWS_ID}", re.MULTILINE)
"""What only this site's posts have: the footer, its notices' category, a link to an article on a line of its own."""
_ANOTHER = compiled(r"---[ \t]*\r?\nlayout: post[ \t]*\r?\ntitle:")
"""Where a post begins: put together as they are, the next begins right behind the last sign of the one before."""
_KEY = compiled(r"^[\"']?(?P<key>[A-Za-z]{3,12})[\"']?[ \t]*[:=][ \t]*[\"']?(?P<value>[\w-]*)", re.MULTILINE)
_LONGEST = 1 << 16
"""Characters of front matter."""
_BLANKS = "\ufeff \t\r\n"
_BEGINS = compiled(f"[{_BLANKS}]*+(?P<fence>---|\\+\\+\\+)")
_MARKS = (f"\n{'<' * 7} ", f"\n{'=' * 7}\n", f"\n{'>' * 7} ")
"""What git writes round two versions, and between them."""
_SUFFIXES = compiled(r"(?:\.(?:md|markdown|txt|text|bak|orig|old|html?))+\Z", re.IGNORECASE)


EXAMPLES = (
    (
        "2022-01-14-NW202201142248170578.md",
        "---\nlayout: post\ntitle: 题\ndate: 2022-01-14 13:02:46\ncategories: a\ntags: 甲社新闻\n---\n<p>正文</p>\n\n<http://a/>",
    ),
    (
        "2022-01-14-NW202201142248170578.md",
        "+++\ntitle = '题'\ndate = 2022-01-14\ncategories = ['a']\ntags = ['甲社新闻']\n+++\n<p>正文</p>\n\n<http://a/>",
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the text is a post: front matter with the layout of one, or with a title and a tag and no layout."""
    if not (begins := _BEGINS.match(text)):
        return False
    head = text[:_LONGEST].lstrip(_BLANKS)
    keys = {match["key"].lower(): match["value"] for match in _KEY.finditer(head.partition(f"\n{begins['fence']}")[0])}
    if "layout" in keys:
        return keys["layout"] == "post"
    return "title" in keys and not keys.keys().isdisjoint(("categories", "category", "tags", "tag"))


def _is_in_conflict(text: str) -> bool:
    """Whether somebody who merged two versions of the file left both in it."""
    at = 0
    return all((at := text.find(mark, at)) >= 0 for mark in _MARKS)


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article that the post tells; its file name is the last part of the URL."""
    name = unquote(urlsplit(url).path)
    if not sites.CODE.search(name) and not _OURS.search(text):
        raise Unreadable(NOT_KNOWN if promises_article(text.encode()) else f"{NOT_OURS}: a post of another site")
    if text.lstrip(_BLANKS).startswith(("---\r\n", "+++\r\n")):  # a checkout on Windows made every line end so
        text = text.replace("\r\n", "\n")
    try:
        post = post_format.parse(text.rstrip(" \t\r\n\x1a\ufffd"), _SUFFIXES.sub("", name) + ".md")
    except post_format.FormatError as error:
        raise Unreadable(f"not a post: {error}") from None
    if len(_ANOTHER.findall(text)) > 1:
        raise Unreadable("two posts in one file: split it")
    if _is_in_conflict(text):
        raise Unreadable("two versions in one file, with the marks of a merge: settle it")
    linked = sites.code_of_url(post.link or "")
    if linked and sites.CODE.fullmatch(post.code) and sites.digits(linked) != sites.digits(post.code):
        raise Unreadable(f"its name says {post.code}, its link {linked}: which article is it?")
    if post.link is None and post.kind != "site":
        raise Unreadable("cut short: the post ends without its link")
    return (
        Article(
            code=post.code,
            origin="post-file",
            url=url,
            kind=post.kind,
            title=post.title.strip("\r\n"),
            time=post.time if post_format.tells_time(text, post) else None,
            category=post.category,
            tag=post.tag,
            link=post.link,
            digest=post.digest,
            text=post.body or None,
        ),
    )
