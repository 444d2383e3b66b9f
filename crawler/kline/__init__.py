"""Stock K-line pictures: which security each reference means, and where its live picture is."""

from crawler.kline.find import find, find_all
from crawler.kline.rewrite import localize, resolve, restore

__all__ = ["find", "find_all", "localize", "resolve", "restore"]
