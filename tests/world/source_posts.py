"""The source's own posts of the invented articles: bytes out, and bytes in."""

import re
from datetime import datetime

from crawler.demo.articles import DemoArticle, post_body
from crawler.demo.stock_links import link_stocks
from crawler.sites import SITE_HOST

_POST = re.compile(
    r'---\nlayout: post\ntitle: "(?P<title>[^\n]*)"\ndate: (?P<date>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \+0800\n'
    r"categories: (?P<category>[^\n]*)\ntags: (?P<tag>[^\n]*)\n---\n"
    r"(?:> (?P<digest>[^\n]*)\n\n)?(?P<body>[^\n].*)\n\n<(?P<link>[^\n]*)>\n\n\[[^\n]*",
    re.DOTALL,
)
_SPANS = (
    re.compile(r'<span id="(?:stock|bk|Info)[^"]*"><a [^>]*>(?P<name>[^<]*)</a></span>'),
    re.compile(r'<span id="(?:quote|bkquote)_[^"]*">(?P<name>)</span>'),
    re.compile(r'<span web="1" [^>]*>(?P<name>[^<]*)</span>'),
)


def post_bytes(article: DemoArticle) -> bytes:
    """Return the post that the source site keeps for the article, byte for byte (no newline at the end)."""
    front = (
        f'---\nlayout: post\ntitle: "{article.title}"\ndate: {article.date:%Y-%m-%d %H:%M:%S} +0800\n'
        f"categories: {article.category}\ntags: {article.tag}\n---\n"
    )
    digest = "" if article.digest is None else f"> {article.digest}\n\n"
    footer = f"[返回{article.tag}](//{SITE_HOST}{article.list_path})｜[返回首页](//{SITE_HOST}/)"
    return f"{front}{digest}{post_body(article)}\n\n<{article.link}>\n\n{footer}".encode()


def unlink_stocks(markup: str) -> str:
    """`content` made into `text`: keyword spans become their words again."""
    for pattern in _SPANS:
        markup = pattern.sub(r"\g<name>", markup)
    return markup


def article_from_post(data: bytes, code: str) -> DemoArticle:
    """Read the article of one post; the body that the post does not hold is made from the other one.

    A post in any other format raises ValueError.
    """
    match = _POST.fullmatch(data.decode())
    if match is None:
        raise ValueError(f"{code}: not a post in the current format")
    body, digest = match["body"], match["digest"]
    return DemoArticle(
        code=code,
        title=match["title"],
        date=datetime.fromisoformat(match["date"]),
        category=match["category"],
        tag=match["tag"],
        link=match["link"],
        digest=digest,
        text=body if digest is None else unlink_stocks(body),
        content=link_stocks(body) if digest is None else body,
    )
