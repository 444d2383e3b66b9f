"""Elements that are not displayed: fillers and furniture go; what a script would have shown comes to light.

So does what an element cuts off at its height, or at the end of its line, until a reader asks for all of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from crawler.body.document import Document, text_of
from crawler.body.policy import decode_attribute
from crawler.body.rule import TagRule
from crawler.body.safety.attributes import without
from crawler.body.shown_text import ShownText
from crawler.body.shows import is_placeholder, shows
from crawler.body.styles import GROWING
from crawler.markup import Edit, Token, tokens, values
from crawler.patterns import compiled

_HIDDEN = compiled(r"(?:\A|;)\s*display\s*:\s*none", re.IGNORECASE)
_UNSEEN = compiled(
    r"(?:\A|;)\s*(?:visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:!\s*important\s*)?(?:;|\Z))", re.IGNORECASE
)
"""How sliders and pictures that fade in wait for their script; a text that nobody sees is one against copying."""
_NOTHING = compiled(
    r"\s*+(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden|opacity\s*+:\s*+0(?:\.0*+)?\s*+(?:!|\Z))", re.IGNORECASE
)
_CUTS = compiled(r"overflow(?:-[xy])?\s*+:\s*+hidden", re.IGNORECASE)
_HEIGHT = compiled(r"\s*+(?:max-)?height\s*+:\s*+(?P<size>\d++(?:\.\d*+)?|\.\d++)(?P<unit>[a-z]*+)(?!%)", re.IGNORECASE)
_ONE_LINE = compiled(r"\s*+white-space\s*+:\s*+nowrap", re.IGNORECASE)
_ELLIPSIS = compiled(r"text-overflow\s*+:\s*+ellipsis", re.IGNORECASE)
_CLOSED = 2
"""Pixels of a height at which nothing is to be seen."""
_HOLDS = compiled(r"<(?:table|video|audio|iframe|embed|object|math)\b", re.IGNORECASE)
_PLAYED = compiled(r"<(?:video|audio|iframe|embed|object|math)\b", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})
"""Elements without which what follows in the row would stand in another column."""
_FEW = 4
"""Characters that say nothing without a full stop: labels of buttons, counters."""
_LONGEST_REQUEST = 60
_STOPS = compiled("[。！？；]")
_ASKED = (
    r"请?(?:使?用微信|长按)?(?:点击|展开|收起|查看|阅读|分享|扫[一码描]|微信扫|举报|打印|收藏|评论|广告|加载中"
    r"|返回顶部|下载|打开|关注)"
)
_ASKS = compiled(_ASKED)
_LINKED = compiled(r"<a\b[^<>]*+>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a\s*+>", re.IGNORECASE)
_PLATFORM = "(?:公众号|视频号|服务号|订阅号|小程序|客户端|APP|App|app)"
_REQUESTS = """
请 使用 长按 点击 点开 展开 收起 查看 阅读 分享 转发 扫码 扫描 扫一扫 识别 举报 反馈 打印 收藏 评论 广告 加载 返回
回到 顶部 下载 打开 关注 订阅 添加 加入 进入 复制 点赞 登录 注册 参与 发表 取消 立即 马上 即可 可以 免费 全文 原文
更多 剩余 余下 其余 内容 详情 详细 图片 大图 原图 二维码 下方 上方 下面 右上角 图中 此处 这里 本文 本页 该页 文章
网页 页面 链接 地址 我们 我要 我 官方 微信 微信号 手机 微博 新浪 腾讯 QQ 空间 朋友圈 好友 朋友 朋友们 大家 精彩 资讯
新闻 最新 行情 股吧 东方财富网 东方财富 热门 相关 推荐 全部 到 至 给 将 把 用 的 或 和 与 及 并 在 中 后 可 看 看看
让 一下 了 吧 哦 条 人 次 数 已 赞 上 以
"""
"""What such a text says besides: one that says anything else may be the article's (下载量创新高)."""
_SAYS = "|".join(sorted(map(re.escape, _REQUESTS.split()), key=len, reverse=True))
_FURNITURE = compiled(
    rf"(?={_ASKED})(?:{_SAYS}|{_PLATFORM}|[\w“”\"]{{1,12}}?{_PLATFORM}|[^\w。！？；]|[\d])++"
    r"|(?:转载|复制|引用)[^。！？；]{0,6}(?:注明|保留|标明)[^。！？；]{0,30}[。！]?"
)
_FURNITURE_CLASS = compiled(
    r"(?<![a-z])(?:share\w*|qr\w*|ewm|erweima|weixin|wechat|wx|comment\w*|pinglun\w*|recommend\w*|toolbar|ads?|guanggao)(?![a-z])",
    re.IGNORECASE,
)
"""Boxes of a page: what they hold is theirs, but for tables and sentences (``shareholders`` is no ``share``)."""


