"""The footer of a post: written, and what the link in one names."""

from urllib.parse import unquote

from crawler.patterns import compiled
from crawler.sites import EMNEWS, SITE_HOST
from crawler.urls import urlsplit

_INDEX_FILE = compiled(r"(?<![^/])index(?:-?\d{1,3})?\.html?\Z")
_PAIRED = compiled(r"[^\[\]]*+(?:\[(?!\^)[^\[\]]*+\](?![ \[(:])[^\[\]]*+)*+")
_LINK = compiled(r"<([^<>\n]*+)>")
_BACK, _HOME = "[返回", "[返回首页]("
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

    Savers that follow links name the list of the rolling news by its file; wget writes a blank as a reference.
    """
    path = _INDEX_FILE.sub("", unquote(urlsplit(href.replace("&#32;", " ")).path)).rstrip("/")
    name = path.rsplit("/", 1)[-1].removesuffix(".html")
    return name if name and not name.startswith(".") else None


def split(text: str) -> tuple[str, str, str | None]:
    """The text before what ends a post, that ending, and the link in it; the footer has one line, or two.

    The ending is "" where the text has neither link nor footer at its end.
    """
    end = len(text) - text.endswith("\n")
    begin = next((start for start in _line_starts(text, end) if _is_footer(text[start:end])), None)
    if begin is not None:
        end = begin - 2
    start = text.rfind("\n", 0, end) + 1
    link = _LINK.fullmatch(text, start, end) if not start or text.endswith("\n\n", 0, start) else None
    if link is not None:
        end = max(0, start - 2)
    elif begin is None:
        end = len(text)
    return text[:end], text[end:], link and link[1]


def _line_starts(text: str, end: int) -> list[int]:
    """Where the last line and the one before it begin, as far as an empty line stands before them."""
    last = text.rfind("\n", 0, end) + 1
    return [start for start in (last, text.rfind("\n", 0, max(0, last - 1)) + 1) if text.endswith("\n\n", 0, start)]


def _is_footer(text: str) -> bool:
    """Whether this is ``[返回X](…)`` and ``[返回首页](…)``, with a bar or a line end between them."""
    home = text.find(f")\n{_HOME}") if "\n" in text else text.rfind(f")｜{_HOME}")
    back = text.find("](", len(_BACK))
    return text.startswith(_BACK) and 0 <= back < home - 1 and text.endswith(")", home + len(_HOME) + 2)
