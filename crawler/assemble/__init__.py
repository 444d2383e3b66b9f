"""From what pages say of an article to a finished post, or to the reason why there is none: the way of both doors."""

from typing import Final

ORDER: Final = ("merge", "clean", "klines", "addresses", "pictures", "write")
"""The stages in their one order. Each name is that of a crawl's item pipeline, too: ``crawler.pipelines.<name>``."""