def _hidden(document: Document, tag: Token) -> Iterator[Edit]:
    held = document.values(tag)
    style, cutting, is_hidden = _display(held, tag.name)
    if not (is_hidden or cutting or _UNSEEN.search(style)) or (end := document.end(tag)) is None:
        return
    inner = document.source[tag.end : end.start]
    if not (is_hidden or cutting) and tag is not end and shows(inner) and not _is_more_than_text(inner):
        return
    may_go = tag.name not in _CELLS and (is_hidden or not cutting)
    if may_go and (is_hidden if tag is end else _is_furniture(held, inner)):
        yield Edit(tag.start, end.end)
        return
    if is_hidden and may_go and _shown(document).has(inner) and not _pictured(inner):
        yield Edit(tag.start, end.end)
        return
    if is_hidden:
        yield from _again(document, tag.end, end.start)
    for attribute in document.attributes(tag):
        if attribute.name == "hidden":
            yield without(document.source, attribute)
        elif attribute.name == "style":
            shown = [
                d for d in attribute.value.split(";") if not (_NOTHING.match(p := decode_attribute(d)) or p in cutting)
            ]
            style = ";".join(shown)
            plain = decode_attribute(style)
            is_empty = not style.strip(" ;") or _HIDDEN.search(plain) or _UNSEEN.search(plain)
            yield without(document.source, attribute) if is_empty else Edit(*attribute.value_span, style)


def _display(held: dict[str, str], name: str) -> tuple[str, set[str], bool]:
    """The decoded style, the declarations in it by which the element cuts its content, and whether all is hidden."""
    style = decode_attribute(held.get("style", ""))
    cutting, is_closed = _cutting(style, name)
    return style, cutting, "hidden" in held or _HIDDEN.search(style) is not None or is_closed


@lru_cache(maxsize=2)
def _shown(document: Document) -> ShownText:
    """What the body shows as it is."""
    tags = [tag for tag, spelled in document.spelled if "style" in spelled or "hidden" in spelled]
    hidden = [tag for tag in tags if _display(document.values(tag), tag.name)[2]]
    return ShownText(document.source, [(tag.start, end.end) for tag in hidden if (end := document.end(tag))])


def _again(document: Document, start: int, end: int) -> Iterator[Edit]:
    """Paragraphs of a hidden element that the body shows anyway, as above a link to all of it."""
    paragraphs, shown = document.paragraphs, _shown(document)
    number = bisect_left(paragraphs, start, key=lambda one: one.span[0])
    while number < len(paragraphs) and paragraphs[number].span[1] <= end and not shown.is_spent:
        inner = document.source[slice(*paragraphs[number].inner)]
        if shown.has(inner) and not _pictured(inner):
            yield Edit(*paragraphs[number].span)
        number += 1


def _pictured(inner: str) -> bool:
    """Whether it holds more than text that might be lost with a copy."""
    return _PLAYED.search(inner) is not None or any(map(_is_picture, _pictures(inner)))


def _cutting(style: str, name: str) -> tuple[set[str], bool]:
    """The declarations of a decoded style by which an element of that name cuts its content; whether it cuts all."""
    found, is_closed = set[str](), False
    for declared in style.split(";") if _CUTS.search(style) else ():
        if name not in GROWING and (height := _HEIGHT.match(declared)):
            found.add(declared)
            is_closed = is_closed or float(height["size"]) <= (_CLOSED if height["unit"].lower() == "px" else 0)
        elif _ONE_LINE.match(declared) and _ELLIPSIS.search(style):
            found.add(declared)
    return found, is_closed


def _is_furniture(held: dict[str, str], inner: str) -> bool:
    """Whether what is hidden is no part of the article, by how much it is and of what kind."""
    if not shows(inner) and not _HOLDS.search(inner):
        return True
    text = text_of(inner).strip()
    if _FURNITURE_CLASS.search(f"{held.get('class', '')} {held.get('id', '')}"):
        is_prose = _STOPS.search(text_of(_LINKED.sub("", inner))) is not None and not _ASKS.match(text)
        return not is_prose and _HOLDS.search(inner) is None
    if _is_more_than_text(inner):
        return False
    is_request = len(text) <= _LONGEST_REQUEST and _FURNITURE.fullmatch(text) is not None
    return is_request or (len(text) <= _FEW and not _STOPS.search(text))


def _is_more_than_text(inner: str) -> bool:
    return _HOLDS.search(inner) is not None or any(map(_is_picture, _pictures(inner)))


def _pictures(markup: str) -> Iterator[dict[str, str]]:
    return (values(markup, token) for token in tokens(markup) if token.name == "img" and token.kind == "start")


def _is_picture(held: dict[str, str]) -> bool:
    return not is_placeholder(held.get("src", "")) or any(name.startswith("data-") for name in held)


HIDDEN = TagRule(
    "hidden",
    "elements that are not displayed, or cut off: fillers and furniture go, texts and pictures come to light",
    (
        ('<p style="display:none;height:1px;overflow:hidden;"><br /></p><p>a</p>', "<p>a</p>"),
        ("<p hidden>x</p><p>a</p>", "<p>a</p>"),
        ('<div style="display:none">微信扫码分享</div><p>a</p>', "<p>a</p>"),
        ('<div style="display:none"><p>展开后的一段。</p></div>', "<div><p>展开后的一段。</p></div>"),
        ('<p style="opacity:0"><img src="https://a.cn/2.jpg" /></p>', '<p><img src="https://a.cn/2.jpg" /></p>'),
        ('<p style="color:red;display:none">余下的一段。</p>', '<p style="color:red">余下的一段。</p>'),
        (
            '<div style="max-height:9em;overflow:hidden"><p>展开前的一段。</p></div>',
            '<div style="overflow:hidden"><p>展开前的一段。</p></div>',
        ),
    ),
    _hidden,
    ("style", "hidden"),
)
