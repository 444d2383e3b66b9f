"""Elements of other dialects (AMP, MIP, WeChat, Word) that stand for one of HTML become it, so that readers see it."""

from collections.abc import Iterator

from crawler.body.document import Document, text_of
from crawler.body.safety.backgrounds import quotable
from crawler.markup import Edit, Token, attribute

_MEANT = {
    **dict.fromkeys(("amp-img", "amp-anim", "mip-img", "mip-anim", "v:imagedata", "image"), "img"),
    **dict.fromkeys(("amp-video", "mip-video", "video-js"), "video"),
    **dict.fromkeys(("amp-audio", "mip-audio"), "audio"),
    **dict.fromkeys(("amp-iframe", "amp-video-iframe", "mip-iframe"), "iframe"),
}
"""``image`` is what browsers take for ``img``, ``v:imagedata`` what Word has in its place."""
_VOICE = ("voice_encode_fileid", "https://res.wx.qq.com/voice/getvoice?mediaid=", "audio")
_PLAYED = {
    **dict.fromkeys(("mpvoice", "mp-common-mpaudio"), _VOICE),
    **dict.fromkeys(("qqmusic", "mp-common-qqmusic"), ("audiourl", "", "audio")),
    **dict.fromkeys(("mpvideosnap", "mp-common-videosnap"), ("data-url", "", "video")),
}
"""What WeChat plays: the attribute that tells it, what its address has before that, and what it is."""
_SHADOW = ("shadowrootmode", "shadowroot")
"""What makes a ``template`` one that is shown in place of what is round it."""
_SOURCES = ("src", "srcset", "data-src")
_INNER = 2000
"""Characters that may stand in for a picture until it is there: another one, a note, the picture once more."""


def meant_elements(document: Document) -> list[Edit]:
    """Pictures, films, sounds and frames under another name get the name that HTML has for them."""
    return [
        edit for tag in document.starts if (meant := _meant(document, tag)) for edit in _renamed(document, tag, meant)
    ]


def _meant(document: Document, tag: Token) -> str | None:
    """The name of the element that a tag stands for; None where it is its own."""
    if tag.name in _PLAYED:
        told, _, kind = _PLAYED[tag.name]
        return kind if attribute(document.source, tag, told) else None
    if tag.name == "template" and any(attribute(document.source, tag, name) for name in _SHADOW):
        return "div"
    return _MEANT.get(tag.name)


def _renamed(document: Document, tag: Token, meant: str) -> Iterator[Edit]:
    at, end = tag.start + 1, document.end(tag)
    if meant == "img" and not any(attribute(document.source, tag, name) for name in _SOURCES):
        return
    if meant != "img" and end is None:  # what is never closed would take the article with it
        return
    if tag.name in _PLAYED:
        told, before, _ = _PLAYED[tag.name]
        spelled = attribute(document.source, tag, told)
        yield Edit(tag.start, tag.end, f'<{meant} src="{before}{quotable(spelled.value if spelled else "")}">')
    else:
        yield Edit(at, at + len(tag.name), meant)
    if end is None:
        return
    if meant != "img":
        yield Edit(end.start + 2, end.start + 2 + len(tag.name), meant)
        return
    inner = document.source[tag.end : end.start]
    holds_text = len(inner) > _INNER or text_of(inner).strip()
    yield Edit(end.start if holds_text else tag.end, end.end)
