"""finews-crawler: East Money news, as published on the finews site, into front-matter Markdown posts."""

__version__ = "0.1.0"
