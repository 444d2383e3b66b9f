"""Notices: paragraphs of their own that name the editor, disclaim, or advertise; and what a paragraph says."""

import html
import re
from typing import NamedTuple

from crawler.body.context import BodyEdit, Context
from crawler.markup import Edit

_END = r"[\s。！!>》）)]*"


class Notice(NamedTuple):
    """What a paragraph of its own says, entirely, to be a notice; ``marks``: one of these is in it, in one piece.

    A mark ends with its rarest character: that is looked for first.
    """

    marks: tuple[str, ...]
    says: str


NOTICES: dict[str, Notice] = {
    "slogans": Notice(
        ("开户", "票账户", "看资讯", "打开微", "“发现", "“扫一扫", "全新妙", "资金加仓", "专业金融数据"),
        r"(?:在?东方财富看资讯行情.{0,60}|.{0,20}选?东方财富证券一站式开户.{0,12}|.{0,12}主力资金加仓名单实时更新.{0,30}"
        r"|.{0,6}全新妙想投研助理.{0,40}|(?:请?打开微信，)?(?:点击|扫).{0,6}“(?:发现|扫一扫)”.{0,60}"
        r"|炒股第一步，先开个?股票账户|想炒股，先开户.{0,60}|.{0,12}开户即送.{0,12}"
        r"|请?打开微信[，,]?|(?:东方财富[，,]?)?专业金融数据.{0,12})" + _END,
    ),
    "editor": Notice(("责任编辑", "原标题"), r"[（(【\[]?\s*(?:责任编辑|原标题)\s*[：:][^。！？]{0,80}?[）)】\]]?\s*"),
    "disclaimer": Notice(
        ("郑重声", "发布此内容", "风险自担"),
        r"[（(【\[]?\s*(?:郑重声明\s*[：:].*|(?:特别|免责)?声明\s*[：:].{0,200}风险自担.{0,3}"
        r"|东方财富(?:网)?发布此内容.*|.{0,60}据此操作，?风险自担.{0,3}|风险自担.{0,3})",
    ),
}
"""The notices by the name of their rule; the same words inside a sentence are the article's."""

PARAGRAPH = re.compile(
    r"<(p|div)(?=[\s>])((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>([^<]*+(?:<(?!/?(?:p|div)[\s>])[^<]*+)*+)</\1\s*+>",
    re.IGNORECASE,
)
"""A paragraph or ``div`` without one inside: tag name, attributes, content."""
_TAG = re.compile(r"<[^>]*+>")
_PICTURE = re.compile(r"<(?:img|table)\b", re.IGNORECASE)
_EDITOR_CLASS = re.compile(r"\bclass\s*=\s*[\"']?[^\"'>]*\bres-edit\b")


def says_of(inner: str) -> str:
    """What a paragraph with this content shows: its text, or "picture"."""
    return "picture" if _PICTURE.search(inner) else html.unescape(_TAG.sub("", inner)).strip()


def paragraphs(notice: str) -> BodyEdit:
    """The edit that cuts paragraphs which are, as a whole, a notice of this name."""
    marks, says = NOTICES[notice].marks, re.compile(NOTICES[notice].says, re.DOTALL)

    def is_notice(attributes: str, inner: str) -> bool:
        if notice == "editor" and _EDITOR_CLASS.search(attributes):
            return True
        return len(inner) < 4000 and any(mark in inner for mark in marks) and says.fullmatch(says_of(inner)) is not None

    def cut(source: str, _context: Context) -> list[Edit]:
        return [Edit(m.start(), m.end()) for m in PARAGRAPH.finditer(source) if is_notice(m[2], m[3])]

    return cut
