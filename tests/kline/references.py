"""What the tests of K-line references spell them with."""

from crawler.items import KLine
from crawler.kline import find
from crawler.kline.paths import PictureKey

NEWS = (
    "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={}&imageType=k&token=28dfeb41d35cc81d84b4664d7c23c49f&at=1"
)


PIFM = "pifm3.eastmoney.com/EM_Finance2014PictureInterface/Index.aspx"


def one(body: str) -> KLine:
    (kline,) = find(body)
    return kline


KEY = PictureKey("1.600050", "kline", "D")


PATH = "assets/kline/1.600050/2022-01-14.png"
