"""The kinds of rules, by what they look at: characters, tags, comments, paragraphs, or the order of all markup.

A rule's ``examples`` are bodies and what the whole cleaning makes of them; each shows the rule's effect.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from crawler.body.document import Document, Paragraph, says
from crawler.markup import Edit, Token
from crawler.patterns import compiled

Example = tuple[str, str]
_LONGEST_NOTICE = 4000
_MADE_OF, _MARKED = 0.9, 5
"""The part of a notice's letters, at least, that are of the words which such notices are made of."""
_SHORT_CREDIT = 60
"""Characters that name who edited an article: a paragraph that says more is the article's, whatever its class."""
_BREAK = compiled(r"<br\b[^<>]*+>", re.IGNORECASE)
_TIMES = r"(?:[*+?]|\{[\d,]*+\})*+"
_SET = compiled(rf"(?:\\.|\[(?:[^\]\\]|\\.)*+\]){_TIMES}")
_GROUP = compiled(rf"\([^()]*+\){_TIMES}")
_NOT_LITERAL = compiled(r".(?:[*?]|\{0?,\d*+\})[?+]?|[.^$+|]|\{[\d,]*+\}")
"""What a pattern holds beside the characters that stand in every text which it matches: the last, without sets and
groups."""


@dataclass(frozen=True)
class Rule(ABC):
    """A removal rule: its name in settings and counts, what it does in words, and examples of it."""

    name: str
    does: str
    examples: tuple[Example, ...]

    @abstractmethod
    def edits(self, document: Document) -> list[Edit]:
        """The edits that the rule asks for in a body that is safe to publish."""


@dataclass(frozen=True)
class CharacterRule(Rule):
    """Cuts a piece of text wherever it stands, before anything else looks at the body."""

    cuts: str

    def edits(self, document: Document) -> list[Edit]:
        """Every occurrence."""
        return [Edit(m.start(), m.end()) for m in re.finditer(re.escape(self.cuts), document.source)]

    def carried_out(self, source: str) -> tuple[str, int]:
        """The source without them, and how many there were."""
        left = source.replace(self.cuts, "") if self.cuts[0] in source else source
        return left, (len(source) - len(left)) // len(self.cuts)


