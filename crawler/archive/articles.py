"""Which article of ours a saved page tells: what tells a page of its own from a frame or an advertisement."""

from crawler import pages
from crawler.archive.address import article_at
from crawler.items import Page


def article_in(page: Page) -> str:
    """Give the code of the article that a page tells, be it damaged; "" for a list, and for what is none of ours."""
    try:
        articles = pages.read(page).articles
    except Exception as error:  # noqa: BLE001 - whoever reads it afterwards tells what is wrong with it
        foreign = isinstance(error, pages.Unreadable) and error.is_foreign
        return "" if foreign else article_at(page.url)
    return next((article.code for article in articles if article.origin != "list"), "")
