"""finews-crawler: East Money news, as published on the finews site, into front-matter Markdown posts."""

from crawler import possessive

__version__ = "0.1.0"

possessive.mend()  # before any pattern is compiled
