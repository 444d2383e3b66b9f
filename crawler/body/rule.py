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
_SHORT_NOTICE = 20
_SHORT_CREDIT = 60
"""Characters that name who edited an article: a paragraph that says more is the article's, whatever its class."""
_CLAUSE = compiled(r"[，。；：！？,;:!?\s]+")
_NOT_LITERAL = compiled(
    r"""(?:\((?:\?:)?[^()]*+\) | \[(?:[^\]\\]|\\.)*+\])(?:[*+?]|\{[\d,]*+\})*+   # groups, sets
    | \\?.(?:[*?]|\{0?,\d*+\})[?+]?                                        # what may be missing
    | \\. | [.^$+] | \{[\d,]*+\}""",
    re.VERBOSE,
)
"""What a pattern holds beside the characters that stand in every text which it matches."""


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

    Where there is a ``vocabulary``, they say two things of it and little else, or one and hardly more.
    """

    says: tuple[str, ...]
    """Patterns without alternatives, each with two or more Chinese characters in a row that must be there."""
    css_class: str = ""
    vocabulary: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """For each pattern the longest text that is in whatever it matches."""
        return tuple(max(_NOT_LITERAL.sub("\0", pattern).split("\0"), key=len) for pattern in self.says)

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern, re.DOTALL) for pattern in self.says]

    def edits(self, document: Document) -> list[Edit]:
        """Every such paragraph."""
        return [Edit(*p.span) for p in document.paragraphs if self._is_meant(document, p)]

    def _is_meant(self, document: Document, paragraph: Paragraph) -> bool:
        start, end = paragraph.inner
        if end - start >= _LONGEST_NOTICE:
            return False
        has_class = self.css_class and self._has_class(document, paragraph.tag)
        text = says(document.source[start:end])
        if has_class and len(text) < _SHORT_CREDIT:
            return True
        return any(
            word in text and pattern.fullmatch(text) for word, pattern in zip(self.words, self._patterns, strict=True)
        ) and self._is_in_vocabulary(text)

    def _is_in_vocabulary(self, text: str) -> bool:
        if not self.vocabulary:
            return True
        said = sum(re.search(pattern, text) is not None for pattern in self.vocabulary)
        if said < 2:
            return said == 1 and len(text) < _SHORT_NOTICE
        clauses = _CLAUSE.split(text)
        about = sum(len(clause) for clause in clauses if any(re.search(pattern, clause) for pattern in self.vocabulary))
        return 2 * about >= sum(map(len, clauses))

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
