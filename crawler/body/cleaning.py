"""Cleaning: the edits run in their order until none finds anything more, then the judge has a look."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from crawler.body import fallback
from crawler.body.context import Context
from crawler.body.edits import SAFETY, NamedEdit
from crawler.body.edits.characters import bearable
from crawler.body.judge import is_harmless
from crawler.body.profile import Profile
from crawler.body.rules import RULES
from crawler.body.scan import looks_harmless, telling_tags
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
    for _ in range(PASSES):
        before = body
        if "pairs" in context.rules:
            body = _edited(body, (_PAIRS,), context, counts)
        harmless = context.harmless = looks_harmless(body)
        if not harmless:
            body = _edited(body, SAFETY, context, counts)
        body = _edited(body, _removals(body, context, harmless=harmless), context, counts)
        if body == before:
            return body if harmless or is_harmless(body) else None
    return None


_PAIRS = NamedEdit("pairs", RULES["pairs"].run)
_ONLY_PAIRS = frozenset({"pairs"})


def _removals(body: str, context: Context, *, harmless: bool) -> Iterator[NamedEdit]:
    """The rules that are on; for a known-harmless body only those that have something to do in it."""
    if context.rules == _ONLY_PAIRS:
        return
    if not harmless:
        yield from _edits(context.rules, harmless=False)
        return
    tags = "".join(telling_tags(body))
    for edit in _edits(context.rules, harmless=True):
        if RULES[edit.name].concerns(body, tags):
            yield edit


@cache
def _edits(rules: frozenset[str], *, harmless: bool) -> tuple[NamedEdit, ...]:
    """The rules' edits in their order; for harmless bodies those that change any such body at all."""
    chosen = ((name, rule) for name, rule in RULES.items() if name in rules and name != "pairs")
    return tuple(NamedEdit(name, rule.run) for name, rule in chosen if not harmless or rule.concerns_any)


def _edited(body: str, edits: Iterable[NamedEdit], context: Context, counts: Counter[str]) -> str:
    for edit in edits:
        if found := edit.run(body, context):
            counts[edit.name] += len(found)
            body = apply(body, found)
    return body
