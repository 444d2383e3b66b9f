"""Pages that others made of the site's and East Money's, read as whatever they are."""

import json

from crawler import pages
from crawler.items import Article, Page

CODE = "202201142248170578"


URL = f"http://finance.eastmoney.com/a/{CODE}.html"


SHARE = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{CODE}"


REPLY = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{CODE}"


def read(text: object, url: str = "") -> tuple[str, tuple[Article, ...]]:
    spelled = text if isinstance(text, str) else json.dumps(text)
    return pages.read(Page(url=url, body=spelled.encode()))
