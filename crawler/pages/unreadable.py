"""The outcomes of a page that cannot be read."""

from crawler.sites import NOT_OURS as NOT_OURS  # noqa: PLC0414 - summaries, which load no pages, need it, too


class Unreadable(Exception):
    """The page is not what it should be; the message is the reason, as reports show it."""

    @property
    def is_foreign(self) -> bool:
        """Whether the page is none of ours: another site's, a forum post, a shell without content."""
        return str(self).startswith(NOT_OURS)

    def of_promised(self) -> str:
        """The reason for a page at the address of an article, of which nobody says that it is none."""
        return str(self).removeprefix(f"{NOT_OURS}: ")


class AnothersPage(Unreadable):
    """A page of another article than the one that it was asked for, or saved as."""

    def __init__(self, why: str) -> None:
        super().__init__(f"another article's page: {why}")


class Withdrawn(Unreadable):
    """The site says, in these words, that the article is no longer there; ``code``: which one, where the page tells."""

    def __init__(self, words: str, reason: str = "", code: str = "") -> None:
        super().__init__(reason or f"withdrawn: {words}")
        self.words, self.code = words, code


class TooSlow(Unreadable):
    """Reading the page takes too long, and would the next time."""
