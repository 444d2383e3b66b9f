"""Undo what kramdown did to a post's body and digest, as far as it can be undone (domain-facts 11.2)."""

import re
from collections.abc import Iterator

from crawler.markup import VOID, WS, Edit, Token, apply, attributes
from crawler.patterns import compiled
from crawler.regular_markup import tokens_of

_INLINE = {"em": "*", "strong": "**", "code": "`"}
_TEXT = compiled(r"<[^<>]*+>")
_AS_WRITTEN = compiled(rf"""<[a-z][a-z0-9]*+(?:[{WS}]++[^{WS}"'<>/=&]++="[^"]*+")*+[{WS}]*+/?>""")
"""A tag whose values all have quotes: most are so, and every ``&amp;`` in one stands in a value."""
_BLANKS = r"(?:(?<!\s)\s++)?"
"""Blanks in front of something, from where they begin."""
_BLOCKS = compiled(rf"{_BLANKS}</?(?:p|table|tbody|tr|td|blockquote)>\s*+")
_NUMBERED, _LISTED = (compiled(rf"{_BLANKS}<{name}>\s*+<li>\s*+") for name in ("ol", "ul"))
_LIST_ENDS = compiled(rf"{_BLANKS}</(?:li|ol|ul)>\s*+")
_LONGEST = 2000
"""Characters of a digest whose sentences are looked for in the body, one by one."""
_SPELLINGS = {
    "“": '["“]', "”": '["”]', "‘": "['‘]", "’": "['’]", "–": "(?:–|--)", "—": "(?:—|---)", "…": r"(?:…|\.\.\.)",
}  # fmt: skip
"""How what kramdown sets may have been spelled, as patterns."""


def body(html: str) -> str:
    """The body as the source had it: no newline between top-level blocks, raw ``&`` in attributes.

    What kramdown writes always, and browsers and savers leave out, comes back: quotes, the slash of ``<br />``.
    """
    edits, depth, last = [], 0, 0
    for token in tokens_of(html, None, plain=True):
        kind, start, end, name = token
        if depth == 0 and html[last:start] == "\n":
            edits.append(Edit(last, start))
        last = end
        if kind == "start":
            depth += name not in VOID
            edits += _values(html, token)
            if name in VOID and html[end - 2] != "/":
                edits.append(Edit(end - 1, end, " />"))
        elif kind == "end":
            depth = max(0, depth - 1)
        elif depth == 0 and html.startswith("<p>", start):
            edits.append(Edit(start, end, html[start:end].replace("</p>\n<p>", "</p><p>")))
    return apply(html, edits)


def _values(html: str, tag: Token) -> Iterator[Edit]:
    """The edits that give a tag's values their quotes and ampersands back."""
    if _AS_WRITTEN.fullmatch(html, tag.start, tag.end):
        at = html.find("&amp;", tag.start, tag.end)
        while at >= 0:
            yield Edit(at, at + 5, "&")
            at = html.find("&amp;", at + 5, tag.end)
        return
    for a in attributes(html, tag):
        bare = "" if html[a.value_span[1]] in "\"'" else '"'
        if bare or "&amp;" in a.value:
            equals = "" if "=" in html[slice(*a.span)] else "="
            yield Edit(*a.value_span, f"{equals}{bare}{a.value.replace('&amp;', '&')}{bare}")


def digest(html: str, original: str = "") -> str:
    """The plain text of a ``<blockquote>``; ``original``: HTML that may hold the same words in their own spelling.

    kramdown sets quotes, dashes and dots; where the article's own body has the same sentence, its spelling is taken.
    """
    text = html.strip()
    for name, mark in _INLINE.items():
        text = re.sub(rf"</?{name}>", mark, text)
    text = re.sub(r"</td>\s*<td>", " | ", text)
    text = _BLOCKS.sub("", text)
    text = _LISTED.sub("- ", _NUMBERED.sub("1. ", text))
    text = _TEXT.sub("", _LIST_ENDS.sub("", text)).strip()
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _straight(_respell(text, _TEXT.sub("", original).replace("&amp;", "&")))


def _straight(text: str) -> str:
    """A closing quote that nothing opened was an ASCII one: after a Chinese character kramdown only closes."""
    depth, out = 0, []
    for char in text:
        if char == "”" and depth == 0:
            out.append('"')
            continue
        depth += (char == "“") - (char == "”")
        out.append(char)
    return "".join(out)


def _respell(text: str, original: str) -> str:
    """``text`` in the spelling of ``original``, sentence by sentence, where the same sentence stands there once."""
    if len(text) > _LONGEST:
        return text
    pieces = re.split(r"(?<=[。！？；])", text)
    for number, piece in enumerate(pieces):
        if _SPELLINGS.keys().isdisjoint(piece):
            continue
        pattern = "".join(_SPELLINGS.get(char, re.escape(char)) for char in piece)
        found = {match[0] for match in re.finditer(pattern, original)}
        if len(found) == 1:
            pieces[number] = found.pop()
    return "".join(pieces)
