"""How people write securities, and what no security is written like."""

import pytest

from crawler.kline.stock_codes import EXAMPLES, secids

MORE = {
    "688981": "1.688981", "300750": "0.300750", "830799": "0.830799", "900901": "1.900901", "600519.SH": "1.600519",
    "600519.ss": "1.600519", "SZ000338": "0.000338", "hk00700": "116.00700", "00700": "116.00700", "5.HK": "116.00005",
    "aapl": "105.AAPL 106.AAPL 107.AAPL", "AAPL.US": "105.AAPL 106.AAPL 107.AAPL", "AAPL.O": "105.AAPL",
    "BRK.B": "105.BRK_B 106.BRK_B 107.BRK_B", "90.bk1037": "90.BK1037", "105.aapl": "105.AAPL", "113.rum": "113.rum",
    "bf.a": "105.BF_A 106.BF_A 107.BF_A 107.BF", "bk1037": "90.BK1037", " 600519 ": "1.600519",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"), [*((text, " ".join(told)) for text, told in EXAMPLES.items()), *MORE.items()]
)
def test_how_securities_are_written(text: str, wanted: str) -> None:
    assert " ".join(secids(text)) == wanted


@pytest.mark.parametrize(
    "text",
    ["12345678", "", "999.X", "贵州茅台", "123456.HK", "60051.SH", "ABCDEFG", "6００５１９", "1234", "../x", "a b"],
)
def test_what_no_security_is_written_like(text: str) -> None:
    with pytest.raises(ValueError, match="did you mean one like"):
        secids(text)
