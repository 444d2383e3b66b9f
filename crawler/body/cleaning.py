"""Cleaning: safety edits and rules, round by round, until none finds anything more, then the judge has a look."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from crawler.body import fallback
from crawler.body.bare_signs import bare_signs, escaped
from crawler.body.document import Document
from crawler.body.judge import is_deep, is_harmless, too_much_for_nh3
from crawler.body.prefilter import rules_that_may_act
from crawler.body.profile import Profile
from crawler.body.register import CHARACTER_RULES, STAGES
from crawler.body.rule import Rule
from crawler.body.rules.tags import QUOTING, with_quotes
from crawler.body.safety import SAFETY
from crawler.body.safety.characters import edges, legal_characters
from crawler.markup import Edit, disjoint, spliced

_Asked: TypeAlias = Mapping[str, list[Edit]]

ROUNDS = 16
"""Rounds that a body may need; one that needs more is built against us."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body that is safe to publish, and what was done to it."""

    body: str
    counts: Mapping[str, int] = field(default_factory=dict)
    """Cuts and replacements by the name of the edit."""
    fallback: str | None = None
    """Who wrote the body when spans could not save it (``nh3``, ``soup``, ``text``); None: the source's own markup."""


def clean(body: str, profile: Profile, base_url: str = "") -> Cleaned:
    """The article's markup without what the profile removes, safe to publish, and otherwise untouched.

    :param body: HTML as the source gave it; any string.
    :param base_url: the address that relative addresses in it are relative to, "" when unknown.
    """
    counts: Counter[str] = Counter()
    cleaned = _settled(Document(body, base_url), profile.rules, counts)
    if cleaned is not None:
        return Cleaned(cleaned, counts)
    body = legal_characters(body)
    body = escaped(body, bare_signs(body))
    for name, write in fallback.WRITERS[2 if is_deep(body) else too_much_for_nh3(body) :]:
        cleaned = _settled(Document(write(body), base_url), profile.rules, counts)
        if cleaned is not None:
            return Cleaned(cleaned, counts, name)
    return Cleaned("", counts, "nothing")


def is_safe(body: str) -> bool:
    """Whether no safety edit finds anything in the body, and the judge nothing either."""
    document = Document(body)
    if rules_that_may_act(document) is not None:
        return True
    return not any(edit.run(document) for edit in SAFETY) and is_harmless(body)


def _settled(document: Document, on: frozenset[str], counts: Counter[str]) -> str | None:
    """The body once no edit finds anything more in it and the judge agrees; None when that is not to be had."""
    for _ in range(ROUNDS):
        before = document
        document = _without_characters(document, on, counts)
        known = document
        may_act = rules_that_may_act(document)
        if may_act is None and QUOTING.name in on and (number := (quoted := with_quotes(document.source))[1]):
            counts[QUOTING.name] += number
            known = document = Document(quoted[0], document.base_url)
            may_act = rules_that_may_act(document)
        if may_act is None:
            for edit in SAFETY:
                document = _edited(document, {edit.name: edit.run(document)}, counts)
        acting = on if may_act is None else on & may_act
        for stage in STAGES if acting else ():
            document = _edited(document, _asked(stage, document, acting), counts)
            if may_act is not None:
                rules_that_may_act(document)  # an edited one is looked at anew, once: its outline serves the next stage
        if may_act is not None and document is known:
            return document.source
        if document is before:
            return document.source if is_harmless(document.source) else None
    return None


def _without_characters(document: Document, on: Container[str], counts: Counter[str]) -> Document:
    """The body after what needs no look at its markup: every round begins with it, and most bodies have no more."""
    if cut := edges(document):
        document = _edited(document, {"edges": cut}, counts)
    source = document.source
    for rule in CHARACTER_RULES:
        if rule.name in on:
            source, number = rule.carried_out(source)
            if number:
                counts[rule.name] += number
    return document if source is document.source else document.edited(source)


def _asked(stage: Iterable[Rule], document: Document, on: Container[str]) -> _Asked:
    return {rule.name: rule.edits(document) for rule in stage if rule.name in on}


def _edited(document: Document, asked: _Asked, counts: Counter[str]) -> Document:
    """The body after edits by the names of those who ask for them; each that is carried out is counted."""
    edits = disjoint(edit for some in asked.values() for edit in some)
    if not edits:
        return document
    names = {id(edit): name for name, some in asked.items() for edit in some}
    counts.update(names[id(edit)] for edit in edits)
    return document.edited(spliced(document.source, edits), (edit.text for edit in edits))
