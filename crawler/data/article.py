"""An article of the archive as data: the fields that every form has, in their order."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, NamedTuple


class Mention(NamedTuple):
    """A security that an article is about."""

    secid: str
    """``<market>.<code>``, e.g. ``1.600050``."""
    symbol: str
    """``600050.SH``; the secid where the market is not known."""
    exchange: str
    """``SH``; "" where the market is not known."""
    name: str
    """As the page has it, "" where it tells none."""
    how: str
    """How that is known: ``list``, ``kline`` or ``link`` (items.Security)."""
    position: int | None
    """Where the body first mentions it, in characters of its HTML; None where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedArticle:
    """One article in one version."""

    code: str
    title: str
    """Plain text."""
    published: datetime
    """Beijing time."""
    first_seen: datetime | None
    """When its first version was on disk; None where nothing tells."""
    medium: str
    category: str
    address: str
    """Its share link, else its page at East Money."""
    text: str
    """What readers see of the body, a paragraph a line; of the digest, where there is no body."""
    html: str
    """The body as it stands in the post."""
    digest: str | None
    """Plain text; None where it has none."""
    securities: tuple[Mention, ...]
    pictures: tuple[str, ...]
    """Addresses in the order of the body; of stored ones the place below the output folder."""
    origin: str | None
    """The kind of page that the body is from (items.Origin); None where nothing tells."""
    same_as: tuple[str, ...] = ()
    """Codes of articles of the same text."""
    version: int = 1
    """Grows when the source changed the article."""

    file: str = ""
    """The name of its post."""
    revised: datetime | None = None
    """When the source's last change of it was on disk; None where there was none."""
    withdrawn: date | None = None
    """The day on which the site was found to have it no more."""


FIELDS: Final = tuple(one.name for one in fields(ArchivedArticle))[:15]
"""Those of every form, in their order."""


def row(article: ArchivedArticle) -> dict[str, Any]:
    """The fields as forms have them: times in ISO 8601 with their zone, securities as objects."""
    found: dict[str, Any] = {name: getattr(article, name) for name in FIELDS}
    for name in ("published", "first_seen"):
        found[name] = found[name] and found[name].isoformat()
    found["securities"] = [one._asdict() for one in article.securities]
    return found | {name: list(found[name]) for name in ("pictures", "same_as")}
