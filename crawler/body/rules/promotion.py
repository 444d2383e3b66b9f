"""Advertisements by their classes and hosts, with the paragraphs that hold nothing else."""

import re
from collections.abc import Iterator

from crawler.body.document import Document, says, text_of
from crawler.body.policy import decode_attribute
from crawler.body.rule import TagRule
from crawler.body.syntax import words
from crawler.markup import Edit, Token, disjoint
from crawler.patterns import compiled

CLASSES = words("em_xuangu em_handle_adv_close em_handle_adv toplink zwothers ad_context adsbygoogle") | {
    f"ad_context{number}" for number in range(1, 5)
}
"""Classes of advertisements, and their ids."""

HOSTS = compiled(r"(?:https?:)?//acttg\.eastmoney\.com(?:[/?#:]|\Z)", re.IGNORECASE)
"""Links to these are advertisements."""

_CLOSING = "em_media"
_STOPS, _MOST_SENTENCES, _SAMPLE = compiled("[。！？]"), 3, 4000
_ASKS = compiled(r"\W*+(?:请|去?点|戳|立即|马上|一键|下载|打开|查看|进入|领|开户)")
"""How the text of an advertisement begins that is no word of a sentence."""


class _Promotion(TagRule):
    """Cuts elements; a paragraph that held nothing else goes with them."""

    def edits(self, document: Document) -> list[Edit]:
        return _with_emptied_paragraphs(document, disjoint(super().edits(document)))


def _promotion(document: Document, tag: Token) -> Iterator[Edit]:
    held = document.values(tag)
    has_class = not CLASSES.isdisjoint(f"{held.get('class', '')} {held.get('id', '')}".split())
    is_meant = has_class or (tag.name == "a" and HOSTS.match(decode_attribute(held.get("href", "")).strip()))
    if is_meant and (end := document.end(tag)) is not None and not _holds_article(document.source, tag.end, end.start):
        may_be_word = not (has_class or _ASKS.match(text_of(document.source[tag.end : end.start])))
        if tag.name == "a" and _is_in_a_sentence(document.source, tag.start, end.end, may_be_word):
            yield from (Edit(tag.start, tag.end), Edit(end.start, end.end))
        else:
            yield Edit(tag.start, end.end)


def _holds_article(source: str, start: int, end: int) -> bool:
    """Whether more is in it than an advertisement says, as where nothing ended it in the source."""
    if source.find(_CLOSING, start, end) >= 0:
        return True
    return len(_STOPS.findall(text_of(source[start : min(end, start + _SAMPLE)]))) > _MOST_SENTENCES


def _is_in_a_sentence(source: str, start: int, end: int, may_be_word: bool) -> bool:
    """Whether it is a part of one, and so says something of what is advertised.

    It begins a clause that goes on behind it; or it is a word, where nothing but its address is an advertisement's.
    """
    before, behind = source[start - 1 : start], source[end : end + 1]
    if may_be_word and before.isalnum():
        return behind.isalnum() or behind in tuple("，、。；")
    return before in tuple("，、：") and behind.isalnum()


def _with_emptied_paragraphs(document: Document, edits: list[Edit]) -> list[Edit]:
    source, result, index = document.source, list(edits), 0
    for _, span, (start, end) in document.paragraphs if edits else ():
        while index < len(edits) and edits[index].start < start:
            index += 1
        pieces, position, first = [], start, index
        while index < len(edits) and edits[index].end <= end:
            pieces.append(source[position : edits[index].start])
            position, index = edits[index].end, index + 1
        if index > first and not says("".join([*pieces, source[position:end]])):
            result.append(Edit(*span))
    return disjoint(result)


PROMOTION = _Promotion(
    "promotion",
    "advertisements and links to them",
    (
        ('<p><a href="//acttg.eastmoney.com/x">y</a></p><p>z</p>', "<p>z</p>"),
        ('<p>a<a class="b toplink">x</a></p>', "<p>a</p>"),
        ('<p>a</p><div class="ad_context1"></div><div id="ad_context4"><br></div>', "<p>a</p>"),
        ('<p>a，<a href="//acttg.eastmoney.com/x">y</a>b</p>', "<p>a，yb</p>"),
    ),
    _promotion,
    ("class", "href", "id"),
)
