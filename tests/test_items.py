"""Nouns are frozen: a changed one is another, equal to what `dataclasses.replace` gives."""

import dataclasses

import pytest

from crawler.items import Article, Post, changed

ARTICLE = Article(code="NW202201142248170578", origin="share", text="<p>正文</p>")
POST = Post(
    code="NW202201142248170578", kind="media", title="题", time="2022-01-14 13:02:46", category="a", tag="b", link=None
)


@pytest.mark.parametrize("one", [ARTICLE, POST], ids=["article", "post"])
def test_a_changed_one_is_what_replace_gives(one: Article | Post) -> None:
    before = dataclasses.asdict(one)
    for name in before:
        other = changed(one, **{name: "other"})
        assert dataclasses.asdict(other) == {**before, name: "other"}
        assert other == dataclasses.replace(one, **{name: "other"})
    assert dataclasses.asdict(one) == before


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="no field of Post: titel"):
        changed(POST, titel="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        POST.title = "x"  # type: ignore[misc]
