"""Stock K-line pictures: which security each reference means, where its picture is, and the chart of the day."""

from crawler.kline.find import find, find_unread, look
from crawler.kline.rewrite import localize, resolve, restore

__all__ = ["find", "find_unread", "localize", "look", "resolve", "restore"]
