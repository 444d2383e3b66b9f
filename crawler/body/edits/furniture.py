"""What stands in a body but is not the article: fillers, quote placeholders, comments, advertisements, notices."""

import html
import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from crawler.body.context import BodyEdit, Context
from crawler.body.edits.markdown import between_blocks
from crawler.body.policy import decode_attribute
from crawler.body.syntax import words
from crawler.markup import VOID, Edit, Token

PROMOTION_CLASSES = words("em_xuangu em_handle_adv_close em_handle_adv toplink zwothers ad_context3 ad_context")
"""Classes of advertisements."""

PROMOTION_MARKS = ("em_xuangu", "em_handle_adv", "toplink", "zwothers", "ad_context", "acttg.")

PROMOTION_HOSTS = re.compile(r"(?:https?:)?//acttg\.eastmoney\.com(?:[/?#:]|\Z)", re.IGNORECASE)
"""Links to these are advertisements."""

_END = r"[\s。！!>》）)]*"


class Notice(NamedTuple):
    """What a paragraph of its own says, entirely, to be a notice; ``marks``: one of these is always in it."""

    marks: tuple[str, ...]
    says: str


NOTICES: dict[str, Notice] = {
    "slogans": Notice(
        ("一站式开户", "看资讯行情", "打开微信", "“发现”", "妙想投研", "加仓名单", "专业金融数据"),
        r"(?:在?东方财富看资讯行情.{0,60}|.{0,20}选?东方财富证券一站式开户.{0,12}|.{0,12}主力资金加仓名单实时更新.{0,30}"
        r"|.{0,6}全新妙想投研助理.{0,40}|(?:请?打开微信，)?(?:点击|扫).{0,6}“(?:发现|扫一扫)”.{0,60}"
        r"|请?打开微信[，,]?|(?:东方财富[，,]?)?专业金融数据.{0,12})" + _END,
    ),
    "editor": Notice(("责任编辑", "原标题"), r"[（(【\[]?\s*(?:责任编辑|原标题)\s*[：:][^。！？]{0,80}?[）)】\]]?\s*"),
    "disclaimer": Notice(
        ("郑重声明", "发布此内容", "风险自担"),
        r"[（(【\[]?\s*(?:郑重声明\s*[：:].*|(?:特别|免责)?声明\s*[：:].{0,200}风险自担.{0,3}"
        r"|东方财富(?:网)?发布此内容.*|.{0,60}据此操作，?风险自担.{0,3}|风险自担.{0,3})",
    ),
}
"""The notices by the name of their rule; the same words inside a sentence are the article's."""

_PARAGRAPH = re.compile(
    r"<(p|div)(?=[\s>])((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>([^<]*+(?:<(?!/?(?:p|div)[\s>])[^<]*+)*+)</\1\s*+>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*+>")
_PICTURE = re.compile(r"<(?:img|table)\b", re.IGNORECASE)
_EDITOR_CLASS = re.compile(r"\bclass\s*=\s*[\"']?[^\"'>]*\bres-edit\b")
_QUOTE = re.compile(r"""<span id=(["']?)(?:bk)?quote_[^"'<>\s]*+\1\s*+>\s*+</span\s*+>""", re.IGNORECASE)
_KEPT_COMMENT = re.compile(r"<!--\s*EM_StockImg_(?:Start|End)\s*-->", re.IGNORECASE)
_OTHER_COMMENT = re.compile(r"<!--(?!\s*EM_StockImg_(?:Start|End)\s*-->)", re.IGNORECASE)
_FILLER = re.compile(r"<p style=\"display: ?none\b[^\"]*+\"[^<>]*+>(?:[^<]++|<br ?/?>)*+</p>")
_BLANKS = re.compile(r"[ \r\n]++(?=<(?:p|h[1-6]|center|div|blockquote)[ >]|<!--)")
_HIDDEN = re.compile(r"(?:\A|;)\s*display\s*:\s*none", re.IGNORECASE)

_Wanted: TypeAlias = Callable[[str, Token, Context], bool]


def quotes(source: str, _context: Context) -> list[Edit]:
    """Empty placeholders of stock quotes, which a script of the source fills."""
    return [Edit(m.start(), m.end()) for m in _QUOTE.finditer(source)]


