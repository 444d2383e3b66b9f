"""Addresses lose trackers and archives, and are resolved where their page is known, and only then."""

import pytest
from edit_rows import Rows, check, each

from crawler.body import clean, profile
from crawler.body.rules import addresses

ROWS: Rows = {
    "tracking": [('<a href="x?a=1&utm_source=y&b=2">', '<a href="x?a=1&b=2">'), ('<a href="x?from=y#z">', '<a href="x#z">'),
                 ('<a href="//so.eastmoney.com/a?from=20220101&to=20220131">',) * 2, ('<a href="https://a.cn/?from=北京">',) * 2,
                 ('<a href="https://eastmoney.com/a?from=app">', '<a href="https://eastmoney.com/a">'), ('<a href="https://neastmoney.com/a?from=app">',) * 2,
                 ('<a href="https://a.cn/x?trackid=1&spm=a.1">',) * 2, ('<a href="https://x.taobao.com/?id=1&spm=a.1">', '<a href="https://x.taobao.com/?id=1">')],
    "archived": [
        ('<img src="https://web.archive.org/web/20220115000000im_/https://a.cn/b">', '<img src="https://a.cn/b">'),
        ('<a href="/web/2022/http://a.cn/b">', '<a href="http://a.cn/b">'),
        ('<a href="https://web.archive.org/web/2022*/x">',) * 2,
    ],
    "resolved": [('<a href="b">', '<a href="https://finance.eastmoney.com/a/b">'), ('<img src="//a.example/b?c=1&d=2">', '<img src="https://a.example/b?c=1&d=2">'), ('<a href="#x">',) * 2],
    "https": [('<img src="http://x.dfcfw.com/a">', '<img src="https://x.dfcfw.com/a">'), ('<img src="http://dfcfw.com.example/a">',) * 2],
}  # fmt: skip
BASE = "https://finance.eastmoney.com/a/202201142248170578.html"


@each(addresses, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)


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
