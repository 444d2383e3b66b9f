"""An article that came to its end, as a mark tells it: all that is booked and counted of it, and no text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from crawler.assemble.outcome import Assembled
from crawler.items import Article, Post, Security
from crawler.store.said import as_told

_OF_POST: Final = (
    "code", "kind", "title", "time", "category", "tag", "link", "origin", "notes", "pictures_missing", "sources",
)  # fmt: skip
_OF_ARTICLE: Final = ("code", "outcome", "reason", "file", "sha256", "exchanges", "securities", "counts")


def as_json(one: Assembled) -> dict[str, Any]:
    """The article as JSON."""
    post = {name: getattr(one.post, name) for name in _OF_POST} if one.post else None
    return {name: getattr(one, name) for name in _OF_ARTICLE} | {"post": post}


def of_json(told: Mapping[str, Any], kept: Mapping[str, Sequence[Article]]) -> Assembled:
    """The article as another run that makes it again would have it: its post is unchanged.

    ``kept``: what the ledger keeps of such articles, which no post is made of.
    """
    values = {name: as_told(value) for name, value in told.items()}
    values |= {"securities": tuple(Security(*one) for one in values["securities"]), "counts": Counter(told["counts"])}
    post = told["post"] and Post(**{name: as_told(value) for name, value in told["post"].items()})
    if post:
        values["outcome"] = "unchanged"
    return Assembled(**(values | {"post": post, "unused": tuple(kept.get(told["code"], ()))}))
