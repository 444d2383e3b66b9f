"""Why a post is another one than before."""

from dataclasses import replace

import pytest

from crawler.assemble.changes import why
from crawler.items import POST_FIELDS, Origin, Post, Source

POST = Post(
    code="NW202201142248170578", kind="media", title="题", time="2022-01-14 13:02:00", category="jia", tag="甲报新闻", link="",
    body="<p>1</p>", origin="share",
)  # fmt: skip


def told(text: tuple[Origin, str], title: tuple[Origin, str] = ("finews-page", "a")) -> list[Source]:
    return [
        (text[0], (1, 1, 1, text[1]), ("text",)),
        (title[0], (1, 1, 1, title[1]), ("title", "time", "tag", "category")),
    ]


BEFORE = told(("share", "x.12"))
CASES = {
    "another text of the same page": (replace(POST, body="<p>2</p>"), told(("share", "y")), "source-changed"),
    "another title of the same page": (
        replace(POST, title="新题"),
        told(("share", "x.12"), ("finews-page", "b")),
        "source-changed",
    ),
    "a text from a better page": (replace(POST, body="<p>2</p>"), told(("post-file", "z")), "better-origin"),
    "both": (
        replace(POST, body="<p>2</p>", title="新"),
        told(("post-file", "z"), ("finews-page", "b")),
        "source-changed",
    ),
    "another text that was read in the same bytes": (
        replace(POST, body="<p>2</p>"),
        told(("share", "y.12")),
        "newer-cleaning",
    ),
    "a text of other bytes": (replace(POST, body="<p>2</p>"), told(("share", "y.34")), "source-changed"),
    "seconds": (replace(POST, time="2022-01-14 13:02:46"), BEFORE, "better-origin"),
    "another time": (
        replace(POST, time="2022-01-14 13:03:00"),
        told(("share", "x.12"), ("finews-page", "b")),
        "source-changed",
    ),
    "the same pages": (replace(POST, body="<p>2"), BEFORE, "newer-cleaning"),
    "pages that say otherwise what no reader sees": (replace(POST, link="x"), told(("share", "y")), "newer-cleaning"),
}


@pytest.mark.parametrize("case", CASES)
def test_why(case: str) -> None:
    after, now, reason = CASES[case]
    assert why(POST, after, BEFORE, now) == reason


@pytest.mark.parametrize("name", POST_FIELDS)
def test_of_each_field_that_readers_see_another_word_of_the_same_page_is_news(name: str) -> None:
    before, after = ([("finews-page", (1, 1, 1, digest), (name,))] for digest in ("a", "b"))
    reason = "newer-cleaning" if name in {"kind", "link"} else "source-changed"
    other = replace(POST, **{name: "2022-01-15 13:02:00" if name == "time" else "x"})
    assert why(POST, other, before, after) == reason


def test_of_what_is_lost_the_pages_alone_tell() -> None:
    assert why(None, POST, BEFORE, BEFORE) == "newer-cleaning"
    assert why(None, POST, BEFORE, told(("share", "y"))) == "source-changed"
    assert why(None, POST, BEFORE, told(("post-file", "y"))) == "better-origin"
    assert why(None, POST, (), BEFORE) == "better-origin"
