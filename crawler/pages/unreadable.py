"""The outcome of a page that cannot be read."""


class Unreadable(Exception):
    """The page is not what it should be; the message is the reason, as reports show it."""
