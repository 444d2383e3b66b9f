"""Which articles a run is asked for: by category and by day."""

from datetime import date
from urllib.parse import unquote

from crawler import sites
from crawler.store.tables import FILTERED
from crawler.urls import urlsplit

OTHER_CATEGORY = f"{FILTERED}another category than asked for"
OLDER = f"{FILTERED}older than asked for"


class Scope:
    """The filters ``category=SLUG,…`` and ``since=YYYY-MM-DD``; raises ValueError for a day that does not exist."""

    def __init__(self, category: str = "", since: str = "") -> None:
        self.categories = names(category)
        self._paths = {"/".join(name.lower().split()) for name in self.categories}
        try:
            self.since = date.fromisoformat(since).isoformat() if since else ""
        except ValueError:
            raise ValueError(f"since={since!r} is not a day: write it as YYYY-MM-DD") from None

    def has_list(self, url: str) -> bool:
        """Whether the list page may name articles in scope (home pages always may)."""
        name = unquote(urlsplit(url).path).strip("/").removesuffix(".html").rsplit("/", 1)[-1]
        return not self._paths or not name or "/".join(name.lower().split()) in self._paths

    def reason_against(self, url: str) -> str | None:
        """Why the post at the address is left out; None when it is not."""
        address = sites.post_address(url)
        if address is None:
            return None
        if self._paths and address.category not in self._paths:
            return OTHER_CATEGORY
        return OLDER if self.since and address.day < self.since else None


def names(text: str) -> list[str]:
    """The names between the commas of an argument."""
    return [name.strip() for name in text.split(",") if name.strip()]
