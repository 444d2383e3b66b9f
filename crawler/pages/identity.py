"""Whether a page is of the article that it is asked for or saved as: by the codes that its address and itself name."""

from crawler import sites
from crawler.items import Article
from crawler.pages.unreadable import AnothersPage


def one_code(asked: str | None, told: str | None) -> str | None:
    """The code that address and page name, spelled as in the address; raises AnothersPage where they differ."""
    differ = asked and told and asked != told
    if differ and _is_code(asked) and _is_code(told) and sites.digits(asked or "") != sites.digits(told or ""):
        raise AnothersPage(f"in place of {asked} it is {told}")
    return asked or told


def _is_code(text: str | None) -> bool:
    return sites.CODE.fullmatch(text or "") is not None


def code_at(url: str) -> str | None:
    """The code that stands in the address of an article, be it a post's; None in any other address."""
    address = sites.post_address(url)
    return address.code if address and sites.CODE.fullmatch(address.code) else sites.code_of_url(url)


def prove(article: Article) -> None:
    """Raises AnothersPage where the address of the page and the article's own link name different articles."""
    one_code(code_at(article.url), article.code)
    one_code(article.code, sites.code_of_url(article.link or ""))
