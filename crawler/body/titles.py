"""Titles and names: harmless where layouts print them raw, and otherwise as the source spells them."""

import re
from functools import lru_cache

from crawler.body.policy import FORBIDDEN_ATTRIBUTES, JUDGED_BY_VALUE
from crawler.body.safety.characters import legal_characters
from crawler.patterns import compiled

_TAG = compiled(r"<(?=[A-Za-z/!?])")
_LIQUID = compiled(r"\{(?=[{%])")
_QUOTE = compiled("[\"']")
_ATTRIBUTE = compiled(
    rf"(?<![A-Za-z\-])(?:on[a-z]+|{'|'.join(sorted(FORBIDDEN_ATTRIBUTES | JUDGED_BY_VALUE))})\s*+=|=\s*+[\"']",
    re.IGNORECASE,
)
"""What a quote could add to the tag in whose attribute a layout prints the title."""
_TURNING = compiled("[\u202a-\u202e\u2066-\u2069]+")
"""What turns the signs behind it round, the layout's with the title's."""
_EMPHASIS = compiled(r"<(?P<close>/)?(?P<name>b|i|em|strong|u|s|sub|sup|small)>")
_BLANKS = compiled(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")


@lru_cache(maxsize=64)
def safe_title(title: str) -> str:
    """The title on one line, with ``<`` and ``{`` written as references where a tag or a Liquid tag would begin.

    Plain emphasis stays when it is balanced.

    ``“A&B” <600050> 《x》 1<2`` stays as it is; quotes become references only before something like ``onclick=``.
    """
    line = _LIQUID.sub("&#123;", legal_characters(_BLANKS.sub(_on_one_line, _TURNING.sub("", title))))
    line = line if _is_emphasis_only(line) else _TAG.sub("&lt;", line)
    quote = _QUOTE.search(line)
    if quote is None or _ATTRIBUTE.search(line, quote.end()) is None:
        return line
    return line.replace('"', "&quot;").replace("'", "&#39;")


@lru_cache(maxsize=1024)
def safe_name(name: str) -> str:
    """The name of a medium, or its tag: a title in which quotes are always references.

    Layouts print names in attributes, and say them twice.
    """
    line = safe_title(name).replace('"', "&quot;")
    return line.replace("'", "&#39;") if "=" in line else line


def _is_emphasis_only(line: str) -> bool:
    """Whether every tag is one of plain emphasis, closed in its turn: ``a <b>b</b>`` harms no layout."""
    open_tags: list[str] = []
    for tag in _TAG.finditer(line):
        emphasis = _EMPHASIS.match(line, tag.start())
        if emphasis is None:
            return False
        if not emphasis["close"]:
            open_tags.append(emphasis["name"])
        elif not open_tags or open_tags.pop() != emphasis["name"]:
            return False
    return not open_tags


def _on_one_line(blanks: re.Match[str]) -> str:
    return " " if blanks[0].strip(" ") else blanks[0]
