"""The tokenizer: what browsers read as tags, comments, raw text and attributes, as spans of the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.markup import Edit, apply, attribute, attributes, element_span, tokens, values

TOKENS = [
    ("a<b>c</b >d", ["start b <b>", "end b </b >"]),
    ("<P\nX=1/>", ["start p <P\nX=1/>"]),
    ('<p a=">">b', ['start p <p a=">">']),
    ('<p "a>b', ['start p <p "a>']),
    ("<p =a>b", ["start p <p =a>"]),
    ("<p a='x", ["broken p <p a='x"]),
    ("1 < 2 <3 <>", []),
    ("<!-- a -- b -->c", ["comment  <!-- a -- b -->"]),
    ("<!-->c<!--->d<!--e--!>f", ["comment  <!-->", "comment  <!--->", "comment  <!--e--!>"]),
    ("<!-- a", ["comment  <!-- a"]),
    ("<!a><?b?></ c>", ["bogus  <!a>", "bogus  <?b?>", "bogus  </ c>"]),
    ("<script>a<b></script >c", ["start script <script>", "raw script a<b>", "end script </script >"]),
    ("<title></p></title>", ["start title <title>", "raw title </p>", "end title </title>"]),
    ("<script><!--<script></script>--></script>", ["start script <script>", "raw script <!--<script></script>-->", "end script </script>"]),
    ("<style>a", ["start style <style>", "raw style a"]),
    ("<plaintext><b>", ["start plaintext <plaintext>", "raw plaintext <b>"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), TOKENS)
def test_tokens(source: str, wanted: list[str]) -> None:
    assert [f"{t.kind} {t.name} {source[t.start : t.end]}" for t in tokens(source)] == wanted


@pytest.mark.parametrize(("source", "wanted"), [
    ("<p>", []), ("<p A=1 b = '2' c>", [("a", "1"), ("b", "2"), ("c", "")]), ('<p a="x&amp;y"b=z/>', [("a", "x&amp;y"), ("b", "z/")]),
    ("<p/a/b=1>", [("a", ""), ("b", "1")]), ("<p a=>", [("a", "")]), ("<p a=1 a=2>", [("a", "1"), ("a", "2")]),
])  # fmt: skip
def test_attributes(source: str, wanted: list[tuple[str, str]]) -> None:
    (tag,) = tokens(source)
    found = attributes(source, tag)
    assert [(a.name, a.value) for a in found] == wanted
    assert [source[slice(*a.value_span)] for a in found] == [value for _, value in wanted]
    for name, value in wanted[:1]:
        assert (taken := attribute(source, tag, name)) is not None
        assert taken.value == value
    assert attribute(source, tag, "none") is None


def test_element_span() -> None:
    source = "a<div>b<div>c</div>d</div>e<div>"
    first, second, *_, last = tokens(source)
    assert [source[slice(*s)] for s in element_span(source, first) or ()] == [
        "<div>b<div>c</div>d</div>",
        "b<div>c</div>d",
    ]
    assert [source[slice(*s)] for s in element_span(source, second) or ()] == ["<div>c</div>", "c"]
    assert element_span(source, last) is None


def test_apply() -> None:
    assert apply("abcd", []) == "abcd"
    assert apply("abcd", [Edit(3, 4, "x"), Edit(0, 0, "y"), Edit(1, 3), Edit(2, 3, "swallowed")]) == "yax"


@given(st.text(alphabet="<>/!-=\"' \nabpPscriptyle?\0中", max_size=80))
def test_tokens_are_spans_in_order(source: str) -> None:
    position = 0
    for token in tokens(source):
        assert position <= token.start < token.end <= len(source)
        position = token.end
        if token.kind == "start":
            spelled = attributes(source, token)
            assert all(token.start < a.span[0] < a.span[1] < token.end for a in spelled)
            assert values(source, token) == {a.name: a.value for a in reversed(spelled)}


def test_the_first_of_several_attributes_counts() -> None:
    source = "<p A=1 a='2' b c=\"x 'y'\">"
    assert values(source, next(tokens(source))) == {"a": "1", "b": "", "c": "x 'y'"}