@dataclass(frozen=True)
class MarkRule(Rule):
    """Replaces marks in a text wherever they stand, before anything else looks at the body."""

    words: tuple[str, ...]
    """One of these is in every body in which the rule finds something."""
    pattern: str
    left: Callable[[re.Match[str]], str]
    """What stands in the place of a mark: nothing, or a part of it with blanks round it."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return compiled(self.pattern)

    def edits(self, document: Document) -> list[Edit]:
        """Every mark."""
        return [Edit(m.start(), m.end(), self.left(m)) for m in self._pattern.finditer(document.source)]

    def carried_out(self, source: str) -> tuple[str, int]:
        """The source after them, and how many there were."""
        return self._pattern.subn(self.left, source) if _any(self.words, source) else (source, 0)


@dataclass(frozen=True)
class TagRule(Rule):
    """Looks at start tags that have one of the attributes.

    ``find`` must find something in the tag and its end tag alone, if it does with anything between them.
    """

    find: Callable[[Document, Token], Iterable[Edit]]
    attributes: tuple[str, ...]
    elements: frozenset[str] | None = None
    """Names of the elements, None for all."""

    def edits(self, document: Document) -> list[Edit]:
        """What is found at each tag."""
        elements, names = self.elements, self.attributes
        if document.outline:
            tags = document.outline.named(self.name)
        else:  # looking for a name in the tag costs a tenth of reading its attributes
            tags = [
                t
                for t, spelled in document.spelled
                if (elements is None or t.name in elements) and _any(names, spelled)
            ]
        return [edit for tag in tags for edit in self.find(document, tag)]


def _longest_literal(pattern: str) -> str:
    rest = _SET.sub("\0", pattern)
    while (outer := _GROUP.sub("\0", rest)) != rest:
        rest = outer
    return max(_NOT_LITERAL.sub("\0", rest).split("\0"), key=len)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _any(names: tuple[str, ...], text: str) -> bool:
    for name in names:  # noqa: SIM110 - asked of every tag
        if name in text:
            return True
    return False


@dataclass(frozen=True)
class CommentRule(Rule):
    """Cuts the comments that do not match."""

    keeps: re.Pattern[str]

    def edits(self, document: Document) -> list[Edit]:
        """Every other comment."""
        source = document.source
        return [
            Edit(t.start, t.end)
            for t in (document.outline.named(self.name) if document.outline else document.tokens)
            if t.kind == "comment" and not self.keeps.fullmatch(source, t.start, t.end)
        ]


@dataclass(frozen=True)
class ParagraphRule(Rule):
    """Cuts paragraphs that say, as a whole, what one of the patterns does, or have the class.

    Where there are ``formulas``, they hold one, and of other words than ``besides`` hardly any. What they say in a
    table is data.
    """

    says: tuple[str, ...]
    """Patterns without alternatives, each with two or more Chinese characters in a row that must be there."""
    css_class: str = ""
    formulas: tuple[str, ...] = ()
    besides: str = ""
    """Patterns of words, with blanks between them, that such a paragraph says beside its formulas."""
    breaks: str = ""
    """What a ``<br>`` is in the text, for patterns that end with its line; nothing by default."""
    parts: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """What the groups of these names match as a whole, in the patterns that have them."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """For each pattern the longest text that is in whatever it matches."""
        return tuple(map(_longest_literal, self.says))

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [compiled(pattern, re.DOTALL) for pattern in self.says]

    @cached_property
    def _formula(self) -> re.Pattern[str]:
        return re.compile("|".join(self.formulas))

    @cached_property
    def _known(self) -> re.Pattern[str]:
        longest_first = sorted(self.besides.split(), key=len, reverse=True)
        return re.compile("|".join((*self.formulas, *longest_first)))

    def edits(self, document: Document) -> list[Edit]:
        """Every such paragraph."""
        return [Edit(*p.span) for p in document.paragraphs if self._is_meant(document, p)]

    def _is_meant(self, document: Document, paragraph: Paragraph) -> bool:
        start, end = paragraph.inner
        if end - start >= _LONGEST_NOTICE:
            return False
        has_class = self.css_class and self._has_class(document, paragraph.tag)
        inner = document.source[start:end]
        text = says(_BREAK.sub(self.breaks, inner) if self.breaks else inner)
        if has_class and len(text) < _SHORT_CREDIT:
            return True
        patterns = zip(self.words, self._patterns, strict=True)
        if not any(word in text and self._matches(pattern, text) for word, pattern in patterns):
            return False
        return self._is_made_of_formulas(text) and not document.is_in_table(paragraph.tag)

    def _matches(self, pattern: re.Pattern[str], text: str) -> bool:
        if not (found := pattern.fullmatch(text)):
            return False
        held = found.groupdict()
        return all(part.fullmatch(held[name]) for name, part in self.parts if name in held)

    def _is_made_of_formulas(self, text: str) -> bool:
        if not self.formulas:
            return True
        if len(text) < _MARKED or not self._formula.search(text):
            return False
        return sum(_letters(match[0]) for match in self._known.finditer(text)) >= _MADE_OF * _letters(text)

    def _has_class(self, document: Document, tag: Token) -> bool:
        if self.css_class not in document.source[tag.start : tag.end]:
            return False
        return any(a.name == "class" and self.css_class in a.value.split() for a in document.attributes(tag))


@dataclass(frozen=True)
class MarkupRule(Rule):
    """Looks at how the markup stands together, and at what stands between blocks at the top; not at texts in them."""

    find: Callable[[Document], list[Edit]]

    def edits(self, document: Document) -> list[Edit]:
        """What is found in the body."""
        return self.find(document)
