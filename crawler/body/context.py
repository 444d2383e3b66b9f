"""What every edit may look at besides the text: the base address, the rules that are on, and the tokens, made once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from crawler.markup import Attribute, Edit, Token, attributes, tokens


@dataclass(slots=True)
class Context:
    """The surroundings of one cleaning; an edit gets it beside the text."""

    base_url: str = ""
    """Address that relative addresses of the body are relative to, "" when unknown."""
    rules: frozenset[str] = frozenset()
    """Names of the removal rules that are on."""
    _source: str | None = None
    _tokens: list[Token] = field(default_factory=list)
    _attributes: dict[int, list[Attribute]] = field(default_factory=dict)

    def tokens(self, source: str) -> list[Token]:
        """The tokens of ``source``; the last source's are kept."""
        if source is not self._source:
            self._source, self._tokens, self._attributes = source, list(tokens(source)), {}
        return self._tokens

    def attributes(self, source: str, tag: Token) -> list[Attribute]:
        """The attributes of a start tag of ``source``, kept as the tokens are."""
        self.tokens(source)
        found = self._attributes.get(tag.start)
        if found is None:
            found = self._attributes[tag.start] = attributes(source, tag)
        return found


BodyEdit: TypeAlias = Callable[[str, Context], list[Edit]]
"""One duty: the edits that it asks for in a body."""
