"""The names of media, out of the lines that East Money writes them in."""

import html
import re
from functools import lru_cache

from crawler.patterns import compiled

SEPARATOR = "\x1f"
"""Stands in a line where a tag does: behind it something else than the medium may be named."""
_FROM = compiled(
    r"(?:(?:文章|稿件|信息)?[来來]源[于於自]?\s*+(?:[：:]\s*+)?|稿源\s*+"
    r"|\A\s*+(?:转自|转载自|摘自|出处|媒体|[来來]自|source)\s*+)[：:]\s*+(.*)\Z"
    r"|\A\s*+(?:(?:文章|稿件|信息)?[来來]源|稿源)(?:\s*+[|｜丨/／]\s*+|\s++)(.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
_BRACKETS = (("（(", "）)"), ("【", "】"), ("[［", "]］"))
_WHO = r"作者|记者|編輯|编辑|责编|校对|审核|撰文|监制|译者|来源|發布|发布|时间|日期|字号|评论|阅读|浏览|原标题"
_NUMBER = r"\d[\d,.]{0,11}\s?[万亿wk+]{0,2}\s?[条人次]{0,2}"
_DONE = r"评论|阅读|浏览|点击|参与|跟[帖贴]|分享|收藏|点赞|字号|字体|人气|转发|围观|播放|关注"
_COUNT = compiled(
    rf"\s*+(?:(?:我要|已有|共有?|[（(])\s?)?(?:{_NUMBER}\s?)?(?:{_DONE})数?\s?(?:[：:(（]\s?)?(?:{_NUMBER}\s?)?[)）]?\s*+\Z",
    re.IGNORECASE,
)
"""What readers did, and nothing besides."""
_OFFERED = (
    r"原文(?:链接|地址)?|微博|微信|朋友圈|QQ空间|收听|听(?:新闻|文章)|扫码\w{0,4}|[+＋]?\s?关注|订阅|复制链接"
    r"|打开\w{0,8}?(?:APP|客户端)"
)
"""What a page offers beside the name."""
_BEHIND = compiled(
    rf"(?:本报|特约|责任|值班|发布)?(?:{_WHO})\s?[：:|｜丨]"
    r"|(?<=[\s|｜,，;；])[^\s：:]{1,6}\s?[：:]"  # whatever else is labelled
    r"|(?<=[\s|｜(（])(?:[\u4e00-\u9fff]{0,4}记者|作者|编辑|责任编辑)\s|(?<=[\s|｜(（])www\.|(?<=[\s|｜(（])文\s?[/／]"
    r"|(?<=[,，])\s?(?:本报记者|记者|作者|编辑|责任编辑)|(?<=\s)[/／]\s?\w{2,4}\s[文图摄](?=\s|\Z)"
    r"|(?<=[报報网網社台刊道])记者\s?[\u4e00-\u9fff]{2,4}(?=\s|\Z)"
    rf"|(?<=[\s|｜(（])(?:(?:已有|共有?)\s?)?(?:{_NUMBER}\s?)?(?:{_DONE})"
    rf"|(?:(?<=[\s|｜])(?:{_OFFERED})|[\[【(（]\s?(?:{_OFFERED})\s?[\])】）])(?=[\s|｜>]|\Z)|(?<=[\s|｜])by\s(?=\S)"
    r"|(?<=[\s|｜])(?:原创(?=[\s|｜]|\Z)|举报|打印|纠错|投诉|[（(]?手机看|(?:查看|阅读)[原全]文|[(（]\s?\d{1,9}\s?[)）])"
    r"|(?<=[\s|｜(（])(?:19|20)\d\d\s?[-/.年]\s?\d"
    r"|(?:(?<=社)[\u4e00-\u9fff]{0,6}|(?<!\d))\d{1,2}月\d{1,2}日[电電讯訊]?\s?\Z",
    re.IGNORECASE,
)
"""What may stand behind a name: who else made the article, what readers did, when it was."""
_BY = compiled(r"(?:本报记者|记者|文\s?[/／]|撰文)\s?\S")
_TIME = compiled(r"\d{4}\s?[-/年]|\d\d:\d\d")
_NO_NAME = compiled(
    r"(?:\[?(?:null|none|nil|nan|undefined)\]?|n/?a|\[object object\]|[-—–_/]+|未知(?:来源)?|unknown|不详|暂无|无"
    r"|(?:[\w-]{1,20}\.){0,3}eastmoney(?:\.com)?)\Z|[a-z]{2,9}+://",
    re.IGNORECASE,
)
"""What programs write where they know none, and addresses."""
_OFFER = compiled(rf"(?:{_OFFERED})\s*+\Z", re.IGNORECASE)
_EDGES = f" \t\r\n\f\u3000\xa0{SEPARATOR}|｜,，;；。、/>›»"
_LONGEST = 30
_SOURCE_LINE = compiled(r"[（(]文章[来來]源\s*[：:](?P<medium>(?:(?!</p>).){1,200}?)[）)]\s*(?=<|\Z)", re.DOTALL)
_MARKUP = compiled(r"<[^>]*>")
_LINE_ENDS = compiled(f"[{SEPARATOR}\\r\\n]")
_BESIDE = compiled(r"(?<=>)\s++|(?<!\s)\s++(?=<)")
_UNSEEN = compiled("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
"""What nobody sees in a name, and what turns the signs behind it round."""


@lru_cache(maxsize=64)
def medium(text: str) -> str | None:
    """Give the media name in ``来源：X``, ``（文章来源：X）`` or a bare ``X``; None for an author or a time.

    Who wrote and edited the article is no part of it, nor what else stands behind it.
    """
    if match := _FROM.search(text):
        return _name(match[1] or match[2] or "")
    is_none = _BY.match(text) or _TIME.search(text) or _COUNT.match(text) or _OFFER.match(text)
    name = None if is_none else _name(text)
    return name if name and len(name) <= _LONGEST else None


def closing_medium(body: str) -> str | None:
    """Give the medium that the last source line of an article's markup names: ``（文章来源：X）``."""
    named = list(_SOURCE_LINE.finditer(body[-2000:]))
    return _name(html.unescape(_MARKUP.sub("", unindented(named[-1]["medium"])))) if named else None


def unindented(markup: str) -> str:
    """Give a name's markup without the line ends that a tool put round its elements."""
    return _BESIDE.sub(lambda gap: "" if "\n" in gap[0] else gap[0], markup) if "\n" in markup else markup


def _name(text: str) -> str | None:
    """Give the name that a text begins with."""
    name = _LINE_ENDS.split(_UNSEEN.sub("", text).strip(_EDGES), maxsplit=1)[0]
    name = name[: _outside(name)].rstrip()
    behind = _BEHIND.search(name)
    name = (name[: behind.start()].rstrip(f"{_EDGES}(（【[") if behind else name).strip(_EDGES)
    return None if not name or _NO_NAME.match(name) else name


def _outside(name: str) -> int:
    """Where a bracket ends that began before the word: what stands behind it is no part of the name."""
    depths = [0] * len(_BRACKETS)
    for place, sign in enumerate(name):
        for number, (begin, end) in enumerate(_BRACKETS):
            depths[number] += (sign in begin) - (sign in end)
            if depths[number] < 0:
                return place
    return len(name)
