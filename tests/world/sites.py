"""A site that can be altered while it is served, and whose bodies may be made when they are asked for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from world.source_posts import article_from_post, post_bytes

from crawler import demo
from crawler.demo import DemoArticle

Fill = Callable[[DemoArticle], DemoArticle]


class Site(demo.Site):
    """The demo's site, with alterations: each moves `built` by a minute.

    With `fill`, the articles given at first are heads, which it completes, so that big sites need little memory.
    May be altered from any thread while the world serves it: what is looked up is put in place whole.
    """

    def __init__(self, articles: Iterable[DemoArticle] = (), fill: Fill | None = None) -> None:
        super().__init__(articles)
        self._fill = fill
        self._unfilled = frozenset(self.heads) if fill else frozenset()

    def whole(self, head: DemoArticle) -> DemoArticle:
        return self._fill(head) if self._fill and head.code in self._unfilled else head

    def posts(self) -> dict[str, bytes]:
        """The source posts by file name: what a crawl of the site is held against."""
        return {article.file_name: post_bytes(article) for article in self}

    def put(self, *articles: DemoArticle) -> None:
        """Add articles, or replace those with the same code."""
        self._unfilled -= {article.code for article in articles}
        self._have(self.heads | {article.code: article for article in articles})

    def change(self, code: str, /, **changes: Any) -> DemoArticle:
        """Change fields of one article (`site.change(code, title="…")`) and return it."""
        changed = replace(self.article(code), **changes)
        if changed.code != code:
            self.remove(code)
        self.put(changed)
        return changed

    def remove(self, code: str) -> None:
        """Take an article off the site (KeyError for none)."""
        self._have({known: head for known, head in self.heads.items() if known != self.heads[code].code})

    def _have(self, heads: dict[str, DemoArticle]) -> None:
        fresh = demo.Site(heads.values())
        fresh.built = self.built + timedelta(minutes=1)
        self.__dict__.update(vars(fresh))  # at once, for whoever reads in another thread


class LeavingSite(Site):
    """One that forgets: the finews site shows and has only what came after ``since``; its share host and East Money all."""

    since = datetime.min  # noqa: DTZ901 - Beijing time

    def leave(self, since: datetime) -> None:
        """Take what came until then off the finews site."""
        self.since = since
        self._have(self.heads)

    def _have(self, heads: dict[str, DemoArticle]) -> None:
        shown = Site(head for head in heads.values() if head.date > self.since)
        shown.built = self.built + timedelta(minutes=1)
        self.__dict__.update(vars(shown) | {"heads": heads, "_fill": self._fill, "_unfilled": self._unfilled})


def sample_site() -> Site:
    """The site that ships with the project, one that can be altered."""
    return Site(demo.sample_site())


def site_from_posts(folder: Path | str) -> Site:
    """Make a site of the posts `<date>-<code>.md` in the folder; posts in older formats are left out."""
    articles = []
    for file in sorted(Path(folder).glob("????-??-??-*.md")):
        try:
            articles.append(article_from_post(file.read_bytes(), file.stem[11:]))
        except ValueError:
            continue
    return Site(articles)
