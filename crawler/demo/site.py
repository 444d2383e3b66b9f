"""The finews site's stock of articles: looked up by code, path, category and tag."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import unquote

from crawler.demo.articles import DemoArticle
from crawler.sites import EMNEWS

_EMPTY = datetime(2022, 1, 14)  # noqa: DTZ001 - Beijing time throughout


class Site:
    """Articles by what pages ask for; what is looked up are heads: a subclass may complete their bodies in `whole`.

    `newest` and all lists are newest first. `tags` has a tag with blanks as several, in the order of each one's oldest
    post. `list_titles` are the titles of list pages by slug: media names that often belong to another medium.
    `built` is when Jekyll last built the site (Beijing time).
    """

    def __init__(self, articles: Iterable[DemoArticle] = ()) -> None:
        self.heads = {article.code: article for article in articles}
        oldest_first = sorted(self.heads.values(), key=lambda head: (head.date, head.code))
        self.newest = oldest_first[::-1]
        self.built = (self.newest[0].date if self.newest else _EMPTY) + timedelta(minutes=10)
        self.paths = {unquote(head.path): head for head in self.newest}
        self.list_titles: dict[str, str] = {}
        self.tags: dict[str, list[DemoArticle]] = {tag: [] for head in oldest_first for tag in head.tags}
        self._categories: dict[str, list[DemoArticle]] = {}
        for head in self.newest:
            self.list_titles.setdefault(head.category, head.tag)
            for category in head.categories:
                self._categories.setdefault(category, []).append(head)
            for tag in head.tags:
                self.tags[tag].append(head)
        _mix_up(self.list_titles)

    def __len__(self) -> int:
        return len(self.heads)

    def __iter__(self) -> Iterator[DemoArticle]:
        """All articles with their bodies, newest first."""
        return map(self.whole, self.newest)

    def whole(self, head: DemoArticle) -> DemoArticle:
        """Return the article with its bodies."""
        return head

    def in_category(self, slug: str) -> list[DemoArticle]:
        """Heads of a category. Empty for a slug with blanks, since Jekyll knows only its parts."""
        return self._categories.get(slug, [])

    def article(self, code: str) -> DemoArticle | None:
        """Return the article with this code; `NW` before an emnews id is accepted."""
        head = self.heads.get(code) or self.heads.get(code.removeprefix("NW"))
        return head and self.whole(head)

    def at_path(self, path: str) -> DemoArticle | None:
        """Return the article whose page stands at the (percent-decoded) path."""
        head = self.paths.get(path)
        return head and self.whole(head)


def _mix_up(titles: dict[str, str]) -> None:
    """Give list pages each other's titles, as the source's generator did with most of them (domain-facts 9)."""
    slugs = sorted(slug for slug in titles if slug != EMNEWS and " " not in slug)
    mixed = [titles[slug] for slug in slugs[1:] + slugs[:1]]
    titles.update(zip(slugs, mixed, strict=True))
