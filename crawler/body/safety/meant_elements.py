"""Elements of other dialects (AMP, MIP, WeChat) that stand for one of HTML: they become it, so that readers see it."""

from collections.abc import Iterator

from crawler.body.document import Document, text_of
from crawler.markup import Edit, Token, attribute

_MEANT = {
    **dict.fromkeys(("amp-img", "amp-anim", "mip-img", "mip-anim", "image"), "img"),
    **dict.fromkeys(("amp-video", "mip-video"), "video"),
    **dict.fromkeys(("amp-audio", "mip-audio"), "audio"),
    **dict.fromkeys(("amp-iframe", "amp-video-iframe", "mip-iframe"), "iframe"),
}
"""``image`` is what browsers take for ``img``."""
_SOURCES = ("src", "srcset", "data-src")
_INNER = 2000
"""Characters that may stand in for a picture until it is there: another one, a note, the picture once more."""


def meant_elements(document: Document) -> list[Edit]:
    """Pictures, films, sounds and frames under another name get the name that HTML has for them."""
    return [edit for tag in document.starts if tag.name in _MEANT for edit in _renamed(document, tag)]


def _renamed(document: Document, tag: Token) -> Iterator[Edit]:
    meant, at, end = _MEANT[tag.name], tag.start + 1, document.end(tag)
    if meant == "img" and not any(attribute(document.source, tag, name) for name in _SOURCES):
        return
    if meant != "img" and end is None:  # what is never closed would take the article with it
        return
    yield Edit(at, at + len(tag.name), meant)
    if end is None:
        return
    if meant != "img":
        yield Edit(end.start + 2, end.start + 2 + len(tag.name), meant)
        return
    inner = document.source[tag.end : end.start]
    holds_text = len(inner) > _INNER or text_of(inner).strip()
    yield Edit(end.start if holds_text else tag.end, end.end)
