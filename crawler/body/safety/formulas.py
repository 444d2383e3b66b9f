"""The text of formulas: the author's own, else what their signs say in a row, once for all forms that a saver kept."""

import html
import re

from crawler.body.document import Document
from crawler.body.safety.elements import Dropped, dropped
from crawler.markup import VOID, Edit, Token, token_at, tokens, values
from crawler.patterns import compiled

_SCRIPT = compiled(r"""<script\b[^<>]*\btype\s*=\s*["']?math/(?P<kind>tex|asciimath|mml)""", re.IGNORECASE)
_FOR_READERS_ALOUD = compiled(r"mjx-assistive-mml|MJX_Assistive|katex-mathml")
"""The element round MathML that stands beside what the page shows."""
_FOLLOWED = compiled(
    r"""(?:\s*+</(?:span|div|nobr)>)*+\s*+<(?:script\b[^<>]*\btype\s*=\s*["']?math/|(?P<set>span\b[^<>]*\bkatex-html))""",
    re.IGNORECASE,
)
"""The same formula as its author wrote it, or as it was set."""
_MADE = compiled(r"<[^<>]*(?:MathJax|mjx|katex)", re.IGNORECASE)
_PREVIEW = compiled(r"<[^<>]*MathJax_Preview")
_NOT_SHOWN = compiled(r"<(?:svg|script|mjx-assistive-mml)\b|<[^<>]*MJX_Assistive")
_MOST = 2000
"""Tokens of a formula that are looked at."""
_INVISIBLE = compiled("[\\s\xa0\u200b\u2061-\u2064\ufeff]+")
_BETWEEN = {"mfrac": "/", "msup": "^", "msub": "_", "msubsup": "_^", "munder": "_", "munderover": "_^", "mroot": "√"}
"""The signs between the parts of those elements of MathML whose parts have places."""
_GROUP = compiled(r"\([^()]*+\)|")
_DEEPEST = 50
"""Elements inside each other; what lies deeper is text in a row."""
_ANNOTATION = compiled(r"<annotation\b[^<>]*>([^<]*+)</annotation")


def formulas(document: Document) -> list[Edit]:
    """Formulas become their text: the author's own, else what their signs say in a row; told twice, it stays once."""
    return [e for element in dropped(document) if element.tag.kind == "start" and (e := _formula(document, element))]


def _formula(document: Document, element: Dropped) -> Edit | None:
    """What stays of a formula: the author's spelling in the place of what was set; None where the element is none.

    Where nothing of it can be told, what was set stays.
    """
    source, tag = document.source, element.tag
    script = _SCRIPT.match(source, tag.start) if tag.name == "script" else None
    if not (tag.name == "math" or script):
        return None
    text = _text(document, element, script["kind"].lower() if script else "mml")
    around = tag if script else _around(document, element)
    if around is None:
        return Edit(tag.start, element.end, text) if text else None
    follows = None if script else _FOLLOWED.match(source, element.end)
    if follows and not follows["set"]:
        return Edit(tag.start, element.end)
    if follows:
        as_set = token_at(source, follows.start("set") - 1, len(source))
        end = document.end(as_set) if as_set and text else None
        between = source[element.end : follows.start("set") - 1]
        return Edit(tag.start, end.end, text + between) if end else Edit(tag.start, element.end)
    if shown := _shown_before(document, element.number - (around is not tag)):
        return Edit(shown.start if text else tag.start, element.end, text and source[around.start : tag.start] + text)
    return Edit(tag.start, element.end, text) if text else None


def _text(document: Document, element: Dropped, kind: str) -> str:
    source, tag = document.source, element.tag
    inner = source[tag.end : element.end]
    if kind != "mml":
        return html.escape(inner.partition("</")[0].strip(), quote=False)
    told = values(source, tag).get("alttext", "").strip()
    if not told and (annotation := _ANNOTATION.search(inner)):
        told = annotation[1].strip()
    return (told or _in_a_row(inner.removesuffix("</script>"))).replace("<", "&lt;")


def _around(document: Document, element: Dropped) -> Token | None:
    """The tag directly before, of an element for MathML that stands beside what is shown."""
    around = document.tokens[element.number - 1] if element.number else None
    is_one = around is not None and around.kind == "start" and _FOR_READERS_ALOUD.search(document.source, *around[1:3])
    return around if is_one else None


def _shown_before(document: Document, number: int) -> Token | None:
    """The element directly before a token, where it is a formula as a program set it, and shows any text."""
    source, toks, depth = document.source, document.tokens, 0
    for index in range(number - 1, max(-1, number - _MOST), -1):
        token = toks[index]
        if not depth and source[token.end : toks[index + 1].start].strip():
            return None
        if token.kind == "end":
            depth += 1
        elif token.kind == "start" and token.name not in VOID:
            depth -= 1
            if depth < 0:
                return None
            if not depth and not _PREVIEW.match(source, token.start):
                is_made = token.name == "nobr" or _MADE.match(source, token.start) is not None
                return token if is_made and _shows(document, index, number) else None
    return None


def _shows(document: Document, first: int, last: int) -> bool:
    """Whether there is text between two tokens, outside of pictures and of what is read aloud."""
    source, toks, hidden, depth = document.source, document.tokens, "", 0
    for token, following in zip(toks[first:last], toks[first + 1 : last + 1], strict=False):
        if hidden:
            depth += (token.name == hidden) * ((token.kind == "start") - (token.kind == "end"))
            hidden = hidden if depth else ""
        elif token.kind == "start" and _NOT_SHOWN.match(source, token.start):
            hidden, depth = token.name, 1
        if not hidden and _INVISIBLE.sub("", html.unescape(source[token.end : following.start])):
            return True
    return False


def _in_a_row(markup: str) -> str:
    """The text of MathML, with a sign for what it says by a place: ``(x/y)``, ``x^2``, ``√(x+1)``."""
    opened: list[tuple[str, list[str]]] = [("", [])]
    position = 0
    for token in tokens(markup):
        opened[-1][1].extend(filter(None, [markup[position : token.start].strip()]))
        position = token.end
        if token.kind == "start" and len(opened) < _DEEPEST and markup[token.end - 2] != "/":
            opened.append((token.name, []))
        elif token.kind == "end" and token.name == opened[-1][0]:
            parts = opened.pop()
            opened[-1][1].append(_placed(*parts))
    return "".join([*(part for _, parts in opened for part in parts), markup[position:].strip()])


def _placed(name: str, parts: list[str]) -> str:
    if name == "annotation-xml":  # which says the same once more
        return ""
    if name == "msqrt":
        name, parts = "mroot", ["".join(parts), ""]
    between = _BETWEEN.get(name, "")
    if len(parts) != len(between) + 1 or not between:
        return "".join(parts)
    parts = list(map(grouped, parts))
    if name == "mroot":
        return f"{parts[1]}√{parts[0]}"
    row = "".join(sign + part for sign, part in zip(["", *between], parts, strict=True))
    return f"({row})" if name == "mfrac" else row


def grouped(part: str) -> str:
    """A part of a formula as it stands beside a sign: in brackets, but for a name or a number."""
    return part if part.isalnum() or _GROUP.fullmatch(part) else f"({part})"
