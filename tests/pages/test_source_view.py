"""A page that shows another's source, as browsers and editors do, is that page."""

import re
from collections.abc import Callable
from html import escape

import pytest
from pages.eastmoney.article_pages import CURRENT, URL

from crawler import pages
from crawler.items import Page
from crawler.pages.source_view import unwrap_source_view


def _chromium(source: str) -> str:
    """What a driver of Chromium gives of ``view-source:``."""
    lines = [
        re.sub(r"(&lt;/?)(\w+)", r'<span class="html-tag">\1\2</span>', escape(line)) for line in source.split("\n")
    ]
    rows = [
        f'<tr><td class="line-number" value="{n}"></td><td class="line-content">{row}</td></tr>'
        for n, row in enumerate(lines)
    ]
    switch = '<form autocomplete="off"><label class="line-wrap-control">自动换行<input type="checkbox"></label></form>'
    return f"<html><head></head><body>{switch}<table><tbody>{''.join(rows)}</tbody></table></body></html>"


def _firefox(source: str) -> str:
    marked = re.sub(r"(&lt;/?)(\w+)", r'<span>\1<span class="start-tag">\2</span></span>', escape(source, quote=False))
    return f'<!DOCTYPE html><html><head><title>x</title></head><body id="viewsource"><pre id="line1">{marked}</pre></body></html>'


def _plain(source: str) -> str:
    return f"<HTML><BODY><PRE>{escape(source)}</PRE></BODY></HTML>\n"


@pytest.mark.parametrize("view", [_chromium, _firefox, _plain])
def test_the_source_is_taken_out(view: Callable[[str], str]) -> None:
    assert unwrap_source_view(view(CURRENT)).strip() == CURRENT
    shown, straight = (pages.read(Page(url=URL, body=text.encode())) for text in (view(CURRENT), CURRENT))
    assert shown.articles == straight.articles


@pytest.mark.parametrize(
    "text",
    [
        CURRENT,
        "<html><body><p>网页以&lt;html&gt;开头。</p></body></html>",
        f"<html><body><p>5&gt;3</p><pre>{escape(CURRENT)}</pre></body></html>",
        _plain(CURRENT[:-9]),
        _plain("<div>一</div></html>"),
        f"<items><item><url>{URL}</url><html>{escape(CURRENT)}</html></item></items>",
        "&lt;",
        "",
    ],
)
def test_any_other_text_is_as_it_is(text: str) -> None:
    assert unwrap_source_view(text) == text
