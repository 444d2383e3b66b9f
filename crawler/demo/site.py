"""The finews site's stock of articles: looked up by code, path, category and tag, and altered between requests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from crawler.demo.articles import EMNEWS, DemoArticle, post_bytes

Fill = Callable[[DemoArticle], DemoArticle]


@dataclass(slots=True)
class _Index:
    """Heads by what pages ask for. Lists are newest first; the order of `tags` is that of each tag's oldest post."""

    paths: dict[str, DemoArticle] = field(default_factory=dict)
    newest: list[DemoArticle] = field(default_factory=list)
    categories: dict[str, list[DemoArticle]] = field(default_factory=dict)
    list_titles: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[DemoArticle]] = field(default_factory=dict)


def _index(heads: Iterable[DemoArticle]) -> _Index:
    index = _Index()
    oldest_first = sorted(heads, key=lambda head: (head.date, head.code))
    index.newest = oldest_first[::-1]
    index.tags = {tag: [] for head in oldest_first for tag in head.tags}
    for head in index.newest:
        index.paths[unquote(head.path)] = head
        index.list_titles.setdefault(head.category, head.tag)
        for category in head.categories:
            index.categories.setdefault(category, []).append(head)
        for tag in head.tags:
            index.tags[tag].append(head)
    _mix_up(index.list_titles)
    return index


def _mix_up(titles: dict[str, str]) -> None:
    """Give list pages each other's titles, as the source's generator did with most of them (domain facts 9)."""
    slugs = sorted(slug for slug in titles if slug != EMNEWS and " " not in slug)
    mixed = [titles[slug] for slug in slugs[1:] + slugs[:1]]
    titles.update(zip(slugs, mixed, strict=True))


class Site:
    """Articles by code. `fill` completes an article that is `head_only`, so that big sites need little memory.

    All methods may be called from any thread, also while the world serves the site.
    """

    def __init__(self, articles: Iterable[DemoArticle] = (), fill: Fill | None = None) -> None:
        self._lock = threading.RLock()
        self._heads = {article.code: article for article in articles}
        self._fill = fill
        self._cached: _Index | None = None
        newest = max((head.date for head in self._heads.values()), default=datetime(2022, 1, 14))  # noqa: DTZ001 - Beijing time throughout
        self._built = newest + timedelta(minutes=10)

    def __len__(self) -> int:
        return len(self._heads)

    def __iter__(self) -> Iterator[DemoArticle]:
        """All articles with their bodies, newest first, each made when it is asked for."""
        return (self._whole(head) for head in list(self._lookup().newest))

    @property
    def built(self) -> datetime:
        """When Jekyll last built the site (Beijing time): it moves by a minute with each alteration."""
        return self._built

    @property
    def newest(self) -> list[DemoArticle]:
        """Heads (bodies may be empty), newest first."""
        return self._lookup().newest

    @property
    def tags(self) -> dict[str, list[DemoArticle]]:
        """Heads by tag, as the home page has them: a tag with blanks counts as several."""
        return self._lookup().tags

    @property
    def list_titles(self) -> dict[str, str]:
        """The titles of list pages by slug (blanks kept): media names that often belong to another medium."""
        return self._lookup().list_titles

    def in_category(self, slug: str) -> list[DemoArticle]:
        """Heads of a category, newest first. Empty for a slug with blanks, since Jekyll knows only its parts."""
        return self._lookup().categories.get(slug, [])

    def article(self, code: str) -> DemoArticle:
        """Return the article with this code (KeyError for none); `NW` before an emnews id is accepted."""
        with self._lock:
            head = self._heads.get(code) or self._heads[code.removeprefix("NW")]
        return self._whole(head)

    def at_path(self, path: str) -> DemoArticle | None:
        """Return the article whose page stands at the (percent-decoded) path."""
        head = self._lookup().paths.get(path)
        return None if head is None else self._whole(head)

    def posts(self) -> dict[str, bytes]:
        """Return the source posts by file name: what a crawl of the site is held against."""
        return {article.file_name: post_bytes(article) for article in self}

    def put(self, *articles: DemoArticle) -> None:
        """Add articles, or replace those with the same code."""
        with self._lock:
            self._heads.update({article.code: article for article in articles})
            self._altered()

    def change(self, code: str, /, **changes: Any) -> DemoArticle:
        """Change fields of one article (`site.change(code, title="…")`) and return it."""
        with self._lock:
            changed = replace(self.article(code), **changes)
            self._heads.pop(code)
            self.put(changed)
        return changed

    def remove(self, code: str) -> None:
        """Take an article off the site (KeyError for none)."""
        with self._lock:
            del self._heads[code]
            self._altered()

    def _altered(self) -> None:
        self._cached = None
        self._built += timedelta(minutes=1)

    def _lookup(self) -> _Index:
        with self._lock:
            if self._cached is None:
                self._cached = _index(self._heads.values())
            return self._cached

    def _whole(self, head: DemoArticle) -> DemoArticle:
        if not head.head_only or self._fill is None:
            return head
        return replace(self._fill(head), head_only=False)