def comments(source: str, context: Context) -> list[Edit]:
    """Comments, but for the pair round a stock picture."""
    if not _OTHER_COMMENT.search(source):
        return []
    return [
        Edit(t.start, t.end)
        for t in context.tokens(source)
        if t.kind == "comment" and not _KEPT_COMMENT.fullmatch(source, t.start, t.end)
    ]


def hidden(source: str, context: Context) -> list[Edit]:
    """Elements that are not displayed: the fillers before stock pictures, and whatever else a reader never saw."""
    if context.harmless:
        fillers = [Edit(m.start(), m.end()) for m in _FILLER.finditer(source)]
        if len(fillers) == source.count("display:none") + source.count("display: none"):
            return fillers
    return _elements(source, context, _is_hidden)


def promotion(source: str, context: Context) -> list[Edit]:
    """Advertisements and links to them; a paragraph that held nothing else goes with them."""
    return _with_emptied_paragraphs(source, _elements(source, context, _is_promotion))


def _is_hidden(source: str, tag: Token, context: Context) -> bool:
    held = {a.name: a.value for a in context.attributes(source, tag)}
    return _HIDDEN.search(decode_attribute(held.get("style", ""))) is not None or "hidden" in held


def _is_promotion(source: str, tag: Token, context: Context) -> bool:
    held = {a.name: a.value for a in context.attributes(source, tag)}
    if not PROMOTION_CLASSES.isdisjoint(held.get("class", "").split()):
        return True
    return tag.name == "a" and PROMOTION_HOSTS.match(decode_attribute(held.get("href", "")).strip()) is not None


def _elements(source: str, context: Context, wanted: _Wanted) -> list[Edit]:
    """The outermost elements that are wanted gone, with all they hold."""
    edits: list[Edit] = []
    stack: list[tuple[str, int]] = []
    cut = -1
    for token in context.tokens(source):
        if token.kind == "start":
            gone = cut < 0 and wanted(source, token, context)
            if token.name in VOID:
                if gone:
                    edits.append(Edit(token.start, token.end))
                continue
            if gone:
                cut = len(stack)
            stack.append((token.name, token.start))
        elif token.kind == "end" and stack and stack[-1][0] == token.name:
            _, start = stack.pop()
            if len(stack) == cut:
                edits.append(Edit(start, token.end))
                cut = -1
    return edits


def _with_emptied_paragraphs(source: str, edits: list[Edit]) -> list[Edit]:
    if not edits:
        return []
    edits = sorted(edits)
    result, index = list(edits), 0
    for match in _PARAGRAPH.finditer(source):
        while index < len(edits) and edits[index].start < match.start(3):
            index += 1
        pieces, position, first = [], match.start(3), index
        while index < len(edits) and edits[index].end <= match.end(3):
            pieces.append(source[position : edits[index].start])
            position, index = edits[index].end, index + 1
        if index > first and not _says("".join([*pieces, source[position : match.end(3)]])):
            result.append(Edit(match.start(), match.end()))
    return result


def _says(inner: str) -> str:
    """What a paragraph with this content shows: its text, or "picture"."""
    return "picture" if _PICTURE.search(inner) else html.unescape(_TAG.sub("", inner)).strip()


def paragraphs(notice: str) -> BodyEdit:
    """The edit that cuts paragraphs which are, as a whole, a notice of this name."""
    says = re.compile(NOTICES[notice].says, re.DOTALL)

    def cut(source: str, _context: Context) -> list[Edit]:
        edits = []
        for match in _PARAGRAPH.finditer(source):
            by_class = notice == "editor" and _EDITOR_CLASS.search(match[2]) is not None
            if by_class or (len(match[3]) < 4000 and says.fullmatch(_says(match[3]))):
                edits.append(Edit(match.start(), match.end()))
        return edits

    return cut


def blanks(source: str, context: Context) -> list[Edit]:
    """White space between blocks: before a comment it makes kramdown print the picture's markup as text."""
    if context.harmless:
        # Blocks and comments stand nowhere but at the top there.
        return [Edit(m.start(), m.end()) for m in _BLANKS.finditer(source)]
    return between_blocks(source, context)
