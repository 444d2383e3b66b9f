"""Stock K-line pictures: which security each reference means, and where its live picture is."""

from crawler.kline.find import find, find_all, referring
from crawler.kline.rewrite import addressed, localize, picture_of, resolve, restore, stored_places

__all__ = [
    "addressed",
    "find",
    "find_all",
    "localize",
    "picture_of",
    "referring",
    "resolve",
    "restore",
    "stored_places",
]
