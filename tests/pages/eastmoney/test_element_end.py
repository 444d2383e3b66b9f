"""Elements end where browsers end them: thousands of pages made to fool whoever counts tags, and what only a parser knows."""

import hashlib
import json

import pytest
from full_or_small import size
from pages.eastmoney.adversary import CODE, URL, page

from crawler.markup import tokens
from crawler.pages.eastmoney import element_end
from crawler.pages.eastmoney.article_page import read
from crawler.pages.eastmoney.element_end import Element, element
from crawler.pages.eastmoney.elements import Elements, Selector
from crawler.pages.eastmoney.eras import ERAS
from crawler.pages.unreadable import Unreadable

PAGES = size(2_500, 10_000)
SLICE = 500
PARSER_DIFFERS = ("<td>", "<select>", "<object>", "<template>", "<svg>", "</body>", "<plaintext>", "<!-- never")
"""What libxml2 reads in another way than the standard and browsers do."""


def container(source: str) -> Element | None:
    """The element that the article stands in."""
    page = Elements(source)
    return next(filter(None, (page.shown(era.container) for era in ERAS)), None)


def outcome(source: str) -> object:
    """What is read from a page: title, time, tag and body, or the reason why nothing is."""
    try:
        (article,) = read(URL, source)
    except Unreadable as error:
        return str(error)
    assert article.code == CODE
    return [article.title, article.time, article.tag, article.text]


@pytest.mark.parametrize("part", range(PAGES // SLICE))
def test_what_is_read_is_what_was_checked_against_a_browser(part: int, request: pytest.FixtureRequest) -> None:
    told = "\n".join(json.dumps(outcome(page(seed))) for seed in range(part * SLICE, (part + 1) * SLICE))
    wanted = request.path.with_name("adversary.digests").read_text().split()
    assert hashlib.sha256(told.encode()).hexdigest() == wanted[part]


def test_the_parser_agrees_where_it_follows_the_standard() -> None:
    asked = 0
    for seed in range(0, PAGES, 4):
        source = page(seed)
        if any(word in source.removesuffix("</body></html>") for word in PARSER_DIFFERS):
            continue
        found = container(source)
        if found is not None and found.closed:
            asked += 1
            assert element_end._judged(source, found.tag).inner == found.inner, f"page {seed}"
    assert asked > PAGES // 100


CELL = '<div id="x"><p>甲</p>{}<p>乙</p></div>丙'


@pytest.mark.parametrize(
    ("source", "inner"),
    [
        (CELL.format("</td>"), "<p>甲</p></td><p>乙</p>"),
        (CELL.format("</tr></table>"), "<p>甲</p></tr></table><p>乙</p>"),
        (CELL.format("<html>"), "<p>甲</p><html><p>乙</p>"),
        (CELL.format("<svg><path/></svg>"), "<p>甲</p><svg><path/></svg><p>乙</p>"),
    ],
)
def test_where_tags_leave_a_doubt_the_parser_tells(source: str, inner: str) -> None:
    found = element(f"<html><body>{source}", next(tokens(f"<html><body>{source}", 12)))
    assert f"<html><body>{source}"[slice(*found.inner)] == inner


def test_a_cell_around_the_element_that_ends_before_it_is_not_guessed_over() -> None:
    source = f"<html><body><table><tr><td>{CELL.format('</td></tr></table>')}"
    with pytest.raises(Unreadable, match="where the body ends cannot be told"):
        element(source, next(tokens(source, source.index("<div"))))


@pytest.mark.parametrize(
    "inside",
    [
        "<p>甲</p>",
        "<div><div><p>甲</p></div></div>",
        "<table border=1><tr><td>甲<td>乙</table>",
        '<div class="zwothers"></div>',
        "<!-- EM_StockImg_Start --><br /><!-- EM_StockImg_End -->",
        "<ul><li>甲<li>乙</ul>",
        "<script>if (a<b) x('<p>')</script>",
    ],
)
def test_usual_bodies_are_bounded_by_one_pattern(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(element_end, "_counted", lambda *_: pytest.fail("looked at tag by tag"))
    source = f'<div class="infos"></div><div id="ContentBody"><p>{"正文" * 30}</p>{inside}</div><div>x</div>'
    found = Elements(source).first(Selector("div", "id", "ContentBody"))
    assert found is not None
    assert found.whole
    assert source[slice(*found.inner)] == f"<p>{'正文' * 30}</p>{inside}"


@pytest.mark.parametrize(
    "inside",
    [
        '<p title="a>甲</p>',
        "<p title='\"'=\" '=\">甲</p>",
        "<p a='x'b>甲</p>",
        "<!-- <div> -->",
        "<script></div></script>",
        "<table><tr><td><div>甲</div></td></tr></table>",
        "<div><div><div>甲</div></div></div>",
        "<button>甲</button>",
        "<P>甲</P>",
        "<script>document.write('<!--</script>')</script>",
    ],
)
def test_what_could_be_read_in_two_ways_is_not_bounded_by_it(inside: str) -> None:
    source = f'<div id="ContentBody">{inside}</div>'
    matched = element_end._plain("div").match(source, source.index(">") + 1)
    assert matched is None or "<script></div>" in inside
