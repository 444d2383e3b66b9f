"""The tools: search, an article, articles by security and by time; each as of any moment. None of them writes."""

import sys
import zlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from mcp_types import CallToolResult

from crawler.data.wish import Wish, day, moment
from crawler.mcp_server.answers import MOST, clean, page, text_page, unpacked
from crawler.printable import printable
from crawler.search.finder import Finder
from crawler.search.query import Hit


class Tools:
    """What clients may call. Whatever is wrong with what they say is a ValueError, in words."""

    def __init__(self, output: Path, ledger_url: str) -> None:
        self._output, self._ledger_url = output, ledger_url

    def search(  # noqa: PLR0913 - these are what clients may say
        self,
        query: str,
        since: str = "",
        until: str = "",
        category: str = "",
        stock: str = "",
        as_of: str = "",
        limit: int = 10,
        cursor: str = "",
    ) -> CallToolResult:
        """Find articles that have all words of the query in title or text, the best first, with snippets.

        Chinese words need no blanks between them; a blank ends a word. since, until: days of publication, included.
        category: slugs with commas between. stock: a symbol (600050), secid (1.600050) or name (中国联通).
        """
        finder = self._finder()
        wish = _wish(finder, since, until, category, stock, as_of)
        start = unpacked(cursor, int)[0] if cursor else 0
        most = _most(limit)
        if wish.as_of:
            hits = list(islice(finder.search_then([query], wish), start, start + most + 1))
        else:
            hits = finder.search([query], wish, most + 1, start).hits
        items = [_item(hit) | {"snippet": clean(finder.snippet(hit, [query]))} for hit in hits[:most]]
        cursors = [[start + number] for number in range(1, len(items) + 1)]
        return page(items, cursors, is_last=len(hits) <= most, **_beside(finder, wish))

    def get_article(self, code: str, as_of: str = "", cursor: str = "") -> CallToolResult:
        """One article with its text; a long one in pages."""
        finder = self._finder()
        wish = _wish(finder, as_of=as_of)
        article = finder.article(code.strip(), wish)
        if article is None:
            known = "no article of this code was there by then" if wish.as_of else "there is no article of this code"
            raise ValueError(f"{known}: {clean(code, 80)}")
        article = next(finder.with_reprints([article], wish, [article.code]))
        text = "\n".join(filter(None, (article.digest, article.text if article.html else "")))
        mark = zlib.crc32(f"{article.title}\n{text}".encode("utf-8", "replace"))
        start, same = unpacked(cursor, int, int) if cursor else (0, mark)
        if same != mark or start > len(text):
            raise ValueError("the article changed meanwhile, or the cursor is of another: begin without one")
        told: dict[str, Any] = {
            "code": clean(article.code),
            "title": clean(article.title),
            "published": article.published.isoformat(),
            "first_seen": article.first_seen and article.first_seen.isoformat(),
            "medium": clean(article.medium),
            "category": clean(article.category),
            "address": clean(article.address),
            "securities": [f"{one.symbol} {clean(one.name, 40)}".strip() for one in article.securities[:20]],
            "same_as": [clean(one) for one in article.same_as],
            "version": article.version,
        }
        return text_page(clean(text, len(text)), start, mark, **told, **_beside(finder, wish))

    def by_stock(self, stock: str, as_of: str = "", limit: int = 20, cursor: str = "") -> CallToolResult:
        """The articles about a security, the newest first: by symbol (600050), secid (1.600050) or name (中国联通)."""
        finder = self._finder()
        if not stock.strip():
            raise ValueError("say a stock: a symbol, a secid or a name")
        return _list(finder, _wish(finder, stock=stock, as_of=as_of), limit, cursor)

    def by_time(
        self, since: str = "", until: str = "", as_of: str = "", limit: int = 20, cursor: str = ""
    ) -> CallToolResult:
        """The articles that were published on these days and between them, the newest first."""
        finder = self._finder()
        return _list(finder, _wish(finder, since, until, as_of=as_of), limit, cursor)

    def _finder(self) -> Finder:
        if not (self._output / "_posts").is_dir():
            raise ValueError("the archive has no posts")
        return Finder(self._output, self._ledger_url, lambda line: print(printable(line), file=sys.stderr))


def _wish(  # noqa: PLR0913
    finder: Finder, since: str = "", until: str = "", category: str = "", stock: str = "", as_of: str = ""
) -> Wish:
    then = moment(as_of.strip())[0] if as_of.strip() else None
    return Wish(
        since=day(since.strip()) if since.strip() else None,
        until=day(until.strip()) if until.strip() else None,
        categories=finder.categories(category, then),
        secids=finder.secids_meant(clean(stock)) if stock.strip() else (),
        as_of=then,
    )


def _list(finder: Finder, wish: Wish, limit: int, cursor: str) -> CallToolResult:
    after = tuple(unpacked(cursor, str, str, str)) if cursor else ()
    most = _most(limit)
    hits: Sequence[Hit]
    if wish.as_of:
        hits = list(islice(finder.listed_then(wish, after), most + 1))
    else:
        hits = finder.listed(wish, most + 1, after).hits
    shown = hits[:most]
    cursors = [[hit.published, hit.code, hit.file] for hit in shown]
    return page(list(map(_item, shown)), cursors, is_last=len(hits) <= most, **_beside(finder, wish))


def _item(hit: Hit) -> dict[str, Any]:
    return {"code": clean(hit.code), "title": clean(hit.title), "published": hit.published_iso, "untrusted": True}


def _beside(finder: Finder, wish: Wish) -> dict[str, Any]:
    """The moment that was asked for, with the zone that it was taken to have; and of how many nothing is known then."""
    if not wish.as_of:
        return {}
    return {"as_of": wish.as_of.isoformat()} | ({"not_known_then": finder.untold} if finder.untold else {})


def _most(limit: int) -> int:
    if limit < 1:
        raise ValueError(f"limit: a number from 1 to {MOST}")
    return min(limit, MOST)
