"""Titles and names of media: harmless ones stay, others are made harmless where layouts print them."""

import pytest
from fuzz import HOSTILE
from oracle import dangers

from crawler.body import clean_digest, safe_name, safe_title


@pytest.mark.parametrize(
    "title", ['中国联通 “A&B” · 《x》 1<2 <中> "甲" {乙}', "A  B", "Moody's EPS=3", "100% &amp; 甲：乙？！", "a\\"]
)
def test_harmless_titles_stay(title: str) -> None:
    assert safe_title(title) == title


@pytest.mark.parametrize(("title", "wanted"), [
    ("<b>x", "&lt;b>x"), ("{{x}}{%y%}", "&#123;{x}}&#123;%y%}"), ("a\r\nb\x08\x00", "a b"), ("\ud800", "\ufffd"),
    ('" onclick="x', "&quot; onclick=&quot;x"), ("甲\u202e乙\u202c丙\u2066丁\u2069", "甲乙丙丁"),
])  # fmt: skip
def test_titles_are_made_harmless(title: str, wanted: str) -> None:
    assert safe_title(title) == wanted


@pytest.mark.parametrize(("name", "wanted"), [
    ("每日经济新闻", "每日经济新闻"), ("Moody's", "Moody's"), ("[x]A&B", "[x]A&B"), ('"甲"', "&quot;甲&quot;"), ("&quot;甲", "&quot;甲"),
    ('报"/tabindex="1"', "报&quot;/tabindex=&quot;1&quot;"), ("x' y='z", "x&#39; y=&#39;z"), ("<b>", "&lt;b>"), ("{{x", "&#123;{x"),
])  # fmt: skip
def test_names_stand_in_attributes(name: str, wanted: str) -> None:
    assert (safe_name(name), safe_name(wanted)) == (wanted, wanted)


@pytest.mark.parametrize("title", ['甲" tabindex="1', "甲' hidden='x", '"甲" rel=opener', '甲"ONCLICK =x'])
def test_no_quote_of_a_title_begins_an_attribute(title: str) -> None:
    assert not set("\"'") & set(safe_title(title))
    assert safe_title(safe_title(title)) == safe_title(title)


@pytest.mark.parametrize("row", HOSTILE)
def test_hostile_titles_and_digests(row: str) -> None:
    title, digest = safe_title(row), clean_digest(row)
    assert (safe_title(title), clean_digest(digest)) == (title, digest)
    assert dangers(f"<h1>{title}</h1>") == dangers(digest) == []
    assert not any(True for text in (title, digest) for sign in ("{{", "{%", "\n\n", "\r\r") if sign in text)
