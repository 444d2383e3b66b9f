"""Cleaning: the edits run in their order until none finds anything more, then the judge has a look."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from crawler.body import fallback, quick
from crawler.body.context import Context
from crawler.body.edits import SAFETY, NamedEdit
from crawler.body.edits.characters import PAIR, bearable, edges, has_edges
from crawler.body.judge import is_harmless
from crawler.body.profile import Profile
from crawler.body.rules import RULES, of_text
from crawler.body.scan import Pieces, harmless_pieces, looks_harmless
from crawler.markup import apply

PASSES = 8
"""Rounds of edits that a body may need; one that needs more is built against us."""


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
    context = Context(base_url, profile.rules)
    counts: Counter[str] = Counter()
    cleaned = _settled(body, context, counts)
    if cleaned is not None:
        return Cleaned(cleaned, counts)
    body = bearable(body)
    for name, write in fallback.WRITERS:
        cleaned = _settled(write(body), context, counts)
        if cleaned is not None:
            return Cleaned(cleaned, counts, name)
    return Cleaned("", counts, "nothing")


def is_safe(body: str) -> bool:
    """Whether no safety edit finds anything in the body, and the judge nothing either."""
    if looks_harmless(body):
        return True
    context = Context()
    return not any(edit.run(body, context) for edit in SAFETY) and is_harmless(body)


def _settled(body: str, context: Context, counts: Counter[str]) -> str | None:
    """The body once no edit finds anything more in it and the judge agrees; None when that is not to be had."""
    harmless = False
    for _ in range(PASSES):
        before = body
        body = _without_pairs_and_edges(body, context, counts)
        # No rule puts a character into a harmless body that was not in it.
        pieces = harmless_pieces(body, bearable=harmless)
        harmless = pieces is not None
        if pieces is not None:
            body, settled = _lightly_edited(body, pieces, context, counts)
            if settled:
                return body
        else:
            body = _edited(body, SAFETY, context, counts)
            body = _edited(body, _rules(context.rules), context, counts)
            if body == before:
                return body if is_harmless(body) else None
    return None


def _without_pairs_and_edges(body: str, context: Context, counts: Counter[str]) -> str:
    """The body after the two edits that need no look at its markup."""
    if has_edges(body):
        body = _edited(body, _EDGES, context, counts)
    if "pairs" not in context.rules:
        return body
    without = body.replace(PAIR, "")
    if cut := len(body) - len(without):
        counts["pairs"] += cut // len(PAIR)
    return without


_EDGES = (NamedEdit("edges", edges),)


def _lightly_edited(body: str, pieces: Pieces, context: Context, counts: Counter[str]) -> tuple[str, bool]:
    """A known-harmless body after the rules that have something to do in it, and whether it is known to be settled.

    It is when no rule changed anything, or the quick ones alone did: they cut whole elements and white space between
    blocks, and change addresses. What they could leave to do is what texts say that grew together.
    """
    edits = _rules(context.rules)
    said = of_text(body) & context.rules if edits else set[str]()
    if not (said or pieces.blanks or pieces.meant) or not edits:
        return body, True
    edited, left, joined = quick.edited(pieces, context.rules, counts)
    left |= said
    settled = not joined and "blanks" in context.rules
    for edit in edits:
        if edit.name in left and (found := edit.run(edited, context)):
            counts[edit.name] += len(found)
            edited, settled = apply(edited, found), False
    return edited, settled or edited == body


@cache
def _rules(rules: frozenset[str]) -> tuple[NamedEdit, ...]:
    """The rules' edits in their order, but for the one that needs no look at the markup."""
    return tuple(NamedEdit(name, rule.run) for name, rule in RULES.items() if name in rules - {"pairs"})


def _edited(body: str, edits: Iterable[NamedEdit], context: Context, counts: Counter[str]) -> str:
    for edit in edits:
        if found := edit.run(body, context):
            counts[edit.name] += len(found)
            body = apply(body, found)
    return body
