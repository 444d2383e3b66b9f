"""What the body of an East Money page stands in, era by era (domain-facts 5)."""

from typing import NamedTuple

from crawler.pages.eastmoney.elements import Selector


class Era(NamedTuple):
    """The article pages of an era, or a browser's view of them: what the body stands in, and such a page."""

    container: Selector
    example: str


ERAS = (
    Era(Selector("div", "id", "ContentBody"), '<h1>题</h1><div class="txtinfos" id="ContentBody"><p>正文</p></div>'),
    Era(Selector("div", "class", "txtinfos"), '<h1>题</h1><div class="txtinfos"><p>正文</p></div>'),
    Era(Selector("article", "id", "zwtext"), '<div class="atitle">题</div><article id="zwtext"><p>正文</p></article>'),
    Era(Selector("div", "class", "newsContent"), '<h1>题</h1><div class="newsContent"><p>正文</p></div>'),
    Era(
        Selector("div", "id", "readability-page-1"),
        '<a class="reader-domain" href="x">y</a><h1>题</h1><div id="readability-page-1"><p>正文</p></div>',
    ),
    Era(Selector("div", "class", "Body"), '<h1>题</h1><div class="Body"><p>正文</p></div>'),
)
"""In the order they are looked for: adding an era is adding a line."""
OTHERS = (
    (Selector("", "id", "zw_body"), "not an article: forum post"),
    (Selector("", "class", "page-article"), "not an article: caifuhao column"),
)
START = "文章主体"
"""Stands in the comment that announces a body."""
WORDS = (START, *(era.container.value for era in ERAS), *(selector.value for selector, _ in OTHERS))
