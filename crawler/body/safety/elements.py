"""Elements that a browser would run, load or lay over the page, odd comments, and a ``<`` that could become a tag."""

from collections.abc import Iterator
from typing import NamedTuple

from crawler.body.bare_signs import could_be_tag, may_stay
from crawler.body.document import Document
from crawler.body.policy import DANGEROUS, DROP_WITH_CONTENT
from crawler.body.syntax import COMMENT
from crawler.markup import Edit, Token
from crawler.patterns import compiled

_CDATA = "<![CDATA["
_SIGN = compiled("<")
_TAG = compiled(r"</?([A-Za-z][A-Za-z0-9]*)")


class Dropped(NamedTuple):
    """A dangerous tag, the number of its token, and the end of what goes with it."""

    tag: Token
    number: int
    end: int


def dropped(document: Document) -> Iterator[Dropped]:
    """The dangerous elements, most with their content, forms and the like without it."""
    toks = document.tokens
    if not any(token.name in DANGEROUS for token in toks):
        return
    ends = _matching_ends(toks)
    cut_to = -1
    for index, token in enumerate(toks):
        if token.start < cut_to or token.name not in DANGEROUS or token.kind == "raw":
            continue
        cut_to = token.end
        if token.kind == "start" and token.name in DROP_WITH_CONTENT:
            following = toks[index + 1] if index + 1 < len(toks) else None
            if following is not None and following.kind == "raw":
                cut_to = following.end
            if index in ends:
                cut_to = toks[ends[index]].end
        yield Dropped(token, index, cut_to)


def dangerous_elements(document: Document) -> list[Edit]:
    """Dangerous elements go."""
    return [Edit(element.tag.start, element.end) for element in dropped(document)]


def _matching_ends(toks: list[Token]) -> dict[int, int]:
    """Index of the end tag that closes each start tag of a DROP_WITH_CONTENT element, counting per name."""
    open_tags: dict[str, list[int]] = {}
    ends = {}
    for index, token in enumerate(toks):
        if token.name in DROP_WITH_CONTENT:
            if token.kind == "start":
                open_tags.setdefault(token.name, []).append(index)
            elif token.kind == "end" and open_tags.get(token.name):
                ends[open_tags[token.name].pop()] = index
    return ends


def odd_comments(document: Document) -> list[Edit]:
    """Comments that readers end at different places, ``<!…>``, ``<?…>``, and a tag that the body's end cuts off.

    Of XML's ``<![CDATA[…]]>`` the text stays.
    """
    source, edits, end = document.source, list[Edit](), 0
    for token in document.tokens:
        if token.kind == "bogus" and source.startswith(_CDATA, token.start):
            edits.append(Edit(token.start, token.start + len(_CDATA)))
            if end <= token.start:
                found = source.find("]]>", token.start)
                end = found + len("]]>") if found >= 0 else len(source)
                edits += [Edit(found, end)] if found >= 0 else []
        elif token.kind in ("bogus", "broken") or (token.kind == "comment" and not _is_plain(source, token)):
            edits.append(Edit(token.start, token.end))
    return edits


def _is_plain(source: str, comment: Token) -> bool:
    """Whether nobody ends the comment elsewhere, and no old browser runs what it holds."""
    if not COMMENT.fullmatch(source, comment.start, comment.end):
        return False
    text = source[comment.start + 4 : comment.end - 3]
    if "]]>" in text:  # ends the CDATA section in which feeds carry the post
        return False
    return "[if" not in text and not ("<" in text and any(m[1].lower() in DANGEROUS for m in _TAG.finditer(text)))


def stray_signs(document: Document) -> list[Edit]:
    """A ``<`` in text that kramdown could read as a tag, or a browser as more than text, is written ``&lt;``."""
    source, bare = document.source, set(document.bare)
    return [
        Edit(at, at + 1, "&lt;")
        for at in signs_in_text(document)
        if (not may_stay(source, at) if at in bare else could_be_tag(source, at))
    ]


def signs_in_text(document: Document) -> list[int]:
    """Where a ``<`` stands outside tags, comments and raw text."""
    source, toks = document.source, document.tokens
    if source.count("<") == len(toks):
        return []
    found = []
    for start, end in zip([0, *(t.end for t in toks)], [*(t.start for t in toks), len(source)], strict=True):
        if end > start:
            found += [m.start() for m in _SIGN.finditer(source, start, end)]
    return found
