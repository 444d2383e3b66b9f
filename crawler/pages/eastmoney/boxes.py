"""Boxes of a page in its article's body, or behind that: to share it, to comment on it, to go on to others."""

import re

from crawler.body.document import text_of
from crawler.markup import element_span, tokens
from crawler.pages.eastmoney.element_end import UNKNOWN_END
from crawler.pages.eastmoney.prose import PARAGRAPH_REST, with_class
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled

_WORDS = "zwothers|pinglunbox|sharebox|zwctrls"
_BOX = compiled(with_class("div", _WORDS), re.IGNORECASE)
_TALK = compiled("pinglunbox", re.IGNORECASE)
"""Sentences in such a box are its readers', when they are few, or it says so itself."""
_OF_READERS = compiled("评论|跟帖|回复|网友|热评|点赞|举报|登录")
_REMARK = 12
"""Letters of what somebody remarks; more of them, in a box that says nothing of readers, may be the article's."""
_CLOSING = ("em_media", "res-edit")
LANDMARK = compiled(rf"{with_class('p', '|'.join(_CLOSING))}{PARAGRAPH_REST}", re.IGNORECASE)
"""A paragraph that closes an article."""
_LINK = compiled(r"<a\b[^<>]*+>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a\s*+>", re.IGNORECASE)
_HOLDS = compiled(r"<(?:img|table|video|audio|iframe|embed|object|math)\b", re.IGNORECASE)
_PARAGRAPH = compiled(rf"<p\b[^<>]*+>{PARAGRAPH_REST}", re.IGNORECASE)
_OF_PAGE = compiled("声明|编辑|立场|本[网站]|扫[一码描]|分享")
"""Stands in what a page says under all its articles."""
_SENTENCE = compiled(r"[。！？；]|\w{2}\.(?:\s|\Z)")


def without_boxes(source: str, start: int, end: int) -> str:
    """Give the body from ``start`` to ``end`` without such boxes in it, and without what follows the last of the text.

    Behind a box there may be more of the page, or the rest of the article. Raises Unreadable when a box may hold that.
    """
    box = _BOX.search(source, start, end)
    if box is None:
        return source[start:end]
    is_closed = any(source.rfind(word, start, box.start()) >= 0 for word in _CLOSING)
    if is_closed and not LANDMARK.search(source, box.start(), end):
        return source[start : box.start()]
    pieces: list[str] = []
    while box and (tag := next(tokens(source, box.start(), end), None)):
        pieces.append(source[start : box.start()])
        (_, start), inner = element_span(source, tag, end) or ((tag.start, end), (tag.end, end))
        if LANDMARK.search(source, *inner):  # put round the article's own
            pieces.append(source[box.start() : start])
        elif holds_text(source[slice(*inner)], is_talk=_TALK.search(box[0]) is not None):
            raise Unreadable(UNKNOWN_END)
        box = _BOX.search(source, start, end)
    pieces.append(source[start:end])
    while len(pieces) > 1 and not _is_of_article(pieces[-1]):
        pieces.pop()
    return "".join(pieces)


def announced_end(source: str, start: int) -> int | None:
    """Give where a body ends that nothing but a comment in front of it marks: at the box behind what closes it.

    Raises Unreadable where nothing closes it, and its text may go on behind the first box.
    """
    closing = LANDMARK.search(source, start)
    if closing and (box := _BOX.search(source, closing.end())):
        return box.start()
    boxes = [box.start() for box in _BOX.finditer(source, start)]
    if len(boxes) > 1 and without_boxes(source, boxes[0], boxes[-1]):
        raise Unreadable(UNKNOWN_END)
    return boxes[0] if boxes else None


def _is_of_article(markup: str) -> bool:
    """Tell whether a piece of a page holds more than links, labels and counts: a sentence, a picture or a table."""
    alone = _LINK.sub("", markup)
    return _HOLDS.search(alone) is not None or LANDMARK.search(alone) is not None or _is_prose(alone)


def holds_text(markup: str, is_talk: bool = False) -> bool:
    """Tell whether a box holds text that may be the article's, as when it does not end where it should.

    It is in paragraphs, or in none, as sentences that are not the page's or its readers'.
    """
    said = [p[1] for p in _PARAGRAPH.finditer(markup) if _is_prose(p[1]) and not _OF_PAGE.search(p[1])]
    bare = text_of(_LINK.sub("", without := _PARAGRAPH.sub("", markup)))
    of_readers = _OF_READERS.search(text_of(without)) is not None
    if not is_talk:
        return bool(said) or (_is_prose(bare) and _says_much(bare) and not (_OF_PAGE.search(bare) or of_readers))
    return _says_much(text_of("".join(said))) and not of_readers


def _says_much(text: str) -> bool:
    return sum(map(str.isalpha, text)) > _REMARK


def _is_prose(markup: str) -> bool:
    return _SENTENCE.search(text_of(markup)) is not None
