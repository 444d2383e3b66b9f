"""A site made from a folder of source posts in the current media and emnews formats."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from crawler.demo.articles import DemoArticle
from crawler.demo.site import Site
from crawler.demo.stock_links import link_stocks, unlink_stocks

_POST = re.compile(
    r'---\nlayout: post\ntitle: "(?P<title>[^\n]*)"\ndate: (?P<date>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \+0800\n'
    r"categories: (?P<category>[^\n]*)\ntags: (?P<tag>[^\n]*)\n---\n"
    r"(?:> (?P<digest>[^\n]*)\n\n)?(?P<body>[^\n].*)\n\n<(?P<link>[^\n]*)>\n\n\[[^\n]*",
    re.DOTALL,
)


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


def site_from_posts(folder: Path | str) -> Site:
    """Make a site of the posts `<date>-<code>.md` in the folder; posts in older formats are left out."""
    articles = []
    for file in sorted(Path(folder).glob("????-??-??-*.md")):
        try:
            articles.append(article_from_post(file.read_bytes(), file.stem[11:]))
        except ValueError:
            continue
    return Site(articles)
