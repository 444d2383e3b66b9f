"""What a browser translated is not the article's text; what stands beside it in another language is no part of it."""

import pytest
from pages.foreign import URL

from crawler import pages
from crawler.items import Page
from crawler.pages.translated import own_language
from crawler.pages.unreadable import Unreadable

TITLE = "云杉科技一季度开工三条产线"
TEXT = "<p>云杉科技周五表示，产线已经开工。</p>"
PAGE = (
    '<!DOCTYPE html><html{root}><head><title>{title}_东方财富网</title></head><body><div class="title">{title}{more}</div>'
    '<div class="infos"><div class="item">2022年01月14日 13:02</div></div>'
    '<div id="ContentBody">{text}<p class="em_media">（文章来源：甲报）</p></div></body></html>'
)
WRAPPER = (
    '<font class="notranslate immersive-translate-target-wrapper" data-immersive-translate-translation-element-mark="1" '
    'lang="en"><br><font class="notranslate immersive-translate-target-inner">Yunshan says so.</font></font>'
)


def _read(**held: str) -> tuple[str | None, str | None]:
    page = PAGE.format(**{"root": "", "title": TITLE, "more": "", "text": TEXT, **held})
    (article,) = pages.read(Page(url=URL, body=page.encode())).articles
    return article.title, article.text


@pytest.mark.parametrize(
    ("root", "text"),
    [
        (' class="translated-ltr" lang="en"', '<p><font style="vertical-align: inherit;">Yunshan says so.</font></p>'),
        (' lang="ar" class="x translated-rtl"', "<p>x</p>"),
        (' lang="en"', '<p _msttexthash="123" _msthash="4">Yunshan says so.</p>'),
    ],
)
def test_a_translation_is_not_the_article(root: str, text: str) -> None:
    with pytest.raises(Unreadable, match="translation") as caught:
        _read(root=root, text=text)
    assert not caught.value.is_foreign


@pytest.mark.parametrize("root", ["", ' lang="zh-CN" class="translated-ltr"', ' lang="en"'])
def test_other_pages_stay(root: str) -> None:
    text = '<p><font style="vertical-align: inherit;">云杉科技周五表示，translated-ltr 是类名。</font></p>'
    assert _read(root=root, text=text)[1] == f'{text}<p class="em_media">（文章来源：甲报）</p>'


def test_what_a_translator_shows_beside_the_text_goes() -> None:
    doubled = TEXT.replace("</p>", f"{WRAPPER}</p>")
    expected = (TITLE, f'{TEXT}<p class="em_media">（文章来源：甲报）</p>')
    assert _read(root=' imt-state="dual"', more=WRAPPER, text=doubled) == expected


def test_one_that_does_not_end_stays() -> None:
    page = f"<html imt-state=dual>{TEXT}{WRAPPER.replace('</font>', '')}{TEXT}"
    assert own_language(page) == page
