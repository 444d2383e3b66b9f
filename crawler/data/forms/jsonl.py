"""JSON Lines: an article a line, as JSON of the fields in their order."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from crawler.data.article import ArchivedArticle, row


def write(articles: Iterable[ArchivedArticle], file: BinaryIO) -> None:
    """Write the articles. Raises OSError."""
    file.writelines(json.dumps(row(article), ensure_ascii=False).encode() + b"\n" for article in articles)
