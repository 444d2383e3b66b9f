"""Elements that a browser made of text when it wrote a page anew: of ``x<y。</p>`` came ``x<y。< p=""></y。<></p>``."""

import re
from dataclasses import replace
from typing import Any

from crawler.body.bare_signs import ELEMENTS
from crawler.items import Article, Origin
from crawler.patterns import compiled

_ODD = compiled(r"</[a-z][a-z0-9:._-]{0,40}+[^a-zA-Z0-9:._\s>/-][^\s>/]{0,200}+>")
"""The end of an element whose name no author writes: it was text, up to the first blank or slash behind a ``<``."""
_ENDED = r"<(?:=\"\")?\s[a-z][a-z0-9]{0,20}(?:=\"\")?>"
"""An end tag that became the last attributes of such an element: ``< p="">`` was ``</p>``."""
_MADE = compiled(rf"{_ODD.pattern}|{_ENDED}")
_BEGINS = compiled(
    rf"<(?P<name>[a-z][^\s>/]{{0,241}}+)(?:(?P<said>\s[^>]{{0,500}}?)(?P<ended>{_ENDED})|(?P<attributes>\s[^<>]{{0,500}})?>)"
)
_ENDS = compiled(r"</(?P<name>[a-z][^\s>/]{0,241}+)>")
_ATTRIBUTE = compiled(r"\s([^\s=]+)(?:=\"([^\"]*)\")?")
_NO_BROWSERS = frozenset[Origin](("share", "article-api", "post-file"))
"""What no browser writes anew: JSON, and posts."""
_NONE_S = ELEMENTS - {"q"}
"""Names that a browser's own elements have, too: it ends those wherever it likes."""


def unmade(article: Article) -> Article:
    """Give the article with such text as text; its Latin letters are small, for browsers know no others in names."""
    if article.origin in _NO_BROWSERS:
        return article
    bodies = {name: getattr(article, name) for name in ("text", "content")}
    found: dict[str, Any] = {name: _as_text(said) for name, said in bodies.items() if said and _MADE.search(said)}
    return replace(article, **found) if found else article


def _as_text(markup: str) -> str:
    ends = {end["name"] for end in _ENDS.finditer(markup)}
    made = {name for name in ends if _ODD.fullmatch(f"</{name}>")}
    made |= {tag["name"] for tag in _BEGINS.finditer(markup) if tag["ended"]} & ends - _NONE_S

    def text(tag: re.Match[str]) -> str:
        name, attributes = tag["name"], _ATTRIBUTE.findall(tag["said"] or tag["attributes"] or "")
        if name not in made:
            return tag[0]
        if name.endswith("<") and attributes:
            return f"<{name[:-1]}"
        said = "".join(f' {word}="{value}"' if value else f" {word}" for word, value in attributes)
        return f"<{name}{said}{'' if tag['ended'] else '>'}"

    return _ENDS.sub(lambda end: "" if end["name"] in made else end[0], _BEGINS.sub(text, markup))
