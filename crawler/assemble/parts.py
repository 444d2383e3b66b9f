"""Articles that a site cut into pages are joined when every page is there, and are none otherwise."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.assemble.outcome import Rejected
from crawler.items import WHOLE, Article
from crawler.pages.eastmoney import pager


def joined(articles: Iterable[Article]) -> list[Article]:
    """The articles, those that are pages of one joined in their order.

    Where another page has the article as a whole, the parts give no body. Raises Rejected when there is no whole.
    """
    known = list(articles)
    parts = sorted((article for article in known if article.part != WHOLE), key=repr)
    if not parts:
        return known
    others = [article for article in known if article.part == WHOLE]
    pages = {part.part[0]: part for part in reversed(parts)}
    missing = sorted(set(range(1, max(max(part.part) for part in parts) + 1)) - set(pages))
    if not missing:
        bodies = [pages[number].text or "" for number in sorted(pages)]
        return [*others, replace(pages[1], text=pager.joined(bodies), part=WHOLE)]
    if any(article.text or article.content for article in others):
        return [*others, *(replace(part, text=None, part=WHOLE) for part in parts)]
    raise Rejected(f"cut by a pager: page {', '.join(map(str, missing))} of the article is not there")
