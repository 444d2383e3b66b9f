"""What a program spelled for programs is undone where that can be told, and damage where it cannot."""

import base64

import pytest

from crawler.pages.damage import damage, undo

PROSE = "<p>港口吞吐量回升，“一号码头”恢复作业。</p>"


@pytest.mark.parametrize("halves", ["&#xD83D;&#xDE00;", "&#55357;&#56832;", "&#x00d83d;&#056832;"])
def test_a_character_written_by_its_halves_is_one(halves: str) -> None:
    assert undo(f"<p>一{halves}二&#65;</p>") == "<p>一😀二&#65;</p>"


@pytest.mark.parametrize("half", ["&#xD83D;", "&#56832;", "&#xDE00;&#xD83D;"])
def test_half_a_character_is_a_lost_one(half: str) -> None:
    assert "lost" in damage(f"<p>一{half}二</p>")
    assert undo(half) == half


@pytest.mark.parametrize("printed", [str(PROSE.encode()), str(PROSE.encode())[2:-1], f" {PROSE.encode()!r}\n"])
def test_bytes_as_python_prints_them_are_read(printed: str) -> None:
    assert "escaped" in damage(printed)
    assert undo(printed).strip() == PROSE


@pytest.mark.parametrize("text", [str(PROSE.encode("gbk")), str(PROSE.encode())[:40]])
def test_bytes_that_are_no_whole_text_are_damage(text: str) -> None:
    assert "escaped" in damage(text)
    assert undo(text) == text


def test_a_text_in_base64_is_damage() -> None:
    assert "escaped" in damage(base64.b64encode(PROSE.encode()).decode())
    assert "escaped" in damage(base64.urlsafe_b64encode(PROSE.encode()).decode())


@pytest.mark.parametrize(
    "text", ["见 C:\\x64\\x86 目录", "https://a.cn/" + "a" * 80, "Supercalifragilistic" * 2, "<p>b'x'</p>"]
)
def test_other_texts_are_none(text: str) -> None:
    assert (damage(text), undo(text)) == ("", text)
