"""An answer is bounded in size, whatever is in it, and goes on where it stopped."""

import json
from typing import Any

import pytest

from crawler.mcp_server import answers
from crawler.mcp_server.answers import LARGEST, clean, packed, page, text_page, unpacked

HOSTILE = ["题", 'a"\\', "\x1b\u2028", "\U0001f600", "\0"]


def told(result: Any) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(result.content[0].text)
    assert result.structured_content == payload
    assert len(result.model_dump_json(by_alias=True).encode()) < 64 * 1024
    return payload


@pytest.mark.parametrize("sign", HOSTILE)
@pytest.mark.parametrize("length", [1, 499])
def test_pages_of_a_list_hold_all_items_once(sign: str, length: int) -> None:
    items = [{"number": number, "title": sign * length} for number in range(100)]
    found: list[int] = []
    while len(found) < len(items):
        rest = items[len(found) :]
        answer = told(page(rest, [[item["number"]] for item in rest], is_last=True, as_of="x"))
        found += [item["number"] for item in answer["items"]]
        assert answer["as_of"] == "x"
        if answer["next_cursor"]:
            assert unpacked(answer["next_cursor"], int) == [found[-1]]
    assert found == [item["number"] for item in items]
    assert answer["next_cursor"] is None


def test_how_many_fit_is_found_with_a_few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    fits = answers._fits
    monkeypatch.setattr(answers, "_fits", lambda payload: looks.append(len(payload["items"])) or fits(payload))  # type: ignore[func-returns-value]
    items = [{"title": "题" * 499} for _ in range(100)]
    shown = len(told(page(items, [[0]] * 100, is_last=True))["items"])
    assert len(looks) < 10
    assert 1 < shown < 100
    payload = {"items": items[: shown + 1], "next_cursor": packed([0])}
    assert not fits(payload), "as many as fit"


def test_one_item_is_always_shown_so_that_a_client_comes_on() -> None:
    found = page([{"title": "题" * 90_000}] * 2, [[1], [2]], is_last=True).structured_content
    assert found
    assert len(found["items"]) == 1
    assert unpacked(found["next_cursor"], int) == [1]


def test_a_list_that_goes_on_elsewhere_has_a_cursor_and_an_empty_one_none() -> None:
    assert unpacked(told(page([{"a": 1}], [[7]], is_last=False))["next_cursor"], int) == [7]
    assert told(page([], [], is_last=True)) == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("sign", HOSTILE)
def test_a_text_comes_whole_in_pieces(sign: str) -> None:
    text = sign * 20_000
    pieces, start = [], 0
    while True:
        answer = told(text_page(text, start, 42, code="NW1"))
        pieces.append(answer["text"])
        assert answer["untrusted"] is True
        if not answer["next_cursor"]:
            break
        start, mark = unpacked(answer["next_cursor"], int, int)
        assert mark == 42
    assert "".join(pieces) == text
    assert len(pieces) < 60
    assert told(text_page("短", 0, 1))["next_cursor"] is None
    assert told(text_page("短", 1, 1))["text"] == ""


def test_a_foreign_text_can_be_carried_and_is_cut() -> None:
    assert clean("一\ud800二") == "一?二"
    assert clean("一" * 501) == "一" * 499 + "…"
    assert clean("一" * 500) == "一" * 500
    assert clean("一二三", 2) == "一…"
    assert LARGEST < 64 * 1024


@pytest.mark.parametrize("value", [[0], [7, 8], ["2022-01-14", "NW1", "联通.md"]])
def test_a_cursor_is_a_word_that_comes_back(value: list[Any]) -> None:
    word = packed(value)
    assert word.isascii()
    assert "=" not in word
    assert unpacked(word, *map(type, value)) == value


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "x", "!", "联通", packed([-1]), packed([True]), packed(["1"]), packed([1, 2]), packed({"a": 1})),
        *(packed(1), packed([1.0]), packed([1]) + "x" * 99_999),
    ],
)  # fmt: skip
def test_any_other_word_is_none(cursor: str) -> None:
    with pytest.raises(ValueError, match="begin without one"):
        unpacked(cursor, int)


def test_what_is_deep_in_a_cursor_is_none() -> None:
    with pytest.raises(ValueError, match="begin without one"):
        unpacked(packed([[[[[[1]]]]]]), int)
