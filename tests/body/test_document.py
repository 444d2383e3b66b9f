"""What is found in a body: tokens, attributes, the ends of elements, links, depths, paragraphs, text."""

import pytest

from crawler.body.document import Document, says, text_of


def _spelled(document: Document, *tokens: object) -> list[str]:
    return [document.source[token.start : token.end] for token in tokens]  # type: ignore[attr-defined]


def test_tokens_leave_out_a_sign_of_the_text() -> None:
    document = Document("<p>若a<b，则止</p><BR>")
    assert document.bare == [5]
    assert _spelled(document, *document.tokens) == ["<p>", "</p>", "<BR>"]
    assert _spelled(document, *document.starts) == ["<p>", "<BR>"]


def test_start_tags_with_attributes_are_spelled_in_lower_case() -> None:
    assert [spelled for _, spelled in Document('<p><P ID="A">').spelled] == ['<p id="a">']


def test_of_equal_attributes_a_browser_takes_the_first_and_kramdown_the_last() -> None:
    document = Document('<p ID=1 id="2" hidden>')
    tag = document.starts[0]
    first = document.attribute(tag, "id")
    assert first is not None
    assert first.value == "1"
    assert document.values(tag) == {"id": "2", "hidden": ""}
    assert document.attribute(tag, "class") is None
    assert document.attributes(tag) is document.attributes(tag), "they are looked for once"


@pytest.mark.parametrize(
    ("source", "end"),
    [
        ("<p>a<b>c</b></p>", "</p>"),
        ("<p><p>a</p></p>", "</p>"),
        ("<br>a</br>", "<br>"),
        ("<p>a", None),
        ("<p><b>a</p></b>", None),
        ("<p>a</b></p>", "</p>"),
        ("<p/>", None),
    ],
)
def test_an_element_ends_where_its_name_comes_in_order(source: str, end: str | None) -> None:
    document = Document(source)
    found = document.end(document.starts[0])
    assert (found and _spelled(document, found)[0]) == end
    assert found is None or found is document.tokens[0] or found.end == len(source)


def test_what_stands_in_a_link_is_linked() -> None:
    document = Document("<i></i><a><b></a></a><u><a>")
    linked = {token.name for token in document.starts if document.is_linked(token)}
    assert linked == {"b"}


def test_depths_count_what_is_open() -> None:
    document = Document("<p><b>a</b><br></p></i><p>")
    assert [depth for _, depth in document.depths()] == [0, 1, 2, 1, 1, 0, 0]
    assert _spelled(document, *(token for token, _ in document.top)) == ["<p>", "</p>", "</i>", "<p>"]


def test_paragraphs_are_those_that_hold_none() -> None:
    document = Document("<div>a<p>b<b>c</b></p></div><p>d<div>e</div></p><p>f</div>")
    assert [(document.source[slice(*p.span)], document.source[slice(*p.inner)]) for p in document.paragraphs] == [
        ("<p>b<b>c</b></p>", "b<b>c</b>"),
        ("<div>e</div>", "e"),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [("a<b>&amp;&lt;</b>c", "a&<c"), ("1 < 2 <b", "1 < 2 <b"), ("<b a='>'>x</b>", "'>x"), ("", "")],
)
def test_text_stands_between_tags(markup: str, text: str) -> None:
    assert text_of(markup) == Document(markup).text == text


@pytest.mark.parametrize(
    ("inner", "said"),
    [(" 甲<b>乙</b>　", "甲乙"), ('甲<IMG src="x">', "picture"), ("<table>", "picture"), ("<imgx>", "")],
)
def test_a_paragraph_says_its_text_or_that_it_shows_something(inner: str, said: str) -> None:
    assert says(inner) == said


def test_what_is_known_of_characters_stays_known_unless_an_edit_brings_others() -> None:
    document = Document("<p>甲</p>", "https://a.cn/")
    document.is_legal, document.missing = True, {"乙"}
    plain, foreign = document.edited("<p></p>", ["", "a"]), document.edited("<p>乙</p>", ["乙"])
    assert (plain.is_legal, plain.missing, plain.base_url) == (True, {"乙"}, "https://a.cn/")
    assert (foreign.is_legal, foreign.missing, foreign.base_url) == (False, set(), "https://a.cn/")
    plain.missing.add("丙")
    assert document.missing == {"乙"}
