"""The securities that an article is about: what lists file it under, and what its body shows and links to."""

from collections.abc import Iterable

from crawler.items import Article, Post, Security
from crawler.kline.codes import from_list


def listed(articles: Iterable[Article]) -> tuple[Security, ...]:
    """What lists and APIs file the article under, each security once; the order of the pages does not matter."""
    told = sorted({stock for article in articles for stock in article.stocks})
    return joined(Security(secid, "list", name) for spelled, name in told if (secid := from_list(spelled)))


def securities(post: Post) -> tuple[Security, ...]:
    """Each security of the post once. What a list says counts most, then that its K-line is shown, then a link.

    The position is that of the first mention, whichever way it is.
    """
    shown = [Security(kline.secid, "kline", "", kline.span[0]) for kline in post.klines]
    return joined(post.listed, shown, post.links)


def joined(*told: Iterable[Security]) -> tuple[Security, ...]:
    """The securities of all, each once: the way is that of the first of them, and so is the name that one has."""
    found: dict[str, Security] = {}
    for one in (one for some in told for one in some):
        known = found.setdefault(one.secid, one)
        if known is not one:
            places = [place for place in (known.position, one.position) if place is not None]
            found[one.secid] = known._replace(name=known.name or one.name, position=min(places, default=None))
    return tuple(found.values())
