"""Which tags and comments every reader ends at the same place, and which kramdown takes for tags."""

import pytest

from crawler.body.syntax import COMMENT, END_TAG, KRAMDOWN_TAG, READABLE_TAG, SPAN_ELEMENTS, words


@pytest.mark.parametrize(
    ("tag", "readable", "kramdown"),
    [
        ("<p>", True, True),
        ("<br />", True, True),
        ('<p class="a b" hidden>', True, True),
        ("<p class='a>b'>", True, True),
        ("<o:p>", True, True),
        ("<p width=50>", True, True),
        ("<p width=50%>", True, False),
        ("<a href=/x/>", True, False),
        ('<p a="1"b="2">', False, False),
        ('<p a="<b">', False, False),
        ("<p a=b`c>", False, False),
        ("<x:y:z>", False, False),
        ("<p 1a=2>", False, False),
        ("<p 属性=1>", False, False),
        ("<3>", False, False),
    ],
)
def test_start_tags(tag: str, readable: bool, kramdown: bool) -> None:
    assert (READABLE_TAG.fullmatch(tag) is not None, KRAMDOWN_TAG.fullmatch(tag) is not None) == (readable, kramdown)


@pytest.mark.parametrize(
    ("tag", "is_one"),
    [("</p>", True), ("</p \n>", True), ("</o:p>", True), ("</ p>", False), ("</p a>", False), ("</p/>", False)],
)
def test_end_tags(tag: str, is_one: bool) -> None:
    assert (END_TAG.fullmatch(tag) is not None) == is_one


@pytest.mark.parametrize(
    ("comment", "is_plain"),
    [
        ("<!---->", True),
        ("<!-- a - b -- c <p> -->", True),
        ("<!-- EM_StockImg_Start -->", True),
        ("<!-->", False),
        ("<!--->", False),
        ("<!-- a --!> -->", False),
        ("<!-- a <!-- b -->", False),
        ("<!-- a --> b -->", False),
    ],
)
def test_comments(comment: str, is_plain: bool) -> None:
    assert (COMMENT.fullmatch(comment) is not None) == is_plain


def test_a_table_of_words_is_read_at_its_blanks() -> None:
    assert words("a  b\nb") == {"a", "b"}
    assert {"a", "img", "span"} < SPAN_ELEMENTS
    assert SPAN_ELEMENTS.isdisjoint({"p", "div", "table", "center"})
