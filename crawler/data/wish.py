"""Which articles of the archive are wanted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crawler.data.article import ArchivedArticle
from crawler.times import BEIJING


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Articles that pass all that is said; what is not said leaves nothing out."""

    since: date | None = None
    """Published on that day (in Beijing) or later."""
    until: date | None = None
    """Published on that day or earlier."""
    categories: Collection[str] = ()
    """Slugs."""
    secids: Collection[str] = ()
    """About one of these securities."""
    as_of: datetime | None = None
    """As the archive was at the end of that second: only what was there, in the version of then."""

    def __post_init__(self) -> None:
        """Raises ValueError for days between which there is none."""
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}: no day is between them")

    def wants_day(self, day: str) -> bool:
        """Whether articles that were published on the day (``YYYY-MM-DD``) may be wanted."""
        return not (self.since and day < f"{self.since}") and not (self.until and day > f"{self.until}")

    def wants(self, article: ArchivedArticle) -> bool:
        """Whether the article is wanted, whatever time it is of."""
        return (
            self.wants_day(f"{article.published:%Y-%m-%d}")
            and (not self.categories or article.category in self.categories)
            and (not self.secids or any(one.secid in self.secids for one in article.securities))
        )


ALL: Final = Wish()
"""Every article, as it is now."""


def day(text: str) -> date:
    """``YYYY-MM-DD``. Raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:80]}: no day is written so: say YYYY-MM-DD") from None


def moment(text: str) -> tuple[datetime, bool]:
    """A time in ISO 8601, and whether it tells its zone: one that does not is Beijing's. Raises ValueError."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:80]}: no time is written so: say 2025-09-23T09:30+08:00") from None
    return (told, True) if told.tzinfo else (told.replace(tzinfo=BEIJING), False)
