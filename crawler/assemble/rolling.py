"""Items of East Money's rolling list: articles of their media, and where nothing names one, posts in its form."""

from collections.abc import Sequence

from crawler import sites
from crawler.items import EAST_MONEY, Article, PostKind
from crawler.pages.eastmoney.media_names import closing_medium


def kind_of_item(known: Sequence[Article]) -> PostKind | None:
    """The kind of post that an item of the list makes, of whose medium no page tells; None for what is no item."""
    if not any(is_item(article) for article in known):
        return None
    asked = [article for article in known if article.origin in EAST_MONEY] or known
    bodies = filter(None, (article.text or article.content for article in asked))
    return "media" if any(map(closing_medium, bodies)) else "emnews"


def tellers(known: Sequence[Article]) -> dict[str, Article]:
    """Which pages tell that the article is an item of the list, and has no medium: the first by its category."""
    told = {"category": next(filter(is_item, known), None)}
    told["tag"] = next((article for article in known if article.origin in EAST_MONEY), None)
    return {name: article for name, article in told.items() if article} if told["category"] else {}


def is_item(article: Article) -> bool:
    """Whether the page is the rolling list."""
    return article.origin == "list" and article.category == sites.EMNEWS
