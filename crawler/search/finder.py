"""An archive, asked for its articles: by words, by security, by day; as they are, or as they were at any time."""

import heapq
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from crawler import kline, nearest
from crawler.data.archive import Archive, code_of_file
from crawler.data.article import ArchivedArticle
from crawler.data.stocks import secids_meant
from crawler.data.wish import ALL, Wish
from crawler.items import Post
from crawler.search.article import text_of
from crawler.search.folding import folded, places
from crawler.search.index import ask
from crawler.search.query import Filter, Found, Hit, copies, files_of, listed, search, words_of
from crawler.search.reprints import reprints
from crawler.sites import spellings
from crawler.store.ledger import ledger_to_read
from crawler.store.looking import is_folder
from crawler.store.on_disk import parsed
from crawler.store.places import place
from crawler.store.versions import Versions

T = TypeVar("T")
_AT_ONCE, _AT_MOST = 100, 3200
"""Articles that are read together as of a time: most pages end within the first; then twice as many each time, since
each lists the whole folder."""


class Finder:
    """The articles of an output folder. Beside the index nothing is written, and nothing waits for a run.

    Its methods raise ValueError where there are no posts, OSError, LedgerError.
    """

    def __init__(self, output: Path, ledger_url: str, tell: Callable[[str], None]) -> None:
        """``tell`` hears where the index cannot be written."""
        self._output, self._ledger_url, self._tell = output, ledger_url, tell
        self._archive = Archive(output, ledger_url)
        self.faults: list[tuple[str, str]] = []
        """(file, reason) of each post that was left out when something was asked last."""
        self._copies: tuple[str, ...] = ()

    @property
    def untold(self) -> int:
        """Of how many of the articles that were read nothing tells what was there at the time that was asked for."""
        return self._archive.untold

    def search(self, words: Iterable[str], wish: Wish = ALL, limit: int = 0, start: int = 0) -> Found:
        """The wanted articles that have all of the words, the best first; ``limit`` 0: all behind the first ``start``.

        Raises ValueError where no word is said.
        """
        wanted = words_of(words)
        if wish.as_of:
            return _cut(time.perf_counter(), self.search_then(words, wish), limit, start)
        return self._ask(lambda db: search(db, wanted, limit, self._filter(wish), start), for_words=True)

    def listed(self, wish: Wish = ALL, limit: int = 0, after: tuple[str, ...] = ()) -> Found:
        """The wanted articles, the newest first; ``after``: time, code and file of the one before the first."""
        return self._ask(lambda db: listed(db, self._filter(wish, after), limit))

    def search_then(self, words: Iterable[str], wish: Wish) -> Iterator[Hit]:
        """The same one after the other, as of a time; those that read otherwise then come last. Raises ValueError."""
        wanted = words_of(words)
        hits = self.search(words, replace(wish, as_of=None)).hits
        changed = (_hit_of(one) for one in self._changed(wish) if _has(one, wanted))
        yield from self._unchanged(hits, wish)
        yield from sorted(changed, key=_newest, reverse=True)

    def listed_then(self, wish: Wish, after: tuple[str, ...] = ()) -> Iterator[Hit]:
        """The same one after the other, as of a time."""
        changed = sorted(map(_hit_of, self._changed(wish)), key=_newest, reverse=True)
        behind = (hit for hit in changed if not after or _newest(hit) < after)
        return heapq.merge(
            self._unchanged(self.listed(replace(wish, as_of=None), 0, after).hits, wish),
            behind,
            key=_newest,
            reverse=True,
        )

    def article(self, code: str, wish: Wish = ALL) -> ArchivedArticle | None:
        """The article of this code, in either spelling; None where there is none."""
        codes = spellings([code])
        found = {one.code: one for one in self._archive.articles(wish, codes)}
        if not found and is_folder(self._output / "_posts"):  # the index knows what renamed ones hold
            files = {file for file in self._ask(lambda db: files_of(db, codes)) if code_of_file(file) not in codes}
            found = {one.code: one for one in self._archive.articles(wish, (), files)}
        return found.get(code) or next(iter(found.values()), None)

    def articles(self, hits: Sequence[Hit]) -> list[ArchivedArticle]:
        """These articles as data, in the same order; without those whose posts are gone meanwhile."""
        order = {hit.file: number for number, hit in enumerate(hits)}
        codes = {hit.code for hit in hits}
        found = (one for one in self._archive.articles(ALL, codes, order) if one.file in order)
        return sorted(found, key=lambda one: order[one.file])

    def with_reprints(
        self, articles: Iterable[ArchivedArticle], wish: Wish = ALL, codes: Collection[str] | None = None
    ) -> Iterator[ArchivedArticle]:
        """The articles with the codes of those that have the same text, and were there by the time that is wished for.

        ``codes``: theirs, where they are few.
        """
        known = self._ask(lambda db: reprints(db, codes)) if is_folder(self._output / "_posts") else {}
        if wish.as_of and known:
            others = {one for some in known.values() for one in some}
            there = {one.code for one in self._archive.articles(Wish(as_of=wish.as_of), others)}
            known = {code: [one for one in some if one in there] for code, some in known.items()}
        for article in articles:
            yield replace(article, same_as=tuple(known[article.code])) if article.code in known else article

    def secids_meant(self, stock: str) -> frozenset[str]:
        """The secids that a symbol, secid or name means, of those in the archive. ValueError names the nearest."""
        told = set(self._ask(lambda db: db.execute("SELECT DISTINCT secid, name FROM mentions").fetchall()))
        with ledger_to_read(self._ledger_url) as ledger:
            told |= ledger.named_securities() if ledger else set()
        return secids_meant(stock, told)

    def categories(self, told: str, as_of: datetime | None = None) -> tuple[str, ...]:
        """The slugs in ``SLUG,…``; ValueError names the nearest to one that no article has, now or at that time."""
        wanted = tuple(filter(None, map(str.strip, told.split(","))))
        known = {stub.stem for stub in (self._output / "category").glob("*.html")}
        if not known.issuperset(wanted) and is_folder(self._output / "_posts"):  # some kinds of posts have no stub
            query = "SELECT DISTINCT category FROM posts WHERE category IS NOT NULL"
            known |= self._ask(lambda db: {one for (one,) in db.execute(query)})
        if as_of and not known.issuperset(wanted):
            known |= {one.category for one in self._changed(Wish(as_of=as_of))}
        if strange := [word[:80] for word in wanted if word not in known]:
            raise ValueError(f"no article is of the category {strange[0]}: {nearest.suggest(strange[0], known)}")
        return wanted

    def snippet(self, hit: Hit, words: Iterable[str]) -> str:
        """The piece of the article's text in which the first of the words stands; "" where its post is gone."""
        if hit.text is None:
            post = self._post(hit)
            return snippet(text_of(post), words_of(words)) if post else ""
        return snippet(hit.text, words_of(words))

    def pictures(self, hit: Hit, secids: Collection[str]) -> list[str]:
        """Where the article has K-lines of these securities: places below the output folder, and live addresses."""
        body = post.body if (post := self._post(hit)) else ""
        shown = (kline.picture_of(body, one) for one in kline.find(body) if one.secid in secids)
        return list(dict.fromkeys(filter(None, shown)))

    def _post(self, hit: Hit) -> Post | None:
        """The post as it is; None where it is gone meanwhile."""
        return next((post for post, _ in parsed([place(self._output / "_posts", hit.file)])), None)

    def _unchanged(self, hits: Sequence[Hit], wish: Wish) -> Iterator[Hit]:
        """Those of the articles that there were then, as they are now."""
        changed = {code for code, _ in Versions(self._output).all()}
        same = [hit for hit in hits if hit.code not in changed]
        size = _AT_ONCE
        while some := same[:size]:
            same, size = same[size:], min(2 * size, _AT_MOST)
            codes, files = {hit.code for hit in some}, {hit.file for hit in some}
            there = {one.file: one for one in self._archive.articles(wish, codes, files)}
            yield from (_hit_of(there[hit.file]) for hit in some if hit.file in there)

    def _changed(self, wish: Wish) -> Iterator[ArchivedArticle]:
        """The articles as they were then of which there is more than one version."""
        changed = {code for code, _ in Versions(self._output).all()}
        return self._archive.articles(wish, changed) if changed else iter(())

    def _ask(self, question: Callable[[sqlite3.Connection], T], *, for_words: bool = False) -> T:
        def asked(db: sqlite3.Connection) -> T:
            self.faults = db.execute("SELECT file, fault FROM posts WHERE fault <> '' ORDER BY file").fetchall()
            known = copies(db)
            self._copies = tuple(file for file, _ in known)
            self.faults += [(file, f"the same article as {code}") for file, code in known]
            return question(db)

        return ask(self._output, asked, self._tell, for_words=for_words)

    def _filter(self, wish: Wish, after: tuple[str, ...] = ()) -> Filter:
        filed: set[str] = set()
        if wish.secids:
            with ledger_to_read(self._ledger_url) as ledger:
                filed = ledger.filed_under(wish.secids) if ledger else filed
        since, until = (str(day) if day else "" for day in (wish.since, wish.until))
        return Filter(since, until, tuple(wish.categories), tuple(wish.secids), tuple(filed), after, self._copies)


