"""The prefilter: which rules may act on a body, and whether it is safe as it is, told from its parts.

It holds no rule of its own. Articles are made of the same few tags and blocks again and again: each is given to the
rules, the safety edits and the judge once, alone, and what they say of it is remembered. Without the prefilter every
body comes out the same, later.
"""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TypeVar

from crawler.body.document import Document
from crawler.body.judge import is_harmless
from crawler.body.outline import Outline, Piece
from crawler.body.policy import JUDGED_BY_VALUE, URL_ATTRIBUTES
from crawler.body.register import RULES
from crawler.body.rule import MarkupRule, ParagraphRule
from crawler.body.safety import SAFETY
from crawler.body.safety.attributes import unquoted_tags
from crawler.body.safety.markdown import has_markdown
from crawler.markup import RAW_TEXT, VOID
from crawler.patterns import compiled

_STEP = compiled("(<p>[^<]*+</p>(?:<p>[^<]*+</p>)*+|<[^>]*+>)")
"""Plain paragraphs, one behind the other, or what may be a tag or a comment."""
_PLAIN = "<p>x</p>"
_BLANK = " \t\r\n\f"
_SERIAL = compiled(r"\d(?<!\d\d)\d{14,}+")
"""Numbers that only tell one picture or article from another."""
_ADDRESSES = "|".join(sorted(URL_ATTRIBUTES))
_ANY_VALUE = compiled(
    rf'( (?!(?:{"|".join(sorted(JUDGED_BY_VALUE))})=)[a-z][a-z0-9-]*+=")[^"<>{{&\r\n]*+(?=")|( (?:{_ADDRESSES})="https?://)[^"<>{{\s\\]*+(?=")'
)
"""Values of attributes that no safety edit looks at, and addresses of the web: one is as safe as another."""
_Known = TypeVar("_Known")
_DEEPEST = 12
_LONGEST = 2000
"""Nesting, and characters of a block, above which a body is not looked at piece by piece."""
_MOST = 4096
"""Tags and blocks that are remembered."""


_tags: dict[str, Piece] = {}
_blocks: dict[str, frozenset[str] | None] = {}
_TEXT_EDITS = [edit for edit in SAFETY if edit.of_text]
_MARKUP_EDITS = [edit for edit in SAFETY if not edit.of_text]
_MARKUP_RULES = frozenset(name for name, rule in RULES.items() if isinstance(rule, MarkupRule))
_WORDS = dict.fromkeys(
    (word, name) for name, rule in RULES.items() if isinstance(rule, ParagraphRule) for word in rule.words
)
"""The words that rules wait for, each with its rule."""


