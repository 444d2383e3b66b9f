"""What stands in a body but is not the article: fillers, quote placeholders, comments, advertisements."""

import re
from collections.abc import Callable
from typing import TypeAlias

from crawler.body.context import Context
from crawler.body.edits.markdown import between_blocks
from crawler.body.edits.notices import PARAGRAPH, says_of
from crawler.body.policy import decode_attribute
from crawler.body.syntax import words
from crawler.markup import VOID, Edit, Token

PROMOTION_CLASSES = words("em_xuangu em_handle_adv_close em_handle_adv toplink zwothers ad_context3 ad_context")
"""Classes of advertisements."""

PROMOTION_MARKS = ("em_xuangu", "em_handle_adv", "toplink", "zwothers", "ad_context", "acttg.")

PROMOTION_HOSTS = re.compile(r"(?:https?:)?//acttg\.eastmoney\.com(?:[/?#:]|\Z)", re.IGNORECASE)
"""Links to these are advertisements."""

_FIGURES = r"(?:[-+0-9.,:%()|/\s，：（）↑↓▲▼]|&nbsp;|行情|专区|股吧|诊股|停牌|退市|未上市)*+"
_IN_QUOTE = rf"{_FIGURES}(?:<(?P<inner>a|b|em|font|i|span)(?:\s[^<>]*+)?>{_FIGURES}</(?P=inner)>{_FIGURES})*+"
_QUOTE = re.compile(
    rf"""<span\ id=(["']?)(?:bk)?quote_[^"'<>\s]*+\1\s*+>
    {_FIGURES}(?:<(?P<outer>a|b|em|font|i|span)(?:\s[^<>]*+)?>{_IN_QUOTE}</(?P=outer)>{_FIGURES})*+</span\s*+>""",
    re.IGNORECASE | re.VERBOSE,
)
_KEPT_COMMENT = re.compile(r"<!--\s*EM_StockImg_(?:Start|End)\s*-->", re.IGNORECASE)
OTHER_COMMENT = re.compile(r"<!--(?!\s*EM_StockImg_(?:Start|End)\s*-->)", re.IGNORECASE)
"""Where a comment begins that is none of the pair round a stock picture."""
_HIDDEN = re.compile(r"(?:\A|;)\s*display\s*:\s*none", re.IGNORECASE)

_Wanted: TypeAlias = Callable[[str, Token, Context], bool]


def quotes(source: str, _context: Context) -> list[Edit]:
    """Placeholders of stock quotes, which a script of the source fills with the figures of the moment, and links."""
    return [Edit(m.start(), m.end()) for m in _QUOTE.finditer(source)]


def comments(source: str, context: Context) -> list[Edit]:
    """Comments, but for the pair round a stock picture."""
    if not OTHER_COMMENT.search(source):
        return []
    return [
        Edit(t.start, t.end)
        for t in context.tokens(source)
        if t.kind == "comment" and not _KEPT_COMMENT.fullmatch(source, t.start, t.end)
    ]


def hidden(source: str, context: Context) -> list[Edit]:
    """Elements that are not displayed: the fillers before stock pictures, and whatever else a reader never saw."""
    return _elements(source, context, _is_hidden)


def promotion(source: str, context: Context) -> list[Edit]:
    """Advertisements and links to them; a paragraph that held nothing else goes with them."""
    return _with_emptied_paragraphs(source, _elements(source, context, _is_promotion))


def _is_hidden(source: str, tag: Token, context: Context) -> bool:
    held = {a.name: a.value for a in context.attributes(source, tag)}
    return _HIDDEN.search(decode_attribute(held.get("style", ""))) is not None or "hidden" in held


def _is_promotion(source: str, tag: Token, context: Context) -> bool:
    held = {a.name: a.value for a in context.attributes(source, tag)}
    if not PROMOTION_CLASSES.isdisjoint(held.get("class", "").split()):
        return True
    return tag.name == "a" and PROMOTION_HOSTS.match(decode_attribute(held.get("href", "")).strip()) is not None


def _elements(source: str, context: Context, wanted: _Wanted) -> list[Edit]:
    """The outermost elements that are wanted gone, with all they hold."""
    edits: list[Edit] = []
    stack: list[tuple[str, int]] = []
    cut = -1
    for token in context.tokens(source):
        if token.kind == "start":
            gone = cut < 0 and wanted(source, token, context)
            if token.name in VOID:
                if gone:
                    edits.append(Edit(token.start, token.end))
                continue
            if gone:
                cut = len(stack)
            stack.append((token.name, token.start))
        elif token.kind == "end" and stack and stack[-1][0] == token.name:
            _, start = stack.pop()
            if len(stack) == cut:
                edits.append(Edit(start, token.end))
                cut = -1
    return edits


def _with_emptied_paragraphs(source: str, edits: list[Edit]) -> list[Edit]:
    if not edits:
        return []
    edits = sorted(edits)
    result, index = list(edits), 0
    for match in PARAGRAPH.finditer(source):
        while index < len(edits) and edits[index].start < match.start(3):
            index += 1
        pieces, position, first = [], match.start(3), index
        while index < len(edits) and edits[index].end <= match.end(3):
            pieces.append(source[position : edits[index].start])
            position, index = edits[index].end, index + 1
        if index > first and not says_of("".join([*pieces, source[position : match.end(3)]])):
            result.append(Edit(match.start(), match.end()))
    return result


def blanks(source: str, context: Context) -> list[Edit]:
    """White space between blocks: before a comment it makes kramdown print the picture's markup as text."""
    return between_blocks(source, context)
