"""What swallows text that does not belong to it: ``<iframe … />``, raw text that nothing ends, a value's lost quote."""

import re
from bisect import bisect_left

from crawler.body.bare_signs import without_signs
from crawler.body.document import Document
from crawler.markup import RAW_TEXT, WS, Edit, Token, tokens
from crawler.patterns import compiled

_NAMES = "|".join(sorted(RAW_TEXT))
_RAW = compiled(rf"(?:(?<![\"'+])<|<(?=/))(/?)({_NAMES})(?=[{WS}/>])", re.IGNORECASE)
_BLOCK = compiled(
    r"(?<![\"'+\\])</?(?:p|div|table|tr|td|ul|ol|li|h[1-6]|section|center|blockquote|br|img)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
"""Markup of an article; a script's own stands behind a quote."""
_NO_TEXT = frozenset({"script", "style"})
_SENTENCE = compiled(
    r"[ \t\r\u3000]*+(?=[\u3400-\u9fff“《（【0-9][^。！？<>{}=;\n\"'`]{7,}+[。！？])"
    r"(?=[^\u3400-\u9fff]{0,9}+[\u3400-\u9fff]{2})"
)
_NEXT_SENTENCE = compiled(rf"(?<=[;}}\n]){_SENTENCE.pattern}")
"""What no script spells outside of quotes and comments."""
OPEN_VALUE = compiled(
    r"<[a-z][a-z0-9]*+(?:\s++[^\s<>=\"'/]++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s<>=\"']++)|(?!=)))*+"
    r"\s++(?:style|class|align|href|src|target|id|width|height|border)=\"(?![^\"<>]*data:)[^\"<>]*+(?P<end>>)"
    r"[^\"]*<(?:/?(?:p|div|a|span|strong|b|center|td|tr)|br|img)\b",
    re.IGNORECASE,
)
"""Such values hold no markup: the quote is missing, and a browser would swallow what follows up to the next one."""
_LOST_QUOTE = compiled(
    r"<[a-z][a-z0-9]*+(?:\s++[^\s<>=\"'/]++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s<>=\"']++)|(?!=)))*+"
    r"\s++[^\s<>=\"'/]++=(?P<quote>[\"'])[^\"'<>]*+(?P<end>>)",
    re.IGNORECASE,
)
"""A tag to which all that follows belongs, where the quote never comes."""
VALUE_WITH_TAGS = compiled(r'="[^"<>]*>')


def swallowing(document: Document) -> list[Edit]:
    """Values get the quote that they lack, and raw text an end where the article goes on.

    ``<iframe />`` ends at once, as in kramdown; a script or style that nothing ends goes up to the next block or
    sentence, and no style holds a block.
    """
    source = document.source
    if VALUE_WITH_TAGS.search(source) and (values := [m.start("end") for m in OPEN_VALUE.finditer(source)]):
        return [Edit(at, at, '"') for at in values]
    last = document.tokens[-1:]
    if last and last[0].kind == "broken" and (lost := _LOST_QUOTE.match(source, last[0].start)):
        return [Edit(lost.start("end"), lost.start("end"), lost["quote"])]
    if not _RAW.search(source):
        return []
    return _raw_text(without_signs(source, document.bare))


def _raw_text(source: str) -> list[Edit]:
    places: dict[str, list[int]] = {"": [m.start() for m in _BLOCK.finditer(source)]}
    for match in _RAW.finditer(source):
        places.setdefault(match[1] + match[2].lower(), []).append(match.start())

    def following(what: str, place: int) -> int:
        known = places.get(what, [])
        index = bisect_left(known, place)
        return known[index] if index < len(known) else len(source)

    edits, position = list[Edit](), 0
    while tag := next((t for t in tokens(source, position) if t.kind == "start" and t.name in RAW_TEXT), None):
        end, block = following(f"/{tag.name}", tag.end), following("", tag.end)
        closed = source[tag.end - 2] == "/"
        goes_on = block < end and (closed or tag.name == "style" or following(tag.name, tag.end) < end)
        if end < len(source) and not goes_on:
            position = end
            continue
        edits.append(_ended(source, tag, block, closed=closed))
        position = edits[-1].end
    return edits


def _code_end(source: str, start: int, block: int) -> int:
    """Where the code ends that begins there and nothing ends: at the next sentence, at the latest at the block."""
    sentence = _SENTENCE.match(source, start, block) or _NEXT_SENTENCE.search(source, start, block)
    return sentence.end() if sentence and source.find("/*", start, sentence.end()) < 0 else block


def _ended(source: str, tag: Token, block: int, *, closed: bool) -> Edit:
    if tag.name in _NO_TEXT:
        return Edit(tag.start, tag.end if closed else _code_end(source, tag.end, block))
    if tag.name == "plaintext":
        return Edit(tag.start, tag.end)
    return Edit(tag.end - 1 - closed, tag.end, f"></{tag.name}>")