def _by_character(words: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str, str]]]:
    """The words by a few characters that only numbers could stand for: one that is missing rules out all of its words.

    Each word has its other characters with it.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    left = [(re.sub("[^\u2e80-\u9fff]", "", word), word, name) for word, name in words]
    while left:
        in_most = Counter(character for characters, _, _ in left for character in set(characters))
        character = max(in_most, key=lambda one: (in_most[one], one))
        found[character] = [(one.replace(character, ""), word, name) for one, word, name in left if character in one]
        left = [one for one in left if character not in one[0]]
    return found


_WORDS_BY_CHARACTER = _by_character(_WORDS)


def rules_that_may_act(document: Document) -> AbstractSet[str] | None:
    """The names of the rules that may find something in a body that is safe as it is; None when that is not known.

    A body that is has an outline from then on.
    """
    if document.outline is None:
        for edit in _TEXT_EDITS:
            if edit.run(document):
                return None
        document.outline = _outline(document)
    return document.outline.rules if document.outline else None


def _outline(document: Document) -> Outline | None:
    source = document.source
    end = source.rfind(">") + 1  # the pattern's time is linear where every sign that opens has one that closes
    parts = _STEP.split(source[:end])
    parts[-1] += source[end:]
    pieces: list[Piece | None] = []
    found = None if "<" in parts[-1] else _of_markup(parts, pieces)
    return None if found is None else Outline(parts, pieces, found | _of_words(document))


def _of_words(document: Document) -> set[str]:
    source, missing, found = document.source, document.missing, set[str]()
    if "&" in source and "&#" in source:
        return {name for word, name in _WORDS if word in document.text}
    for character, words in _WORDS_BY_CHARACTER.items():
        if character in missing or character not in source:
            missing.add(character)
            continue
        for others, word, name in words:
            if _has_all(source, others, missing) and (word in source or word in document.text):
                found.add(name)
    return found


def _has_all(source: str, characters: str, missing: set[str]) -> bool:
    for character in characters:
        if character in missing or character not in source:
            missing.add(character)
            return False
    return True


def _of_markup(parts: list[str], pieces: list[Piece | None]) -> set[str] | None:
    """The rules that tags, comments and blocks name; into ``pieces`` goes what each of them is."""
    rules = set[str]()
    names: list[str] = []
    blocks = here = dict[str, None]()
    inside = [blocks]
    """The different things that the body, and each open element, holds; ``here``: the innermost one."""
    get = _tags.get
    pieces += [get(step) or (None if step[:3] == "<p>" and len(step) > 3 else _tag(step)) for step in parts[1::2]]
    for text, tag in zip(parts[::2], [*pieces, None], strict=True):  # the end is as plain as a paragraph
        if text:
            here["x" if names else _between(text, tag is None or tag.name != "")] = None
        if tag is None:
            here[_PLAIN] = None
            continue
        kind, name, shape, named, _ = tag
        if named:
            rules |= named
        if kind == "end":
            if not names or names.pop() != name:
                return None
            whole = "".join(inside.pop()) + shape
            if len(whole) > _LONGEST:
                return None
            here = inside[-1]
            here[whole] = None
        elif kind == "broken" or len(names) >= _DEEPEST:
            return None
        elif kind == "start" and name not in VOID:
            names.append(name)
            inside.append(here := {shape: None})
        else:
            here[shape] = None
    return None if names else _of_blocks(blocks, rules)


@lru_cache(maxsize=64)
def _between(text: str, before_tag: bool) -> str:
    """What stands between blocks, as a body of its own; texts other than white space are all the same."""
    shown = "x" if text.strip(_BLANK) else text
    return f"{_PLAIN}{shown}{_PLAIN if before_tag else '<!--x-->'}"


def _of_blocks(blocks: dict[str, None], rules: set[str]) -> set[str] | None:
    for block in blocks:
        if block not in _blocks:
            _remember(_blocks, block, _judged(block))
        named = _blocks[block]
        if named is None:
            return None
        rules |= named
    return rules


def _judged(block: str) -> frozenset[str] | None:
    """The rules of markup that act on a block at the top of a body; None when it is not known to be safe there."""
    document = Document(block)
    if has_markdown(document) or any(edit.run(document) for edit in _MARKUP_EDITS) or not is_harmless(block):
        return None
    return frozenset(name for name in _MARKUP_RULES if RULES[name].edits(document))


def _tag(spelled: str) -> Piece:
    """What is known of a tag that is not remembered as it is spelled."""
    usual = _SERIAL.sub("0" * 15, spelled)
    if usual not in _tags:
        _remember(_tags, usual, _read(usual))
    return _tags[usual]


def _read(tag: str) -> Piece:
    tokens = Document(tag).tokens
    if len(tokens) != 1 or tokens[0].end != len(tag) or unquoted_tags(Document(tag)):
        return Piece("broken", "", tag, frozenset())
    kind, start, _, name = tokens[0]
    if name in RAW_TEXT:
        return Piece("broken", "", tag, frozenset())
    alone = Document(f"{tag}</{name}>" if kind == "start" and name not in VOID else tag, "https://a.example/")
    named = frozenset(n for n, rule in RULES.items() if n not in _MARKUP_RULES and rule.edits(alone))
    return Piece(kind, name, _ANY_VALUE.sub(r"\1\2", tag), named, start == 0)


def _remember(memory: dict[str, _Known], key: str, known: _Known) -> None:
    if len(memory) >= _MOST:
        memory.clear()
    memory[key] = known
