"""Addresses of pictures: read, written, and spelled as attributes need it."""

from html.entities import html5

from bs4 import BeautifulSoup

from crawler.kline.addresses import plain, read, write


def test_no_written_parameter_begins_an_entity() -> None:
    """``&timespan`` is read as ``×pan`` by careless parsers (domain-facts 5.1)."""
    bare = tuple(name for name in html5 if not name.endswith(";"))
    like = read(
        "http://pifm3.eastmoney.com/x/Index.aspx?ID=6000501&imageType=KXL&type=W&formula=RSI&UnitWidth=-6&ef=X&rt=1"
    )
    for address in (
        write("1.600050", "kline", "W"),
        write("1.600050", "kline", "W", like),
        write("1.1", "intraday", "M1", like),
    ):
        parameters = address.split("?")[1].split("&")[1:]
        assert not [p for p in parameters if p.startswith(bare)]
        assert BeautifulSoup(f'<img src="{address}">', "html.parser").img["src"] == address


def test_entities_as_browsers_read_them() -> None:
    assert (
        plain("?a=1&timespan=2&reg=3&amp;b=4&#38;c&lt=5&#xD800;&#0;&nosuch;")
        == "?a=1&timespan=2&reg=3&b=4&c&lt=5\ufffd\ufffd&nosuch;"
    )
