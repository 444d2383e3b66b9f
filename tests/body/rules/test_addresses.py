"""Addresses are resolved where their page is known, and only then."""

import pytest

from crawler.body import clean, profile

BASE = "https://finance.eastmoney.com/a/202201142248170578.html"


@pytest.mark.parametrize(
    ("saved", "with_base", "without"),
    [
        ('<img src="//a.cn/b.jpg" />', '<img src="https://a.cn/b.jpg" />', '<img src="https://a.cn/b.jpg" />'),
        ('<img src="b.jpg" />', '<img src="https://finance.eastmoney.com/a/b.jpg" />', None),
        ('<img src="./题_files/b.jpg" />', None, None),
        ('<img src="../b.files/c.jpg" />', '<img src="https://finance.eastmoney.com/b.files/c.jpg" />', None),
        ('<img src="题_files/GetPic.png" alt="K图 600050_0" />', None, None),
        ('<img src="b/GetPic.png" alt="K图 600050_0" />', None, None),
        ('<a href="x?a=1&amp;b=\'2">甲</a>', '<a href="https://finance.eastmoney.com/a/x?a=1&amp;b=%272">甲</a>', None),
        ('<a href="#x">甲</a><a href="tel:1">乙</a>', None, None),
        ('<img src="../../np-newspic.dfcfw.com/b@a=1" />', '<img src="https://np-newspic.dfcfw.com/b?a=1" />', None),
    ],
)
def test_addresses_are_resolved_where_their_page_is_known(
    saved: str, with_base: str | None, without: str | None
) -> None:
    for base, wanted in ((BASE, with_base), ("", without)):
        body = f"<p>正文{saved}</p>"
        assert clean(body, profile("standard"), base_url=base).body == body.replace(saved, wanted or saved)
