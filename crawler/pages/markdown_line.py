"""A line of Markdown, or of plain text, as markup: what tools make of a page's paragraphs, made paragraphs again."""

import html
import re

from crawler.patterns import compiled

INLINE = compiled(
    r"!\[(?P<alt>[^\[\]]*+)\]\((?P<src>https?://[^()\s<>\"]{1,400})(?: +\"[^\"]{0,200}\")?\)"
    r"|\[(?P<text>[^\[\]]*+)\]\((?P<href>https?://[^()\s<>\"]{1,400})(?: +\"[^\"]{0,200}\")?\)"
    r"|\*\*(?P<strong>[^*<>]{1,400})\*\*|\\(?P<sign>[\\`*_{}\[\]()#+=.!|$^~-]|&[lg]t;)"
    r"|&amp;(?P<entity>(?:[lg]t|amp|quot|nbsp|#\d{1,6}|#[xX][\da-fA-F]{1,5});)"
)
CLOSING = {
    "em_media": compiled(r"[（(]文章[来來]源\s*[：:].{1,60}[）)]"),
    "res-edit": compiled(r"[（(]责任编辑\s*[：:].{1,40}[）)]"),
}
"""Lines that close an article, by the classes that their paragraphs have."""


def paragraph(line: str) -> str:
    """A line as markup: a heading, what closes an article, or a paragraph, with pictures and links of Markdown."""
    level = len(line) - len(line.lstrip("#"))
    if 0 < level < 7 and line[level : level + 1] == " ":
        return f"<h{level}>{_inline(line[level:].strip())}</h{level}>"
    name = next((name for name, pattern in CLOSING.items() if pattern.fullmatch(line)), "")
    return f'<p class="{name}">{_inline(line)}</p>' if name else f"<p>{_inline(line)}</p>"


def _inline(line: str) -> str:
    def markup(found: re.Match[str]) -> str:
        if found["src"]:
            return f'<img src="{found["src"]}" alt="{found["alt"].replace(chr(34), "&quot;")}" />'
        if found["href"]:
            return f'<a href="{found["href"]}">{found["text"]}</a>'
        if found["entity"]:
            return f"&{found['entity']}"
        return f"<strong>{found['strong']}</strong>" if found["strong"] else found["sign"]

    return INLINE.sub(markup, html.escape(line, quote=False))
