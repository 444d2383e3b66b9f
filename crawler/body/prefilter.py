"""The prefilter: which rules may act on a body, and whether it is safe as it is, told from its parts.

It holds no rule of its own. Articles are made of the same few tags and blocks again and again: each is given to the
rules, the safety edits and the judge once, alone, and what they say of it is remembered. Without the prefilter every
body comes out the same, later.
"""

import re
from typing import NamedTuple, TypeVar

from crawler.body.document import Document
from crawler.body.judge import is_harmless
from crawler.body.policy import JUDGED_BY_VALUE, URL_ATTRIBUTES
from crawler.body.register import RULES
from crawler.body.rule import MarkupRule, ParagraphRule
from crawler.body.safety import SAFETY
from crawler.body.safety.attributes import unquoted_tags
from crawler.body.safety.markdown import has_markdown
from crawler.markup import VOID, Kind

_STEP = re.compile("(<p>[^<]*+</p>|<[^>]*+>)")
"""A plain paragraph, or what may be a tag or a comment."""
_PLAIN = "<p>x</p>"
_BLANK = " \t\r\n\f"
_SERIAL = re.compile(r"\d{15,}+")
"""Numbers that only tell one picture or article from another."""
_ADDRESSES = "|".join(sorted(URL_ATTRIBUTES))
_ANY_VALUE = re.compile(
    rf'( (?!(?:{"|".join(sorted(JUDGED_BY_VALUE))})=)[a-z][a-z0-9-]*+=")[^"<>{{&\r\n]*+(?=")|( (?:{_ADDRESSES})="https?://)[^"<>{{\s\\]*+(?=")'
)
"""Values of attributes that no safety edit looks at, and addresses of the web: one is as safe as another."""
_Known = TypeVar("_Known")
_DEEPEST = 12
_LONGEST = 2000
"""Nesting, and characters of a block, above which a body is not looked at piece by piece."""
_MOST = 4096
"""Tags and blocks that are remembered."""


class _Tag(NamedTuple):
    """What is known of a tag or comment as it is spelled; ``shape`` is the tag without the values that do not count."""

    kind: Kind
    name: str
    shape: str
    rules: frozenset[str]


_tags: dict[str, _Tag] = {}
_blocks: dict[str, frozenset[str] | None] = {}
_TEXT_EDITS = [edit for edit in SAFETY if edit.of_text]
_MARKUP_EDITS = [edit for edit in SAFETY if not edit.of_text]
_MARKUP_RULES = frozenset(name for name, rule in RULES.items() if isinstance(rule, MarkupRule))
_WORDS = {
    word: (re.sub("[^\u2e80-\u9fff]", "", word), name)
    for name, rule in RULES.items()
    if isinstance(rule, ParagraphRule)
    for word in rule.words
}
"""The words that rules wait for, with the characters that only numbers could stand for, and the rule."""


def rules_that_may_act(document: Document) -> set[str] | None:
    """The names of the rules that may find something in a body that is safe as it is; None when that is not known."""
    if any(edit.run(document) for edit in _TEXT_EDITS):
        return None
    found = _of_markup(document.source)
    return None if found is None else found | _of_words(document)


def _of_words(document: Document) -> set[str]:
    source, referenced, found = document.source, "&#" in document.source, set()
    for word, (characters, name) in _WORDS.items():
        # Most words are told by one character that is missing.
        if (referenced or (characters[-1] in source and characters[0] in source)) and word in document.text:
            found.add(name)
    return found


def _of_markup(source: str) -> set[str] | None:
    end = source.rfind(">") + 1  # the pattern's time is linear where every sign that opens has one that closes
    parts = _STEP.split(source[:end])
    parts[-1] += source[end:]
    if "<" in parts[-1]:
        return None
    rules = set[str]()
    names: list[str] = []
    blocks: dict[str, None] = {}
    inside = [blocks]
    """The different things that the body, and each open element, holds."""
    for text, step in zip(parts[::2], [*parts[1::2], _PLAIN], strict=True):
        tag = None if step[:3] == "<p>" and len(step) > 3 else _tags.get(step) or _tag(step)
        if text:
            inside[-1]["x" if names else _between(text, tag)] = None
        if tag is None:
            inside[-1][_PLAIN] = None
            continue
        kind, name, shape, named = tag
        rules |= named
        if kind == "end":
            if not names or names.pop() != name:
                return None
            whole = "".join(inside.pop()) + shape
            if len(whole) > _LONGEST:
                return None
            inside[-1][whole] = None
        elif kind == "broken" or len(names) >= _DEEPEST:
            return None
        elif kind == "start" and name not in VOID:
            names.append(name)
            inside.append({shape: None})
        else:
            inside[-1][shape] = None
    return None if names else _of_blocks(blocks, rules)


def _between(text: str, following: _Tag | None) -> str:
    """What stands between blocks, as a body of its own; texts other than white space are all the same."""
    shown = "x" if text.strip(_BLANK) else text
    return f"{_PLAIN}{shown}{_PLAIN if following is None or following.name else '<!--x-->'}"


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


def _tag(spelled: str) -> _Tag:
    """What is known of a tag that is not remembered as it is spelled."""
    usual = _SERIAL.sub("0" * 15, spelled)
    if usual not in _tags:
        _remember(_tags, usual, _read(usual))
    return _tags[usual]


def _read(tag: str) -> _Tag:
    tokens = Document(tag).tokens
    if len(tokens) != 1 or tokens[0].end != len(tag) or unquoted_tags(Document(tag)):
        return _Tag("broken", "", tag, frozenset())
    kind, _, _, name = tokens[0]
    alone = Document(f"{tag}</{name}>" if kind == "start" and name not in VOID else tag, "https://a.example/")
    named = frozenset(n for n, rule in RULES.items() if n not in _MARKUP_RULES and rule.edits(alone))
    return _Tag(kind, name, _ANY_VALUE.sub(r"\1\2", tag), named)


def _remember(memory: dict[str, _Known], key: str, known: _Known) -> None:
    if len(memory) >= _MOST:
        memory.clear()
    memory[key] = known
