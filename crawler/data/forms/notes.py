"""Notes of Obsidian and pages of Hugo: Markdown with front matter, a file an article."""

from urllib.parse import quote

from bs4 import BeautifulSoup, Tag

from crawler.data.article import ArchivedArticle
from crawler.data.forms.emphasis import Converter, joined
from crawler.patterns import compiled
from crawler.post_format import quoted

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
