"""Titles: harmless where layouts print them raw, and otherwise as the source spells them."""

import re

from crawler.body.edits.characters import UNBEARABLE

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LIQUID = re.compile(r"\{(?=[{%])")
_BLANK = re.compile(r"[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029]+[ \t]*")


def safe_title(title: str) -> str:
    """The title on one line, with ``<`` and ``{`` written as references where a tag or a Liquid tag would begin.

    ``“A&B” <600050> 《x》 1<2`` stays as it is.
    """
    line = _BLANK.sub(" ", title).replace("\t", " ")
    line = UNBEARABLE.sub(lambda m: "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "", line)
    return _LIQUID.sub("&#123;", _TAG.sub("&lt;", line))
