"""Marks by which editors and content systems part an article into pages: its text goes on behind them.

They are those of UEditor, DedeCMS, PHPCMS and EmpireCMS. A heading that somebody gave to a page is the article's.
"""

import re

from crawler.body.rule import MarkRule

_ALONE = r"\[page\]|\[nextpage\]|\[pagebreak\]|\{pagebreak\}"
"""May be words of a text: not where anything else stands beside them."""
_MARK = r"_(?:m2o_)?ueditor_page_break_tag_|#p#(?:分页标题|副标题)?#e#"
_EMPIRE = r"\[!--empirenews\.page--\](?:\[/!--empirenews\.page--\])?+"
_HEADED = (
    r"#p#(?P<dede>[^<>#]{1,80})#e#"
    r"|\[page\](?P<php>[^<>\[\]]{1,80})\[/page\]"
    r"|\[!--empirenews\.page--\](?P<empire>[^<>\[\]]{1,80})\[/!--empirenews\.page--\]"
)
_BLANK = r"(?:\s|&nbsp;)*+"


def _heading(match: re.Match[str]) -> str:
    """The heading that a mark holds, apart from text beside it; "" without one."""
    if not (heading := (match["dede"] or match["php"] or match["empire"] or "").strip()):
        return ""
    before, behind = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return f"{' ' if before not in ('', '>') else ''}{heading}{' ' if behind not in ('', '<') else ''}"


PAGE_BREAKS = MarkRule(
    "page-breaks",
    "marks by which editors part a text into pages; a heading in them stays",
    (
        ("<p>a</p><p>[page]</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p>_ueditor_page_break_tag_<p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a#p#分页标题#e#</p><p>#p#二期工程#e#</p>", "<p>a</p><p>二期工程</p>"),
    ),
    ("[page", "[nextpage]", "pagebreak", "page_break_tag_", "#p#", "news.page--"),
    rf"<p\b[^<>]*+>{_BLANK}(?:{_MARK}|{_EMPIRE}|{_ALONE}){_BLANK}</p\s*+>|(?:\A|(?<=>)){_BLANK}(?:{_ALONE}){_BLANK}(?=<|\Z)|{_MARK}|{_HEADED}|{_EMPIRE}",
    _heading,
)
