"""Why a page cannot be read: whose it was, and which article it spoke of."""

import pytest

from crawler.pages.unreadable import NOT_OURS, AnothersPage, TooSlow, Unreadable, Withdrawn


@pytest.mark.parametrize(
    ("error", "reason", "is_foreign", "of_promised"),
    [
        (Unreadable("cut short"), "cut short", False, "cut short"),
        (Unreadable(f"{NOT_OURS}: a forum post"), "not an article: a forum post", True, "a forum post"),
        (AnothersPage("its code"), "another article's page: its code", False, "another article's page: its code"),
        (Withdrawn("文章已删除"), "withdrawn: 文章已删除", False, "withdrawn: 文章已删除"),
        (Withdrawn("文章已删除", "gone"), "gone", False, "gone"),
        (TooSlow("too slow"), "too slow", False, "too slow"),
    ],
)
def test_the_reason(error: Unreadable, reason: str, is_foreign: bool, of_promised: str) -> None:
    assert (str(error), error.is_foreign, error.of_promised()) == (reason, is_foreign, of_promised)


def test_what_was_withdrawn_is_told_in_the_site_s_words_with_its_code() -> None:
    error = Withdrawn("文章已删除", code="NW202201142248170578")
    assert (error.words, error.code, Withdrawn("x").code) == ("文章已删除", "NW202201142248170578", "")
