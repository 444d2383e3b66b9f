"""Notices that stand in place of an article: 该新闻已被删除, 您访问的文章不存在."""

import re

from crawler.pages.eastmoney.prose import plain
from crawler.pages.server_message import WORDS
from crawler.patterns import compiled

_LONGEST = 80
_LONGEST_PAGE = 100_000
_WHAT = "新闻|新聞|文章|资讯|資訊|页面|頁面|网页|網頁|内容|內容|稿件|链接|鏈接"
_GONE = "删除|刪除|撤回|撤销|撤稿|撤下|下线|下線|下架|移除|屏蔽|失效|过期|不存在|找不到|不见了"
_WHY = "(?:应|因|由于|根据|依据|按照?|鉴于|涉及?)[^，。！？,!?]{1,24}?"
_NOT_SHOWN = (
    "(?:暂时?|现|已经?|均)?(?:不予|无法|不能|不再|不可|暂不|暂停|停止)(?:继续)?(?:进行)?"
    "(?:展示|显示|提供|查看|浏览|阅读|访问|公开|发布|刊登|刊载){1,2}了?"
)
_NOTICE = compiled(
    rf"(?:非常|很)?(?:对不起|對不起|抱歉|遗憾)?[\s，,！!。：:]*+"
    rf"(?:(?:您|你)?(?:所|要|想)?(?:访问|訪問|查看|浏览|瀏覽|查找|请求|阅读|打开)?的?(?:该|該|此|这|這|本|当前|原)?[篇条條个則则]?"
    rf"(?:{_WHAT})(?:或(?:{_WHAT}))?(?:id|ID|编号)?(?:可能)?(?:已经|已經|现已|已)?被?(?:作者|发布者|管理员|系统|编辑)?(?:永久)?(?:{_GONE})了?"
    rf"|(?:{_WHY}[，,：:\s]{{0,2}}(?:已)?)?(?:该|此|这|本|原)?[篇条则]?(?:{_WHAT}|文|视频|图片){{1,2}}(?:{_WHY})??(?:{_NOT_SHOWN}|(?:已|现已|已经)?被?(?:{_GONE})了?)"
    rf"|{_WHY}[，,：:\s]{{0,2}}{_NOT_SHOWN}"
    rf"|(?:找不到|未找到|没有找到|查无)(?:该|此|您|你|相关|访问|查看|的)*+(?:{_WHAT}))"
    rf"(?P<rest>[\s，,、。！!.；;或（(][^\n]*+)?",
)
_ENGLISH = compiled(
    r"(?:sorry[\s,!]*+)?(?:the |this )?(?:requested )?(?:article|news|page)\s(?:you requested )?"
    r"(?:(?:was |could )?not (?:be )?found|(?:has been|was) (?:deleted|removed|withdrawn)|does not exist)"
    r"(?:\W|\b(?:or|it|may|has|have|been|was|is|no|not|longer|available|moved|removed|deleted|does|exist|by|its|the|our|this|author"
    r"|editor|from|site|website|server|you|are|looking|for|please|sorry|return|go|back|to|home|page|homepage|click|here|try"
    r"|again|later)\b)*+",
    re.IGNORECASE,
)
_WORDS = f"""
{WORDS} 新闻 新聞 文章 资讯 資訊 页面 頁面 网页 網頁 内容 內容 稿件 链接 鏈接 作者 发布者 编辑 秒后 秒後 自动 跳转到
回到 前往 主页 首頁 返回首页 已删除 删除 刪除 撤回 撤销 下线 下架 移除 屏蔽 不存在 找不到 不见了 有误 错误 正确 输错
确认 核对 是否 地址 网址 不在 了 其它 秒 或者 东方财富网 东方财富
去 看 精彩 热门 推荐 搜索 关注 吧
"""
_KNOWN = compiled("|".join(sorted(_WORDS.split(), key=len, reverse=True)))
_SHARE, _HAN = 0.8, compiled("[\u3400-\u9fff]")
"""The part of the Chinese letters behind a notice, at least, that are of these words: a report on it says others."""
_SOURCE = compiled(r"\s*[（(]文章[来來]源[^（）()]*[）)]\Z")
_SAYS_MORE = compiled(
    rf"(?:[^<>]*+<(?:(?!script|style)/?[a-z][^<>]*+|!--(?:[^<>-]++|-(?!->))*+--)>)*?[^<>&\s\ufeff]{{{_LONGEST + 1}}}",
    re.IGNORECASE,
)
"""A text that is too long for a notice, behind plain tags and comments: most articles have one near their beginning."""
_SHOWN = compiled(r">([^<>]*+)")
_HIDDEN = compiled(r"<(script|style)\b[^<>]*+>[^<]*+(?:<(?!/\1)[^<]*+)*+", re.IGNORECASE)


def notice(markup: str) -> str:
    """The words, where the whole text is such a notice; "" where it is an article."""
    if len(markup) > 20 * _LONGEST or _SAYS_MORE.match(markup):
        return ""
    text = " ".join(plain(markup).split())
    if len(text) > _LONGEST:
        return ""
    said = _SOURCE.sub("", text)
    found = _NOTICE.fullmatch(said)
    return text if (found and _goes_on_so(found["rest"] or "")) or _ENGLISH.fullmatch(said) else ""


def _goes_on_so(rest: str) -> bool:
    """Whether what stands behind a notice is part of it, and no report of what came of it."""
    letters = len(_HAN.findall(rest))
    return sum(map(len, _KNOWN.findall(rest))) >= _SHARE * letters


def notice_on(page: str) -> str:
    """The notice that one element of an error page holds; "" where none does."""
    if len(page) > _LONGEST_PAGE or "<" not in page:
        return ""
    return next((words for shown in _SHOWN.findall(_HIDDEN.sub("", page)) if (words := notice(shown))), "")
