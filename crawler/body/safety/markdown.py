"""What stands outside every block element, where kramdown reads Markdown: kept from running by a block of its own."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from crawler.body.document import Document
from crawler.body.safety.attributes import rebuilt
from crawler.body.syntax import KRAMDOWN_TAG, SPAN_ELEMENTS
from crawler.markup import Edit, Token
from crawler.patterns import compiled

_RUNS = compiled(r"\{:|\][ \t\r\n]*+[\[(:]|```|~~~|\$\$|\\\\[\[(]")
"""What makes a link, an attribute list, an extension or a definition out of text."""
_OPENER = compiled(
    r"(?:\A|[\r\n])[ ]{0,3}(?:[>#|:^]|[-*+=_][ \t\r\n]|[0-9]+\.[ \t]|--|==|\*[ ]?\*|_[ ]?_)"
    r"|(?:\A|[\r\n])(?:[ ]{4}|[ ]*\t)"
)
_BEFORE_BLOCK = compiled(r"(?:[ \t]*+[\r\n])*+[ ]{0,3}")
_BEFORE_COMMENT = compiled(r"(?:[ \t]*+[\r\n])*+")


class _Run(NamedTuple):
    """A stretch of top-level text and inline elements, ``blank`` when only white space that kramdown minds."""

    start: int
    end: int
    blank: bool
    inline: bool
    blanks: int = 0
    """White space before it: so much of it on a line makes code."""
    before_block: bool = False
    """Whether a block begins on the same line: kramdown shows its tags as text of the paragraph."""

    @property
    def misread(self) -> bool:
        """Whether Jekyll shows a tag, or a picture's markup, to the reader."""
        return self.blank or self.before_block or not self.inline


def _runs(document: Document) -> Iterator[_Run]:
    """The stretches outside block elements that begin or go on as a Markdown paragraph, in a balanced body."""
    source, found = document.source, list(_stretches(document))
    blocks = [(token.start, before) for token, before in _block_starts(document)] if found else []
    for number, run in enumerate(found, 1):
        index = bisect_left(blocks, (run.end,))
        is_next = index < len(blocks) and (number == len(found) or blocks[index][0] < found[number].start)
        yield run._replace(
            before_block=is_next and not _begins_line(source, max(run.end, blocks[index][1]), blocks[index][0])
        )


def _block_starts(document: Document) -> Iterator[tuple[Token, int]]:
    """The tags at the top that begin blocks, and where the token before each ends."""
    before = 0
    for token, depth in document.top:
        if depth == 0 and opens_block(document.source, token):
            yield token, before
        before = token.end


def _stretches(document: Document) -> Iterator[_Run]:
    source = document.source
    start, inline, in_run = 0, True, False
    for token, depth in document.depths():
        if depth == 0 and (token.kind == "comment" or opens_block(source, token)):
            if (run := _run(source, start, token.start, token.kind == "comment", inline)) is not None:
                yield run
            start, inline, in_run = token.end, True, False
        elif depth == 0:
            in_run = True
        elif not in_run:
            start = token.end
        if in_run and token.kind == "start":
            inline = inline and token.name in SPAN_ELEMENTS
    if (run := _run(source, start, len(source), True, inline)) is not None:
        yield run


def _begins_line(source: str, start: int, at: int) -> bool:
    """Whether nothing but blanks, and not so many that they make code, stands before ``at`` on its line."""
    _, line_end, blanks = source[start:at].rpartition("\n")
    return bool(line_end) and not blanks.strip(" ") and len(blanks) < 4


def opens_block(source: str, token: Token) -> bool:
    """Whether kramdown takes a tag at the top for the start of a block."""
    return token.kind == "start" and token.name not in SPAN_ELEMENTS and _is_tag(source[token.start : token.end])


@lru_cache(maxsize=1024)
def _is_tag(spelled: str) -> bool:
    return KRAMDOWN_TAG.fullmatch(spelled) is not None


def _run(source: str, start: int, end: int, before_comment: bool, inline: bool) -> _Run | None:
    text = source[start:end]
    if not text.strip(" \t\r\n\f"):
        at_end = end == len(source)
        allowed = at_end or (_BEFORE_COMMENT if before_comment else _BEFORE_BLOCK).fullmatch(text)
        return None if allowed else _Run(start, end, True, inline)
    blanks = len(text) - len(text.lstrip(" \t\r\n\f"))
    end -= len(text) - len(text.rstrip(" \t\r\n\f"))
    return _Run(start + blanks, end, False, inline, blanks)


def outside_blocks(document: Document) -> list[Edit]:
    """Top-level text that Markdown could make run or show wrongly gets a block of its own."""
    return wrapped(document, wanted=False)


def wrapped(document: Document, *, wanted: bool) -> list[Edit]:
    """The edits that put top-level texts into blocks: where one is dangerous, or, ``wanted``, wherever there is one."""
    source = document.source
    found, unread = list(_runs(document)), _unread(document)
    if not found and not unread:
        return []
    first = min([run.start for run in found] + [tag.start for tag in unread])
    if not (wanted or _RUNS.search(source, first) or any(_opens(source, run) for run in found)):
        # What kramdown does not read as a tag gets its quotes first: blocks are told then.
        found = [] if unread else [run for run in found if run.misread]
        if not found:
            return []
    if strays := _strays(document):
        return strays
    # What kramdown does not read as a tag ends its neighbours early: quotes make it one.
    edits = [Edit(t.start, t.end, rebuilt(document, t)) for t in unread]
    for run in found:
        if run.blank:
            line = source.rfind("\n", run.start, run.end) + 1
            edits.append(Edit(line if run.start < line < run.end else run.start, run.end))
        else:
            name = "p" if run.inline else "div"
            edits += [Edit(run.start, run.start, f"<{name}>"), Edit(run.end, run.end, f"</{name}>")]
    return edits


def _unread(document: Document) -> list[Token]:
    return [t for t in document.starts if not KRAMDOWN_TAG.fullmatch(document.source, t.start, t.end)]


def has_markdown(document: Document) -> bool:
    """Whether kramdown reads any of the body's texts as Markdown: then it matters what they say."""
    return bool(_unread(document)) or next(_runs(document), None) is not None


def _opens(source: str, run: _Run) -> bool:
    return not run.blank and _OPENER.search(source[run.start - run.blanks : run.end]) is not None


def _strays(document: Document) -> list[Edit]:
    """End tags outside every element: they would close the block that the text gets."""
    return [Edit(t.start, t.end) for t, depth in document.top if depth == 0 and t.kind == "end"]
