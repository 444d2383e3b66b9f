"""The slow, sure look at a page: lxml says which element it is and what is in it, the tokenizer where it stands.

The source is never serialised back: of all places where the element could end, the one is taken whose piece of source,
parsed on its own, gives what the parser found in the page.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

from lxml import etree, html

from crawler.markup import Span, Token, tokens
from crawler.pages.eastmoney.visible import Element, Selector, selects
from crawler.pages.unreadable import Unreadable

_BLANKS = re.compile(r"\s+")
_DOCTYPE = re.compile(r"<!doctype\s", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NOT_XML = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def documents(source: str) -> list[str]:
    """Split a file where another page begins in it: of several pages one behind the other each is given."""
    starts = [0]
    begun = False
    for token in tokens(source):
        is_type = token.kind == "bogus" and _DOCTYPE.match(source, token.start) is not None
        is_root = token.kind == "start" and token.name == "html"
        if begun and (is_type or is_root):
            starts.append(token.start)
        begun = is_root or (begun and not is_type)
    return [source[start:end] for start, end in pairwise([*starts, len(source)])]


def _tree(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring((_NOT_XML.sub(" ", source) or " ").encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("not an article: no markup") from error


def _text(node: html.HtmlElement) -> str:
    """Give the text of an element as one word."""
    return _BLANKS.sub("", etree.tostring(node, method="text", encoding="unicode", with_tail=False))


def _size(node: html.HtmlElement) -> int:
    return sum(1 for _ in node.iterdescendants())


def _is_unused(node: html.HtmlElement) -> bool:
    return any(around.tag in ("template", "noscript") for around in node.iterancestors())


def _is_hidden(node: html.HtmlElement) -> bool:
    return any(
        "hidden" in around.attrib or _HIDDEN.search(around.get("style", "")) for around in (node, *node.iterancestors())
    )


class Parsed:
    """The same questions as ``Visible`` answers, asked of the parsed page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.limit = len(source)
        """Elements that begin behind it are not looked for."""
        self._known: dict[Selector, Element | None] = {}

    @cached_property
    def _root(self) -> html.HtmlElement:
        return _tree(self.source)

    @cached_property
    def _tokens(self) -> list[Token]:
        return list(tokens(self.source))

    def first(self, selector: Selector) -> Element | None:
        """Find the first element that the selector means."""
        if selector not in self._known:
            self._known[selector] = self._find(selector)
        return self._known[selector]

    def last(self, selector: Selector, before: int) -> Element | None:
        """Find the last element that the selector means and that begins before a place."""
        found = [(number, tag, node) for number, tag, node in self._all(selector) if tag.start < before]
        return self._element(*found[-1]) if found else None

    def shown(self, selector: Selector) -> Element | None:
        """Find the element that a reader sees, of several that the selector means."""
        found = self._all(selector)
        seen = [(number, tag, node) for number, tag, node in found if not _is_hidden(node)] or found
        chosen = next((one for one in seen if _text(one[2]) or one[2].find(".//img") is not None), None)
        return self._element(*chosen) if chosen else self.first(selector)

    def _find(self, selector: Selector) -> Element | None:
        for number, tag, node in self._all(selector)[:1]:
            return self._element(number, tag, node) if tag.start < self.limit else None
        return None

    def _all(self, selector: Selector) -> list[tuple[int, Token, html.HtmlElement]]:
        """All elements that the selector means, but for those in a template, or for readers without scripts."""
        test = ""
        if selector.key == "class":
            test = "[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $value, ' '))]"
        elif selector.key:
            test = f"[@{selector.key} = $value]"
        nodes = self._root.xpath(f"//{selector.name or '*'}{test}", value=selector.value)
        tags = [
            (number, tag)
            for number, tag in enumerate(self._tokens)
            if tag.kind == "start" and selects(selector, self.source, tag)
        ]
        alike = len(tags) == len(nodes)  # else only the first are surely the same
        pairs = zip(tags, nodes, strict=True) if alike else zip(tags[:1], nodes[:1], strict=False)
        return [(number, tag, node) for (number, tag), node in pairs if not _is_unused(node)]

    def comment(self, word: str) -> Span | None:
        """Find the first comment that holds ``word``."""
        for token in self._tokens:
            if token.kind == "comment" and word in self.source[token.start : token.end]:
                return token.start, token.end
        return None

    def _element(self, number: int, tag: Token, node: html.HtmlElement) -> Element:
        """Find where the element that token ``number`` begins ends, judged by what the parser found in it."""
        wanted, size = _text(node), _size(node)
        ends = [t.start for t in self._tokens[number + 1 :] if t.kind == "end" and t.name == tag.name]
        ends.append(len(self.source))

        @_remembered
        def piece(index: int) -> tuple[int, int]:
            inner = self.source[tag.end : ends[index]]
            parsed = _tree(f"<{tag.name}>{inner}</{tag.name}>").find(f".//{tag.name}")
            if parsed is None:
                return 0, 0
            text = _text(parsed)
            return (len(text), _size(parsed)) if len(text) != len(wanted) or text == wanted else (len(text) + 1, 0)

        target = (len(wanted), size)
        guess = self._balanced_end(number, tag)
        if guess in ends and piece(ends.index(guess)) == target:
            return Element(tag, (tag.end, guess), guess != ends[-1])
        index = bisect_left(range(len(ends)), target, key=piece)
        if index < len(ends) and piece(index) == target:
            return Element(tag, (tag.end, ends[index]), self._depth(number, tag, ends[index]) < 1)
        raise Unreadable("broken markup: where the body ends cannot be told")

    def _depth(self, number: int, tag: Token, end: int) -> int:
        """How many elements of this name are open behind the end tag at ``end``, the one in question among them."""
        inside = [t for t in self._tokens[number + 1 :] if t.name == tag.name and t.start <= end]
        return 1 + sum((t.kind == "start") - (t.kind == "end") for t in inside)

    def _balanced_end(self, number: int, tag: Token) -> int:
        """Find where the element would end if all elements of its name were closed; -1 for nowhere."""
        depth = 1
        for token in self._tokens[number + 1 :]:
            if token.name == tag.name:
                depth += (token.kind == "start") - (token.kind == "end")
                if not depth:
                    return token.start
        return -1


def _remembered(function: Callable[[int], tuple[int, int]]) -> Callable[[int], tuple[int, int]]:
    answers: dict[int, tuple[int, int]] = {}

    def ask(index: int) -> tuple[int, int]:
        if index not in answers:
            answers[index] = function(index)
        return answers[index]

    return ask
