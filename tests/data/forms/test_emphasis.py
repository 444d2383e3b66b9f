"""Emphasis whose signs a letter touches on the inside, and no other: none of them shows."""

import pytest

from crawler.data.forms.emphasis import joined
from crawler.data.forms.notes import markdown


@pytest.mark.parametrize(("markup", "text"), [
    ("文<strong>标题：</strong>文<b>“引”</b>文<i>（</i>文", "文**标题**：文“**引**”文（文"),
    ("<b>一<i>二</i>。</b><em> 三</em>四", "**一二**。 三四"),
    ('<b><span>一</span><!-- c --></b><b><a href="/x">二</a></b><b> <br/>三</b>', "**一**[二](/x)   \n**三**"),
    ("<b>一</b><b>二</b><b><p>三</p><p>四</p></b>", "**一二**\n\n三\n\n四"),
    ("<strong><p>一。</p></strong><b>。</b>二", "**一**。\n\n。二"),
    ("<del>一</del><s>二</s>三", "~~一二~~三"),
    ("<b></b><b> </b>一", "一"),
    ("<b>*</b>一<b>#二</b>", "\\*一#**二**"),
])  # fmt: skip
def test_bodies_as_markdown(markup: str, text: str) -> None:
    assert markdown(markup) == text


def test_emphasis_side_by_side_is_one() -> None:
    assert joined("**一****二**~~三~~~~四~~") == "**一二**~~三四~~"
