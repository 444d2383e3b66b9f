"""Walls behind which a page keeps the rest of its article: who logs in, pays or opens an app may read on."""

from crawler.pages.eastmoney.media_names import SEPARATOR, closing_medium
from crawler.pages.eastmoney.prose import pieces
from crawler.patterns import compiled

_TAIL = 600
"""Characters of markup at the end of a body in which a wall stands."""
_MARKS = ("全文", "剩余", "余下", "其余", "完整", "试读", "详细", "详情")
_DUTY = r"(?:登[录陆]|注册|开通|成为|加入|购买|订阅|付费|支付|充值)[^。！？]{0,14}"
_REST = r"(?:阅读|查看|浏览|观看|看|解锁)(?:本文|文章)?的?(?:全文|全部|剩余|余下|完整|其余)[^，。！？]{0,8}"
_WALL = compiled(
    rf"[\W_]*(?:本文为?[^。！？]{{0,16}}[，,])?(?:请|您?需要?|仅限)?{_DUTY}{_REST}[^\w。]*"
    r"|[\W_]*试读(?:部分)?已?结束[^。！？]{0,24}[^\w。]*"
    rf"|[\W_]*(?:剩余|余下|还有)\s?\d{{1,3}}\s?%[^。！？]{{0,6}}{_DUTY}[^\w。]*"
)
"""The last words of a page, in an element of their own and no sentence: what is to be done, and that there is more."""
_INVITES = compiled(r"[\W_]*(?:请?点击|打开|下载)?[^。！？，]{0,14}?(?:阅读|查看|展开|了解)?(?:全文|详细|详情)[^\w。]*")
_BREAKS_OFF = compiled(r"(?<!…)…\Z|(?<!\.)\.{3}\Z")
"""Two such signs end a sentence that is whole."""


def wall(markup: str) -> str:
    """The words of a wall that a body ends with; "" for one that is whole: it closes as articles do, or has none."""
    tail = markup[-_TAIL:]
    if "em_media" in tail or not any(mark in tail for mark in _MARKS) or closing_medium(markup):
        return ""
    *before, last = ["", *filter(None, map(str.strip, pieces(tail[max(tail.find("<"), 0) :]).split(SEPARATOR)))]
    if _WALL.fullmatch(last):
        return last
    breaks_off = bool(before) and _BREAKS_OFF.search(before[-1])
    return last if breaks_off and _INVITES.fullmatch(last) else ""
