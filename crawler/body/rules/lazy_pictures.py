"""Pictures whose address waits in another attribute until a script of the page moves it to ``src``."""

import re
from collections.abc import Iterator

from crawler.body.document import Document
from crawler.body.policy import dangerous_url, decode_attribute
from crawler.body.rule import TagRule
from crawler.markup import Edit, Token

HOLDERS = (
    *("data-original", "data-src", "data-url", "data-lazy-src", "data-lazy"),
    *("original", "orginal", "lazy-src", "file"),
)
"""Attributes that hold such an address, in the order they are believed."""
_PLACEHOLDER = re.compile(
    r"(?:\A|/)(?:blank|loading|spacer|lazy|placeholder|grey|none|pixel|1x1)[\w\-]*\.\w+\Z|\Adata:", re.IGNORECASE
)


def _lazy(document: Document, tag: Token) -> Iterator[Edit]:
    src = document.attribute(tag, "src")
    held = [a for name in HOLDERS if (a := document.attribute(tag, name)) is not None]
    lazy = next((a.value for a in held if "/" in a.value and not dangerous_url(decode_attribute(a.value))), None)
    if lazy is None or '"' in lazy:
        return
    if src is None:
        at = tag.start + 1 + len(tag.name)
        yield Edit(at, at, f' src="{lazy}"')
    elif lazy != src.value and (not src.value.strip() or _PLACEHOLDER.search(decode_attribute(src.value))):
        yield Edit(*src.span, f'src="{lazy}"')


LAZY = TagRule(
    "lazy",
    "addresses of lazy pictures move to where they load",
    (
        (
            '<p><img data-src="https://a.cn/b.jpg" /></p>',
            '<p><img src="https://a.cn/b.jpg" data-src="https://a.cn/b.jpg" /></p>',
        ),
    ),
    _lazy,
    HOLDERS,
    frozenset({"img"}),
)
