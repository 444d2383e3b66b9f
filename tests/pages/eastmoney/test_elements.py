"""Elements are found where a browser has them: not in comments, raw text and values; in linear time."""

import contextlib
import random
from itertools import pairwise

import pytest
from full_or_small import size
from pages.eastmoney.adversary import URL, page

from crawler import markup
from crawler.pages.eastmoney import element_end
from crawler.pages.eastmoney.article_page import read
from crawler.pages.eastmoney.elements import Elements, Selector
from crawler.pages.unreadable import Unreadable

CONTAINER = Selector("div", "id", "ContentBody")


@pytest.mark.parametrize("raw", ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "XMP"])
def test_a_container_in_raw_text_is_none(raw: str) -> None:
    body = '<div id="ContentBody"><p>{}</p><p class="em_media">（文章来源：甲报）</p></div>'
    source = f"<html><body><h1>题目</h1><{raw}>{body.format('假')}</{raw}>{body.format('真')}</body></html>"
    (article,) = read(URL, source)
    assert "真" in (article.text or "")


@pytest.mark.parametrize(
    "hidden",
    [
        "<!--{}-->",
        "<template><template></template>{}</template>",
        "<noscript>{}</noscript>",
        "<a title='{}'>x</a>",
        "<div hidden>{}</div>",
    ],
)
def test_what_no_reader_sees_is_passed_over(hidden: str) -> None:
    fake, true = ('<div id="ContentBody"{}><p>{}</p></div>'.format(*both) for both in ((" hidden", "假"), ("", "真")))
    source = hidden.format(fake) + true
    found = Elements(source).shown(CONTAINER)
    assert found is not None
    assert source[slice(*found.inner)] == "<p>真</p>"


def test_a_hidden_container_is_better_than_none() -> None:
    source = '<div id="ContentBody" style="display: none"><p>正文</p></div>'
    found = Elements(source).shown(CONTAINER)
    assert found is not None
    assert source[slice(*found.inner)] == "<p>正文</p>"


def test_places_are_told_alike_in_whatever_order_they_are_asked() -> None:
    for seed in range(0, 10_000, 50):
        source = page(seed)
        forward, backward = Elements(source), Elements(source)
        places = range(0, len(source), 7)
        one = [forward._at(place) for place in places]
        assert one == [backward._at(place) for place in reversed(places)][::-1]
        told = [token for token in one if token is not None and token.kind in {"start", "end"}]
        assert all(a == b or a.end <= b.start for a, b in pairwise(told))


def test_plain_pages_need_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(element_end, "_judged", lambda *_: pytest.fail("the page was parsed"))
    source = (
        '<html><head><title>联通推进5G _ 东方财富网</title><script>if (a<b) x("<div id=ContentBody>")</script></head><body>'
        '<!-- 头 --><div class="infos"><div class=" item">2022年01月14日 13:02</div><div class="item">人民邮电报</div></div>'
        '<div class="txtinfos" id="ContentBody"><!--文章主体--><p>正文</p><div class="ad_context3"><script>ads()</script></div>'
        '<table><tr><td>1</td></tr></table><p class="em_media">（文章来源：人民邮电报）</p></div></body></html>'
    )
    (article,) = read(URL, source)
    assert article.text is not None
    assert article.text.startswith("<p>正文</p><div")
    assert article.text.endswith("</p>")


@pytest.mark.long
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "filler",
    [
        "infos ",
        '="infos" ',
        "<b" + " infos=infos" * 9,
        "<b x='infos ",
        "ContentBody ",
        "< infos ",
        "<!infos ",
        '<p class="infoss infos2">',
        "<!-- infos -->",
        "<noscript> infos ",
        '<div id="ContentBody" hidden>',
        '"',
        "'",
    ],
)
def test_what_names_an_element_and_is_none_costs_no_more_the_more_there_is(filler: str) -> None:
    much = filler * (100_000 // max(1, filler.count("infos")) // (10 if "div" in filler else 1))
    source = (
        f'<title>联通</title><body>{much}<div class="infos">x</div><div id="ContentBody"><p>{"正文" * 30}</p></div>'
    )
    with contextlib.suppress(Unreadable):
        read(URL, source)


@pytest.mark.timeout(60)
def test_a_tag_that_names_it_again_and_again_is_looked_at_once() -> None:
    tag = f"<b{' a= infos' * 100_000}>"
    source = f'<title>联通</title><body>{tag}<div class="infos">x</div><div id="ContentBody"><p>{"正文" * 30}</p></div>'
    with contextlib.suppress(Unreadable):
        read(URL, source)


VALUES = (
    '="',
    "='",
    '= "',
    '"',
    "'",
    ">",
    "<",
    '<a b="',
    "/>",
    "<p>",
    'x=">"',
    '<b c=d"e" f>',
    '<a "=" b>',
    "infos",
    "\n",
)
HIDING = ("<!--", "-->", "<script>", "</script>", "<title>", "</title>", "<noscript>", "</noscript>", "<!doctype html>")


def test_a_place_is_told_as_reading_from_the_beginning_tells_it() -> None:
    rng = random.Random(19)
    for seed in range(size(3000, 300)):
        pieces = rng.choices((*VALUES, *HIDING), k=rng.randint(5, 60))
        source = page(seed) if seed % 3 == 0 else "".join(pieces) + "x" * rng.choice((0, 0, 0, 3000, 9000))
        read_on, told = _read_on(source), Elements(source)
        for place in rng.sample(range(len(source)), 20) if len(source) > 20 else ():
            inside = next((t for t in read_on if t.start <= place < t.end), None)
            assert told._at(place) == inside, (seed, place)


def _read_on(source: str) -> list[markup.Token]:
    """All tokens, read one after the other; what no reader sees is one."""
    found: list[markup.Token] = []
    page, at = Elements(source), source.find("<")
    while at >= 0:
        found += page._next(at)
        at = source.find("<", found[-1].end)
    return found
