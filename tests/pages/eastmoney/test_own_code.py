"""Which article a page is: as it says itself, and never as it says of others."""

import pytest
from pages.eastmoney.article_pages import (
    CURRENT,
    ID,
    URL,
)

from crawler import sites
from crawler.pages.eastmoney.article_page import read
from crawler.pages.eastmoney.own_code import likely_code, own_code
from crawler.pages.unreadable import Unreadable

_WAP = "https://wap.eastmoney.com/a/202201142248170578.html"


@pytest.mark.parametrize(
    "told",
    [
        f'<meta name="mobile-agent" content="format=html5; url={_WAP}">',
        f'<link rel="alternate" media="only screen and (max-width: 640px)" href="{_WAP}">',
        f'<link href="{_WAP}" rel=amphtml>',
        f'<base href="{URL}">',
        '<script>var newsid = "202201142248170578";</script>',
        '<input type="hidden" id="art_code" value="202201142248170578">',
        '<script>x({"infoCode":"NW202201142248170578"})</script>',
    ],
)
def test_a_page_without_an_address_names_its_twin_or_its_id(told: str) -> None:
    (article,) = read("", CURRENT.replace("<head>", f"<head>{told}"))
    assert (article.code, article.url) == ("202201142248170578", sites.article_url("202201142248170578"))
    for other in (
        told.replace("20220114", "20220115"),
        told + told.replace("0578", "0579"),
        '<a href="//x/?infoCode=NW202201142248170578">',
    ):
        with pytest.raises(Unreadable, match="no news id"):
            read("", CURRENT.replace("<head>", f"<head>{other}"))


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (f'<link rel="canonical" href="{URL}">', ID),
        (f"<LINK href='{URL}' rel=canonical>", ID),
        (f'<meta property="og:url" content="{URL}">', ID),
        (f'<meta name=x content=y><link rel="stylesheet" href="x"><link rel="canonical" href="{URL}">', ID),
        (f'<a class="reader-domain" href="{URL}">甲</a>', ID),
        ('<link rel="canonical" href="https://finance.eastmoney.com/">', None),
        ('<link rel="canonical" href="http://[">', None),
        (f'<link rel="canonical2" href="{URL}">', None),
        (f'<link rel="alternate" href="{URL}">', None),
        (f'<a href="{URL}">甲</a>', None),
        ("", None),
    ],
)
def test_a_page_s_own_address_tells(head: str, code: str | None) -> None:
    assert own_code(f"<html><head>{head}</head>") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f'<link rel="alternate" href="{_WAP}"><script>newsid="{ID[:-1]}9"</script>', ID),
        (f'<base href="https://finance.eastmoney.com/"><script>var art_code = {ID};</script>', ID),
        (f'{{"infoCode":"nw{ID}"}}', ID),
        (f'<script>art_code="{ID}"; x={{"newsid": "{ID}"}}</script>', ID),
        (f'<script>art_code="{ID}"; newsid="{ID[:-1]}9"</script>', None),
        (f"<a href='?newsid={ID}'>&newsid={ID}", None),
        (f"<script>art_code={ID}0</script>", None),
        (f"<script>mynewsid={ID}</script>", None),
        ("", None),
    ],
)
def test_what_is_named_once_is_likely(text: str, code: str | None) -> None:
    assert likely_code(text) == code
