"""A ``<`` in running text: nothing but that sign is ever in question."""

import re
import time

import pytest

from crawler.body import clean, is_safe, profile
from crawler.body.bare_signs import bare_signs

_BARE = re.compile("<(?!/?b>)")
KEPT, WRITTEN = "<", "&lt;"
TABLE = [  # the text of a paragraph, and what becomes of its signs in `source` and in `standard`
    ("产量x<y。", KEPT, WRITTEN),
    ("若a<b，则止", KEPT, WRITTEN),
    ("x<y<z。", KEPT, WRITTEN),
    ("if a<b then", KEPT, WRITTEN),
    ("设x<a 时", KEPT, WRITTEN),
    ("区间<y，z>内", KEPT, WRITTEN),
    ("k<p", KEPT, WRITTEN),
    ("利率<3%时，期限<5年", KEPT, KEPT),
    ("（P<0.05）", KEPT, KEPT),
    ("收入 < 成本", KEPT, KEPT),
    ("收入<成本", KEPT, KEPT),
    ("收入<=成本", KEPT, KEPT),
    ("就<征求意见稿>提出", WRITTEN, WRITTEN),
    ("就</征求意见稿>提出", KEPT, WRITTEN),
    ("a<b and c>d", WRITTEN, WRITTEN),
    ("若a<b and c>d，<b>粗</b>", WRITTEN, WRITTEN),
    ("看<GDP>增速", WRITTEN, WRITTEN),
    ("<abc onclick=x>", WRITTEN, WRITTEN),
    ("设x<y， one >2", WRITTEN, WRITTEN),
    ("完</foo>了", KEPT, WRITTEN),
    ("真<!假", KEPT, WRITTEN),
    ("问<?答", WRITTEN, WRITTEN),
]


@pytest.mark.parametrize(("text", "source", "standard"), TABLE)
def test_only_the_sign_is_in_question(text: str, source: str, standard: str) -> None:
    for name, sign in (("source", source), ("standard", standard)):
        cleaned = clean(f"<p>{text}</p><p>后</p>", profile(name))
        assert cleaned.body == f"<p>{_BARE.sub(sign, text)}</p><p>后</p>"
        assert cleaned.fallback is None
        assert is_safe(cleaned.body)
        assert bool(cleaned.counts) == (sign == WRITTEN)


@pytest.mark.parametrize(
    "body",
    [
        '<p title="a<y">b</p>',
        "<o:p></o:p>",
        "<abc>x</abc>",
        '<abc x="1">x',
        "<!--a<y--><p>b</p>",
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>",
        "<p hidden>x</p>",
        "</ p >",
        "<p",
    ],
)
def test_markup_is_no_bare_sign(body: str) -> None:
    assert [at for at in bare_signs(body) if at in (0, body.find("<p"))] == []


PROSE = "<p>新的产线<b>已经</b>投产，订单排到年底。</p>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>a</p><!-- b<p>c</p>", "<p>a</p><p>&lt;!-- b</p><p>c</p>"),
        ("<p>a<!-- b -></p><p>c</p><!-- EM_StockImg_End -->", "<p>a&lt;!-- b -></p><p>c</p><!-- EM_StockImg_End -->"),
        ("<!-- a -> b --><p>c</p>", "<!-- a -> b --><p>c</p>"),
        ("<!--a--><p>c</p><!--b-->", "<!--a--><p>c</p><!--b-->"),
        (f"<!-- a {PROSE}<!--b--><p>c</p>", f"<p>&lt;!-- a</p> {PROSE}<!--b--><p>c</p>"),
        (f"<!-- a {PROSE}--><p>c</p>", f"<!-- a {PROSE}--><p>c</p>"),
        (f"<p>a</p><!-- {PROSE}<!--b--> --><p>c</p>", "<p>a</p> <p>--></p><p>c</p>"),
    ],
)
def test_a_comment_that_nothing_ends_is_text(body: str, wanted: str) -> None:
    assert clean(body, profile("source")).body == wanted


def test_a_sign_before_a_picture_hides_it_from_nobody() -> None:
    body = '<p>x<y。<img src="https://a.example/b.png" /></p>'
    assert clean(body, profile("source")).body == body.replace("<y", "&lt;y")


@pytest.mark.parametrize(
    ("text", "is_kept"), [("设x<y，且y<=3。", True), ("x<y，<= onclick=z()", False), ("x<y，z<='a'", False)]
)
def test_a_sign_behind_another_names_nothing_that_acts(text: str, is_kept: bool) -> None:
    body = f"<p>{text}</p>"
    assert clean(body, profile("source")).body == (body if is_kept else body.replace("<y", "&lt;y"))


@pytest.mark.parametrize("sign", ["<y", "<y。", "</x", "<!a", "<?a", "<中", "<y a", "<b c", "<y=", "<中=a "])
def test_the_time_grows_with_the_length(sign: str) -> None:
    def took(text: str) -> float:
        started = time.process_time()
        clean(text, profile("source"))
        return time.process_time() - started

    assert took(sign * 10_000) < 30 * min(took(sign * 1_000) for _ in range(2)) + 0.5
