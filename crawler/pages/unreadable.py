"""The outcome of a page that cannot be read."""

NOT_OURS = "not an article"
"""Reasons that begin so are of pages that were never ours to read; all others may have cost an article."""


class Unreadable(Exception):
    """The page is not what it should be; the message is the reason, as reports show it."""

    @property
    def is_foreign(self) -> bool:
        """Whether the page is none of ours: another site's, a forum post, a shell without content."""
        return str(self).startswith(NOT_OURS)

    def of_promised(self) -> str:
        """The reason for a page at the address of an article, of which nobody says that it is none."""
        return str(self).removeprefix(f"{NOT_OURS}: ")
