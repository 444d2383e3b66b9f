"""SingleFile's pages with each picture once: the pictures come back to where they are shown."""

import pytest

from crawler.pages.shared_pictures import with_pictures

NOTE = "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://a.example/\n-->"
ADDED = (
    "background-blend-mode:normal!important;background-position:50% 50%!important;"
    "background-image:var(--sf-img-12)!important;background-repeat:no-repeat!important"
)
DATA = "data:image/png;base64,iVBORw0KGgo="
EMPTY = "data:image/svg+xml,<svg xmlns=&quot;http://www.w3.org/2000/svg&quot; width=&quot;5&quot;></svg>"
STYLE = f'<style>:root{{--sf-img-3:url("data:image/gif;base64,R0lG");--sf-img-12: url({DATA})}}</style>'


def page(picture: str, style: str = STYLE) -> str:
    return f"{NOTE}<head>{style}</head><p>一{picture}二</p><p><img src='b.png'></p>"


@pytest.mark.parametrize(
    ("saved", "shown"),
    [
        (f'<img src="{EMPTY}" style="{ADDED}" alt="厂区">', f'<img src="{DATA}" alt="厂区">'),
        (f'<img style="width:5px;{ADDED}" src="{EMPTY}">', f'<img style="width:5px" src="{DATA}">'),
        (f"<img alt=a style='{ADDED};float:left' src='{EMPTY}'/>", f"<img alt=a style='float:left' src='{DATA}'/>"),
    ],
)
def test_a_picture_comes_back(saved: str, shown: str) -> None:
    assert with_pictures(page(saved * 2)) == page(shown * 2)


@pytest.mark.parametrize(
    "text",
    [
        page(f'<img src="{EMPTY}" style="{ADDED}">').replace("SingleFile", "another"),
        page(f'<img src="{EMPTY}" style="{ADDED}">', ""),
        page(f'<img src="{EMPTY}" style="{ADDED}">', STYLE.replace(DATA, "https://a.example/a.png")),
        page(f'<img src="a.png" style="{ADDED}">'),
        page(f'<img src="{EMPTY}"><p style="{ADDED}">'),
        page(f'<div style="{ADDED}">'),
        page(f'<img src="{EMPTY}" style="{ADDED}'),
    ],
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert with_pictures(text) == text


def test_a_page_does_not_grow_without_end() -> None:
    large = DATA.replace("=", "A" * (1 << 20))
    made = with_pictures(page(f'<img src="{EMPTY}" style="{ADDED}">' * 100, STYLE.replace(DATA, large)))
    assert made.count(large) == 64  # the one of the style, and those that fit
