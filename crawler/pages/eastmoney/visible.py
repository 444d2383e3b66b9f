"""A quick look at a page: finds elements in the source without parsing it, and doubts itself where it could be fooled.

What fools a search in HTML source are comments, raw text (scripts, styles, titles), attribute values and tags that lack
their ends. ``Visible`` steps over the first two and raises ``Doubt`` at the first sign of the others; who catches it
asks ``parsed.Parsed``, which gives the same answers, slowly.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from crawler.markup import ORDINARY, TABLE_PARTS, WHOLE_ATTRIBUTES, WS, Span, Token, lower, tokens, values, whole_tags

_RAW = "script|style|textarea|title|iframe|noembed|noframes|noscript|xmp"  # scripts are on
_STRANGE = "template|select|plaintext|frameset|svg|math|body|html"
# The same with table cells and other elements that keep an end tag from closing what is around them, in a form that the
# regex engine leaves early.
_SHAPING = (
    "s(?:cript|tyle|elect|vg)|t(?:extarea|itle|emplate|able|d|h)|iframe|no(?:embed|frames|script)|xmp|plaintext|frameset"
    "|ma(?:th|rquee)|b(?:ody|utton)|html|caption|object|applet"
)
_RAW_NAMES = frozenset(_RAW.split("|"))
_STRANGE_NAMES = frozenset(_STRANGE.split("|"))
_HIDING = re.compile(
    rf"""<(?=[!stinxpfSTINXPF])(?:
      !--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+-->
    | (?P<raw>{_RAW})(?=[\s/>])(?:[^<>"'=]++|=(?:"[^"<>]*+")?)*+>   # quotes only after an equals sign
      (?P<text>[^<]*+(?:<(?!/(?P=raw)[\s/>]|!--)[^<]*+)*+)</(?P=raw)\s*+>
    | (?P<doubt>!--|(?:{_RAW}|plaintext|frameset|template)(?=[\s/>]))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MAYBE_HIDING = re.compile("<[!sStTiInNxXpPfF][-cCtTeEiIfFoOmMlLrR]")
"""What every match of the above begins with: a third of its time for those many tags that begin with none."""
_VALUE_STARTS = frozenset("\"'= \t\n\r\f")
_VALUE_ENDS = frozenset("\"'> \t\n\r\f")
_CLASS_NAMES = re.compile(r"[^\t\n\f\r ]+")
_SHORT = 40  # characters of an element that may show nothing
_WINDOW = 32  # more blanks than this between an equals sign and its quote are doubtful in themselves


class Doubt(Exception):
    """The quick look cannot be sure of what a browser would see."""


class Selector(NamedTuple):
    """The first element called ``name`` (any if "") whose attribute ``key`` is ``value`` (a class: has it)."""

    name: str
    key: str = ""
    value: str = ""


class Element(NamedTuple):
    """Where an element stands in the source; ``closed`` is False when only the end of the page ends it."""

    tag: Token
    inner: Span
    closed: bool = True
    whole: bool = False
    """Whether all markup in it was seen to be of whole tags, whose quotes end where they should."""


def selects(selector: Selector, source: str, tag: Token) -> bool:
    """Tell whether a start tag is one that the selector means."""
    if selector.name and tag.name != selector.name:
        return False
    if not selector.key:
        return True
    found = values(source, tag).get(selector.key)
    if found is None or selector.key != "class":
        return found == selector.value
    return selector.value in _CLASS_NAMES.findall(found)


@cache
def _mention(selector: Selector) -> re.Pattern[str]:
    """Match the beginning of such an element's tag."""
    return re.compile(rf"<{selector.name}(?=[\s/>])", re.IGNORECASE)


@cache
def _structure(name: str, *, any_case: bool) -> re.Pattern[str]:
    """Match what matters for where an element called ``name`` ends; in lower case, the first tag that is not, too."""
    pattern = rf"<(?:(/)?({name}|{_SHAPING})(?=[\s/>])|!--"
    return re.compile(rf"{pattern})", re.IGNORECASE) if any_case else re.compile(rf"{pattern}|/?(?P<upper>[A-Z]))")


_TEXT = "[^<]*+"
_SIMPLE = whole_tags(ORDINARY)
_IN_TABLE = whole_tags(f"{ORDINARY}|{TABLE_PARTS}")
_TABLE = rf"table{WHOLE_ATTRIBUTES}>(?:{_TEXT}<(?:{_IN_TABLE}))*+{_TEXT}</table{WHOLE_ATTRIBUTES}>"
PROSE = rf"{_TEXT}(?:<(?:{_SIMPLE}|{_TABLE}){_TEXT})*+"
"""A pattern of text, whole tags of prose, whole tables and plain comments."""


@cache
def _plain(name: str) -> re.Pattern[str]:
    """Match the content of an element called ``name`` that nobody can read in two ways, to where that ends.

    It holds whole tags of elements that keep no end tag from closing what is around them, whole tables, plain comments,
    and elements of its own name, two deep.
    """
    content = PROSE
    for _ in range(2):
        inner = rf"{name}{WHOLE_ATTRIBUTES}>{content}</{name}{WHOLE_ATTRIBUTES}>"
        content = rf"{_TEXT}(?:<(?:{_SIMPLE}|{_TABLE}|{inner}){_TEXT})*+"
    return re.compile(rf"{content}(?=</{name}[{WS}>])")


class Visible:
    """The source of a page, and the parts of it that hold no markup, found as far as anybody looked."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.limit = len(source)
        """Elements that begin behind it are not looked for."""
        self._starts: list[int] = []
        self._ends: list[int] = [0]
        self._hidden: list[re.Match[str]] = []
        self._next = self._hiding(0)
        self._sure = 0
        self._known: dict[Selector, Element | None] = {}

    def shown(self, selector: Selector) -> Element | None:
        """Find the first element that the selector means; doubt that it is the one a reader sees when it is odd."""
        element = self.first(selector)
        if element is not None:
            start, end = element.inner
            given = values(self.source, element.tag)
            if end - start < _SHORT or "hidden" in given or "display" in given.get("style", "").lower():
                raise Doubt
        return element

    def first(self, selector: Selector) -> Element | None:
        """Find the first element that the selector means."""
        if selector not in self._known:
            self._known[selector] = self._find(selector)
        return self._known[selector]

    def last(self, selector: Selector, before: int) -> Element | None:
        """Find the last element that the selector, one with a value, means and that begins before a place."""
        source, word = self.source, selector.value
        position, seen = source.rfind(word, 0, before), before
        while position >= 0:
            # A tag is asked once, however often it names what is looked for.
            if position < seen and self._is_word(position, word):
                element, seen = self._named_at(position, 0, selector)
                if element is not None:
                    return element
            position = source.rfind(word, 0, position)
        return None

    def _find(self, selector: Selector) -> Element | None:
        seen = 0
        for position in self._mentions(selector):
            element, _ = self._named_at(position, seen, selector)
            if element is not None:
                return element
            seen = position + 1
        return None

    def _named_at(self, position: int, floor: int, selector: Selector) -> tuple[Element | None, int]:
        """Give the element that is named at a place, and where its tag would begin; a tag begins behind ``floor``."""
        if self._after_hidden(position) > position:
            hidden = self._hidden[bisect_right(self._starts, position) - 1]
            if hidden.start() == position and hidden["raw"]:
                return Element(next(tokens(self.source, position)), hidden.span("text")), position
            return None, hidden.start()
        floor = max(floor, self._ends[bisect_right(self._starts, position)])
        start = self.source.rfind("<", floor, position + 1)
        tag = self._tag_at(start, selector.name) if start >= 0 else None
        if tag is not None and tag.end > position and selects(selector, self.source, tag):
            return self._element(tag), start
        return None, position if start < 0 else start

    def _mentions(self, selector: Selector) -> Iterator[int]:
        """Give the places where such an element may be named; a plain find is several times as fast as a pattern."""
        if not selector.key:
            yield from (mention.start() for mention in _mention(selector).finditer(self.source, 0, self.limit))
            return
        word = selector.value
        position = self.source.find(word, 0, self.limit)
        while position >= 0:
            if self._is_word(position, word):
                yield position
            position = self.source.find(word, position + 1, self.limit)

    def _is_word(self, position: int, word: str) -> bool:
        """Tell whether what stands there is a whole word of an attribute's value."""
        end = position + len(word)
        return self.source[position - 1] in _VALUE_STARTS and self.source[end : end + 1] in _VALUE_ENDS

    def comment(self, word: str) -> Span | None:
        """Find the first comment that holds ``word``."""
        position = self.source.find(word)
        while position >= 0:
            after = self._after_hidden(position)
            start = self._starts[bisect_right(self._starts, position) - 1] if after > position else position
            if self.source.startswith("<!--", start):
                return start, after
            position = self.source.find(word, max(after, position + 1))
        return None

    def _after_hidden(self, position: int) -> int:
        """Give the position itself, or the end of the hidden part that it lies in."""
        while self._next and self._next.start() <= position:
            hidden = self._next
            self._check(hidden.start())
            self._starts.append(hidden.start())
            self._ends.append(self._after(hidden))
            self._hidden.append(hidden)
            self._next = self._hiding(hidden.end())
        index = bisect_right(self._starts, position)
        return max(position, self._ends[index])

    def _hiding(self, position: int) -> re.Match[str] | None:
        """Find the next hidden part."""
        while maybe := _MAYBE_HIDING.search(self.source, position):
            if hidden := _HIDING.match(self.source, maybe.start()):
                return hidden
            position = maybe.end()
        return None

    def _after(self, hidden: re.Match[str] | None) -> int:
        """Give the end of a comment or raw-text element, which is a place between tags for sure."""
        if hidden is None or hidden["doubt"]:
            raise Doubt
        self._sure = hidden.end()
        return self._sure

    def _check(self, start: int) -> None:
        """Doubt that ``start`` begins markup when it may lie inside a tag or an attribute value.

        An open value would have its quote, after ``=``, as the last quote of its kind; an open tag would show as ``<``
        or a quote after the last ``>``.
        """
        source, floor = self.source, self._sure
        if floor > start:
            floor = self._ends[bisect_right(self._starts, start - 1)]
        gap = source[max(floor, source.rfind(">", floor, start) + 1) : start]
        if gap and not gap.isspace() and ("<" in gap or '"' in gap or "'" in gap):
            raise Doubt
        for quote in "\"'":
            last = source.rfind(quote, floor, start)
            if last < 0 or (last > floor and source[last - 1] != "=" and not source[last - 1].isspace()):
                continue
            if source[max(floor, last - _WINDOW) : last].rstrip()[-1:] in ("", "="):
                raise Doubt
        self._sure = start  # what lies before it is looked at once: the time is linear, whatever the page

    def _tag_at(self, start: int, name: str) -> Token | None:
        """Give the start tag called ``name`` that begins at ``start``."""
        self._check(start)
        if name and lower(self.source[start + 1 : start + 1 + len(name)]) != name:
            return None
        tag = next(tokens(self.source, start), None)
        return tag if tag is not None and tag.start == start and tag.kind == "start" else None

    def _element(self, tag: Token) -> Element:
        """Give the element that ``tag`` begins."""
        if plain := _plain(tag.name).match(self.source, tag.end):
            self._sure = plain.end()
            return Element(tag, plain.span(), whole=True)
        return Element(tag, (tag.end, self._end(tag)))

    def _end(self, tag: Token, *, any_case: bool = False) -> int:
        """Find the end of the content of the element that ``tag`` begins."""
        source, pattern, position = self.source, _structure(tag.name, any_case=any_case), tag.end
        opened: list[str] = []
        self._sure = position
        while match := pattern.search(source, position):
            if match.lastgroup == "upper":
                return self._end(tag, any_case=True)
            self._check(match.start())
            name, position = lower(match[2] or ""), match.end()
            if not name or (name in _RAW_NAMES and not match[1]):
                position = self._after(_HIDING.match(source, match.start()))
            elif name in _STRANGE_NAMES:
                raise Doubt
            elif not match[1]:
                opened.append(name)
            elif opened and opened[-1] == name:
                opened.pop()
            elif opened or name != tag.name:
                raise Doubt
            else:
                return match.start()
        raise Doubt
