"""Stock K-line pictures: which security each reference means, and where its live picture is."""

from crawler.kline.find import find, find_all
from crawler.kline.rewrite import addressed, localize, resolve, restore, stored_places

__all__ = ["addressed", "find", "find_all", "localize", "resolve", "restore", "stored_places"]
