"""What the prefilter took apart says the same as the tokenizer and the rules do without it."""

import random

import pytest
from test_prefilter import body_of

from crawler.body.document import Document
from crawler.body.prefilter import rules_that_may_act
from crawler.body.register import RULES

SIGNS = (
    "<p>甲",
    "</p>",
    "1<2",
    "x<3</p>",
    '<a href="1&lt;2">',
    "</a>",
    "<!-- 乙 -->",
    "<br>",
    "<b>",
    "</b>",
    "\n",
    "<foo>",
)


def bodies(seed: int) -> list[str]:
    dice = random.Random(seed)
    return [body_of(dice) for _ in range(60)] + ["".join(dice.choices(SIGNS, k=dice.randint(1, 6))) for _ in range(400)]


@pytest.mark.parametrize("seed", range(4))
def test_tokens_and_edits_are_those_of_a_body_without_outline(seed: int) -> None:
    outlined = [document for document in map(Document, bodies(seed)) if rules_that_may_act(document) is not None]
    assert len(outlined) > 50
    for document in outlined:
        assert document.outline
        plain = Document(document.source)
        assert document.tokens == plain.tokens, document.source
        assert document.top == plain.top, document.source
        for tag in plain.starts:
            assert document.end(tag) == plain.end(tag), document.source
            assert document.is_linked(tag) == plain.is_linked(tag), document.source
        for rule in RULES.values():
            assert rule.edits(document) == rule.edits(plain), (rule.name, document.source)


def test_a_sign_before_an_end_tag_is_text() -> None:
    document = Document("<p>x<3</p>")
    assert rules_that_may_act(document) is not None
    assert [(token.start, token.end) for token in document.tokens] == [(0, 3), (6, 10)]


@pytest.mark.parametrize("seed", range(2))
def test_what_is_known_of_an_edited_body_is_what_a_look_at_it_says(seed: int) -> None:
    dice = random.Random(seed)
    added = ("", "", "a", "<b>x</b>", "编辑", "风险自担", "\x07", "\ud800", "\n", "&#0;")
    different = 0
    for body in bodies(seed):
        document = Document(body)
        before = rules_that_may_act(document)
        text, (start, end) = dice.choice(added), sorted(dice.choices(range(len(body) + 1), k=2))
        source = body[:start] + text + body[end:]
        after = rules_that_may_act(document.edited(source, (text,)))
        assert after == rules_that_may_act(Document(source)), (body, source)
        different += after != before
    assert different > 20
