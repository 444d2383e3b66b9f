"""A span with an address becomes a link, outside of links."""

from edit_rows import Rows, check, each

from crawler.body.rules import stock_links

ROWS: Rows = {
    "stock-links": [
        ('<span href="x" class="em_stock_key_common">y</span>', '<a href="x" class="em_stock_key_common">y</a>'),
        ('<a><span href="x" class="em_stock_key_common">y</span></a>', '<a><span href="x" class="em_stock_key_common">y</span></a>'),
        *[(kept, kept) for kept in ('<span href="x" class="em_stock_key">y</span>', '<span class="em_stock_key_common">y</span>', '<span href="" class="em_stock_key_common">y</span>',
                                    '<span href="x" class="em_stock_key_common"><b>y</b></span>', '<span href="x" class="em_stock_key_common">y')],
    ],
}  # fmt: skip


@each(stock_links, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
