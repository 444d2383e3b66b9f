"""The footer of a post: written, and what the link in one names."""

import re
from urllib.parse import unquote, urlsplit

from crawler.sites import EMNEWS, SITE_HOST

_INDEX_FILE = re.compile(r"(?<![^/])index(?:-?\d{1,3})?\.html?\Z")
_PAIRED = re.compile(r"[^\[\]]*+(?:\[(?!\^)[^\[\]]*+\](?![ \[(:])[^\[\]]*+)*+")
_BRACKETS = {ord("["): "&#91;", ord("]"): "&#93;"}


def line(category: str, tag: str) -> str:
    """The last line of a post: back to the category's list and back home.

    Brackets of a name stay where Markdown pairs them, else they are references, like the dollar signs of a formula.
    """
    tag = (tag if _PAIRED.fullmatch(tag) else tag.translate(_BRACKETS)).replace("$$", "&#36;&#36;")
    path = "emnews/" if category == EMNEWS else f"category/{category}.html"
    return f"[返回{tag}](//{SITE_HOST}/{path})｜[返回首页](//{SITE_HOST}/)"


def category_of(href: str) -> str | None:
    """The slug, with its case, that the href of a footer link names (every variant of domain-facts 9.1).

    Savers that follow links name the list of the rolling news by its file.
    """
    path = _INDEX_FILE.sub("", unquote(urlsplit(href).path)).rstrip("/")
    name = path.rsplit("/", 1)[-1].removesuffix(".html")
    return name if name and not name.startswith(".") else None
