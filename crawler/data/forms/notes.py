"""Notes of Obsidian and pages of Hugo: Markdown with front matter, a file an article."""

import re
import unicodedata
from typing import Any, Final
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from crawler.data.article import ArchivedArticle
from crawler.patterns import compiled
from crawler.post_format import quoted

_SIGNS: Final = {"b": "**", "strong": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_MARKUP: Final = frozenset("[]!*`~<_")
"""What of a text that was converted is Markdown, unless a backslash stands before it."""
_ONE: Final = compiled(r"\\.|.", re.DOTALL)


class Converter(MarkdownConverter):
    """markdownify's, whose emphasis leaves signs at its edges outside: ``**标题：**正文`` would show its asterisks."""

    def _emphasis(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """What is in another emphasis, or right behind one, is a part of it, or none: signs would run together."""
        sign = _SIGNS[el.name]
        behind = getattr(el.previous_sibling, "name", None)
        if parent_tags & {*_SIGNS, "_noformat"} or _SIGNS.get(behind or "", sign) != sign:
            return text
        parts = _ONE.findall(text)
        first = next((place for place, part in enumerate(parts) if not _is_sign(part)), len(parts))
        last = next((place for place in range(len(parts), first, -1) if not _is_sign(parts[place - 1])), first)
        inside = "".join(parts[first:last])
        if not inside or "\n\n" in inside or not (_is_letter(inside[0]) and _is_letter(parts[last - 1])):
            return text
        return "".join([*parts[:first], sign, inside, sign, *parts[last:]])

    convert_b = convert_strong = convert_em = convert_i = convert_del = convert_s = _emphasis


def joined(text: str) -> str:
    """The text with emphasis of one kind that stands side by side as one."""
    return text.replace("****", "").replace("~~~~", "")


def _is_letter(part: str) -> bool:
    return unicodedata.category(part[0])[0] not in "PSZC"


def _is_sign(part: str) -> bool:
    """Whether it is a sign or blank of the text itself."""
    return not _is_letter(part) and part not in _MARKUP and part != ")"


_MARKDOWN = Converter(heading_style="ATX", escape_misc=True, autolinks=False)
_ADDRESS = "%/:?#[]@!$&'*+,;=~"
"""Signs of an address that stand in Markdown as they are."""
_DEEPEST = 60
"""Elements within one another, for markdownify calls itself for each."""
_NO_TAG = compiled(r"[^\w/-]+")
_ACTS = {"{{": "{&#123;", "%%": "%&#37;", "$": "\\$"}
"""What stands for something else in Hugo (shortcodes) or Obsidian (comments, formulas)."""


def obsidian(article: ArchivedArticle) -> str:
    """The note of an article."""
    fields = {"title": quoted(article.title), "published": quoted(article.published.isoformat())}
    return _file(fields | {"source": quoted(article.address), "tags": _list(_tag(article.medium))}, article)


def hugo(article: ArchivedArticle) -> str:
    """The page of an article."""
    fields = {"title": quoted(article.title), "date": quoted(article.published.isoformat())}
    return _file(fields | {"categories": _list(article.category), "tags": _list(_tag(article.medium))}, article)


def markdown(markup: str) -> str:
    """The markup as Markdown that both read."""
    soup = BeautifulSoup(f"<div>{markup}</div>", "lxml")
    for element in soup.find_all(["a", "img"]):
        for name in ("href", "src"):
            if address := element.get(name):
                element[name] = quote(str(address).strip(), safe=_ADDRESS)
    _flatten(soup)
    text = joined(str(_MARKDOWN.convert_soup(soup))).strip()
    for spelled, inert in _ACTS.items():
        text = text.replace(spelled, inert)
    return text


def _flatten(soup: BeautifulSoup) -> None:
    """Take away the tags, and not the texts and pictures, of what lies too deep."""
    depths = {id(soup): 0}
    for element in soup.find_all(True):
        depths[id(element)] = depths[id(element.parent)] + 1
    for element in [one for one in soup.find_all(True) if depths[id(one)] == _DEEPEST]:
        stay = [one for one in element.descendants if not isinstance(one, Tag) or one.name in {"img", "br"}]
        for one in stay:
            one.extract()
        element.clear()
        element.extend(stay)


def _file(fields: dict[str, str], article: ArchivedArticle) -> str:
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    blocks = [f"> {markdown(article.digest)}"] if article.digest else []
    blocks += [markdown(article.html)] if article.html else []
    return f"---\n{head}---\n\n" + "\n\n".join(blocks) + "\n"


def _tag(medium: str) -> str:
    """A tag without blanks, and of no signs that end one."""
    return _NO_TAG.sub("-", medium).strip("-")


def _list(value: str) -> str:
    return f"[{quoted(value)}]" if value else "[]"