def _cut(begun: float, hits: Iterable[Hit], limit: int, start: int) -> Found:
    found = list(hits)
    return Found(len(found), time.perf_counter() - begun, found[start : start + limit if limit else None])


def _newest(hit: Hit) -> tuple[str, ...]:
    return hit.published, hit.code, hit.file


def _hit_of(article: ArchivedArticle) -> Hit:
    published = f"{article.published:%Y-%m-%d %H:%M:%S}"
    return Hit(article.file, article.code, article.title, published, _text_of(article))


def _text_of(article: ArchivedArticle) -> str:
    return "\n".join(filter(None, (article.digest, article.text)))


def _has(article: ArchivedArticle, words: Iterable[str]) -> bool:
    title, text = folded(article.title), folded(_text_of(article))
    return all(word in title or word in text for word in words)


_BEFORE, _LENGTH = 20, 80


def snippet(text: str, words: Iterable[str]) -> str:
    """The text round the first of the folded words that stands in it, on one line; else its beginning.

    >>> snippet("一" * 30 + "中国<联 通", ["联通"])[-6:]
    '中国<联 通'
    """
    shown = " ".join(text.split())
    whole = folded(shown)
    found = next((place for word in words if (place := whole.find(word)) >= 0), 0)
    origin = list(places(shown))
    at = origin[found] if origin else 0
    start = max(0, at - _BEFORE)
    end = start + _LENGTH
    return f"{'…' if start else ''}{shown[start:end].strip()}{'…' if end < len(shown) else ''}"
