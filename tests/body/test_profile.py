"""Profiles: rules are added and taken by name, and a wrong name is told with the right ones."""

import pytest

from crawler.body import clean, profile


def test_rules_are_added_and_taken_by_name() -> None:
    body = '<p style="display:none">x</p><!--y--><p>　　z</p>'
    assert clean(body, profile("source", add=["hidden"])).body == "<!--y--><p>z</p>"
    assert clean(body, profile("standard", remove=["comments", "pairs"])).body == "<!--y--><p>　　z</p>"
    assert clean(body, profile("standard")).counts == {"pairs": 1, "hidden": 1, "comments": 1}


@pytest.mark.parametrize("wrong", [("source", ["bogus"], []), ("standard", [], ["bogus"]), ("bogus", [], [])])
def test_a_wrong_name_is_told_with_the_right_ones(wrong: tuple[str, list[str], list[str]]) -> None:
    with pytest.raises(ValueError, match=r"'bogus': there are (archived|source), "):
        profile(*wrong)
