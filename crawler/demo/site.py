"""The finews site's stock of articles: looked up by code, path, category and tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import unquote

from crawler.demo.articles import EMNEWS, DemoArticle


@dataclass(slots=True)
class Index:
    """Articles by what pages ask for. Lists are newest first; the order of `tags` is that of each tag's oldest post."""

    paths: dict[str, DemoArticle] = field(default_factory=dict)
    newest: list[DemoArticle] = field(default_factory=list)
    categories: dict[str, list[DemoArticle]] = field(default_factory=dict)
    list_titles: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[DemoArticle]] = field(default_factory=dict)


def make_index(articles: Iterable[DemoArticle]) -> Index:
    """Index the articles."""
    index = Index()
    oldest_first = sorted(articles, key=lambda article: (article.date, article.code))
    index.newest = oldest_first[::-1]
    index.tags = {tag: [] for article in oldest_first for tag in article.tags}
    for article in index.newest:
        index.paths[unquote(article.path)] = article
        index.list_titles.setdefault(article.category, article.tag)
        for category in article.categories:
            index.categories.setdefault(category, []).append(article)
        for tag in article.tags:
            index.tags[tag].append(article)
    _mix_up(index.list_titles)
    return index


def _mix_up(titles: dict[str, str]) -> None:
    """Give list pages each other's titles, as the source's generator did with most of them (domain facts 9)."""
    slugs = sorted(slug for slug in titles if slug != EMNEWS and " " not in slug)
    mixed = [titles[slug] for slug in slugs[1:] + slugs[:1]]
    titles.update(zip(slugs, mixed, strict=True))


class Site:
    """Articles by code. What the index holds are heads: a subclass may complete their bodies in `whole`."""

    def __init__(self, articles: Iterable[DemoArticle] = ()) -> None:
        self.heads = {article.code: article for article in articles}
        newest = max((head.date for head in self.heads.values()), default=datetime(2022, 1, 14))  # noqa: DTZ001 - Beijing time throughout
        # When Jekyll last built the site (Beijing time).
        self.built = newest + timedelta(minutes=10)

    def __len__(self) -> int:
        return len(self.heads)

    def __iter__(self) -> Iterator[DemoArticle]:
        """All articles with their bodies, newest first."""
        return map(self.whole, self.index.newest)

    @cached_property
    def index(self) -> Index:
        """What pages look articles up in."""
        return make_index(self.heads.values())

    def whole(self, head: DemoArticle) -> DemoArticle:
        """Return the article with its bodies."""
        return head

    @property
    def newest(self) -> list[DemoArticle]:
        """Heads, newest first."""
        return self.index.newest

    @property
    def tags(self) -> dict[str, list[DemoArticle]]:
        """Heads by tag, as the home page has them: a tag with blanks counts as several."""
        return self.index.tags

    @property
    def list_titles(self) -> dict[str, str]:
        """The titles of list pages by slug (blanks kept): media names that often belong to another medium."""
        return self.index.list_titles

    def in_category(self, slug: str) -> list[DemoArticle]:
        """Heads of a category, newest first. Empty for a slug with blanks, since Jekyll knows only its parts."""
        return self.index.categories.get(slug, [])

    def article(self, code: str) -> DemoArticle:
        """Return the article with this code (KeyError for none); `NW` before an emnews id is accepted."""
        return self.whole(self.heads.get(code) or self.heads[code.removeprefix("NW")])

    def at_path(self, path: str) -> DemoArticle | None:
        """Return the article whose page stands at the (percent-decoded) path."""
        head = self.index.paths.get(path)
        return None if head is None else self.whole(head)
