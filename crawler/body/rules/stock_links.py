"""Later mentions of a stock: a ``span`` with an address, which only a script of the source makes a link."""

from collections.abc import Iterator

from crawler.body.document import Document
from crawler.body.rule import TagRule
from crawler.markup import Edit, Token


def _link(document: Document, tag: Token) -> Iterator[Edit]:
    held = {a.name: a.value for a in reversed(document.attributes(tag))}
    if not held.get("href") or "em_stock_key_common" not in held.get("class", "").split():
        return
    end, source = document.end(tag), document.source
    if end is None or end.start != source.find("<", tag.end) or document.is_linked(tag):
        return
    for at in (tag.start + len("<"), end.start + len("</")):
        yield Edit(at, at + len("span"), "a")


STOCK_LINKS = TagRule(
    "stock-links",
    "stock names whose span has an address become links",
    (
        (
            '<p><span href="http://q.cn/1" class="em_stock_key_common">y</span></p>',
            '<p><a href="http://q.cn/1" class="em_stock_key_common">y</a></p>',
        ),
    ),
    _link,
    ("href",),
    frozenset({"span"}),
)
