"""Kinds of rules: what each looks at, and how little of a body it needs to see for that."""

import re
from collections.abc import Iterator

import pytest

from crawler.body.document import Document
from crawler.body.rule import CharacterRule, CommentRule, MarkupRule, ParagraphRule, TagRule
from crawler.markup import Edit, Token, apply

DISCLAIMING = ("仅供参考", "风险自担")


def _cut(document: Document, tag: Token) -> Iterator[Edit]:
    yield Edit(tag.start, tag.end)


def _paragraphs(*says: str, css_class: str = "", formulas: tuple[str, ...] = ()) -> ParagraphRule:
    return ParagraphRule("x", "x", (), says, css_class, formulas, "本文 内容 (?:各位)?读者")


@pytest.mark.parametrize(
    ("rule", "body", "wanted"),
    [
        (CharacterRule("x", "x", (), "甲甲"), "甲甲甲<b>甲</b>甲甲", "甲<b>甲</b>"),
        (CharacterRule("x", "x", (), "."), "a.b", "ab"),
        (TagRule("x", "x", (), _cut, ("data-x",)), '<p DATA-X="1"><b>a</b><i data-x>c</i></p data-x>', "<b>a</b>c</i></p data-x>"),
        (TagRule("x", "x", (), _cut, ("id",), frozenset({"b"})), "<p id=1><b id=2><b>", "<p id=1><b>"),
        (CommentRule("x", "x", (), re.compile("<!--keep-->")), "<!--keep--><!--keep it-->a<!---->", "<!--keep-->a"),
        (MarkupRule("x", "x", (), lambda document: [Edit(0, len(document.source), "a")]), "<p>", "a"),
        (_paragraphs(r"订阅.{0,3}本刊"), "<p>订阅<b>本刊</b></p><div>订阅：本刊</div><p>订阅过本刊的人</p>订阅本刊", "<p>订阅过本刊的人</p>订阅本刊"),
        (ParagraphRule("x", "x", (), ("订阅(?P<who>.*)", "本刊(?P<other>.*)"), parts=(("who", re.compile("[甲乙]")),)), "<p>订阅甲</p><p>订阅甲乙</p><p>本刊丙</p>", "<p>订阅甲乙</p>"),
        (_paragraphs("订阅"), f"<p>订阅</p><p>订阅{'<b></b>' * 600}</p>", f"<p>订阅{'<b></b>' * 600}</p>"),
        (_paragraphs(css_class="edit"), '<p class="a edit">甲</p><p class="edited x-edit edit-x">甲</p><p id="edit">甲</p>', '<p class="edited x-edit edit-x">甲</p><p id="edit">甲</p>'),
        (_paragraphs(css_class="edit"), f'<p class="edit">{"甲" * 60}</p>', f'<p class="edit">{"甲" * 60}</p>'),
        (_paragraphs(".*参考.*", formulas=DISCLAIMING), "<p>仅供参考。</p><p>参考</p><p>仅供参考</p><p>本文仅供参考，而后来的人都照做了，没有谁再问过</p>", "<p>参考</p><p>仅供参考</p><p>本文仅供参考，而后来的人都照做了，没有谁再问过</p>"),
        (_paragraphs(".*参考.*", formulas=DISCLAIMING), "<p>本文内容仅供参考，各位读者风险自担。</p><p>仅供参考，风险自担，八个字在法庭上被双方律师引用了很多次</p>", "<p>仅供参考，风险自担，八个字在法庭上被双方律师引用了很多次</p>"),
    ],
)  # fmt: skip
def test_edits(rule: CharacterRule, body: str, wanted: str) -> None:
    assert apply(body, rule.edits(Document(body))) == wanted


def test_words_are_what_stands_in_all_that_a_pattern_matches() -> None:
    patterns = {
        r"在?东方财富.{0,60}": "东方财富",
        r"(?:特别|免责)?声明\s*[：:].{0,200}风险自担.{0,3}": "风险自担",
        r"[（(【\[]?\s*据此操作，?风险[)\]]*": "据此操作",
        r"开个?股票": "股票",
        r"一{2}三四": "三四",
        r"(?:(?:一二三四五)?(?!六七八九)|[甲-丙)]{2,}+)?编辑\s*(?:[)]|\(子)": "编辑",
    }
    rule = ParagraphRule("x", "x", (), tuple(patterns))
    assert rule.words == tuple(patterns.values())
