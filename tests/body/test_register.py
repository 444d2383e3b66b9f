"""Every rule's examples through the whole of cleaning: a rule that nothing calls, or calls in vain, fails here."""

import re

import pytest

from crawler.body import clean, profile
from crawler.body.document import Document
from crawler.body.register import CHARACTER_RULES, RULES, STAGES
from crawler.body.rule import ParagraphRule, Rule

EXAMPLES = [(rule, *example) for rule in RULES.values() for example in rule.examples]


@pytest.mark.parametrize(("rule", "given", "wanted"), EXAMPLES)
def test_example(rule: Rule, given: str, wanted: str) -> None:
    cleaned = clean(given, profile("standard"))
    assert (cleaned.body, cleaned.fallback) == (wanted, None)
    assert cleaned.counts[rule.name] > 0
    alone = clean(given, profile("source", add=[rule.name], remove=["pairs"] if rule.name != "pairs" else []))
    assert alone.counts[rule.name] > 0
    without = clean(given, profile("standard", remove=[rule.name]))
    assert rule.name not in without.counts


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_whole(rule: Rule) -> None:
    assert rule.examples
    assert rule.does
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name)


def test_names_are_given_once() -> None:
    assert len(RULES) == len(CHARACTER_RULES) + sum(map(len, STAGES))


@pytest.mark.parametrize(
    ("rule", "number"),
    [(rule, n) for rule in RULES.values() if isinstance(rule, ParagraphRule) for n in range(len(rule.says))],
    ids=lambda value: value.name if isinstance(value, Rule) else str(value),
)
def test_every_pattern_has_an_example_that_no_other_pattern_takes(rule: ParagraphRule, number: int) -> None:
    class_ = f'class="{rule.css_class}"' if rule.css_class else "\0"
    alone = ParagraphRule(rule.name, rule.does, (), (rule.says[number],))
    bodies = [given for given, _ in rule.examples if class_ not in given]
    assert any(clean(given, profile("standard")).counts[rule.name] for given in bodies if found(alone, given))


def found(rule: Rule, body: str) -> bool:
    return bool(rule.edits(Document(body)))
