"""A line of Markdown, or of plain text, as markup: what tools make of a page's paragraphs, made paragraphs again."""

import html
import re

from crawler.patterns import compiled

_HELD = r"[^\[\]]*+(?:!?\[[^\[\]]*+\](?:\([^()]*+(?:\([^()]*+\)[^()]*+)*+\))?[^\[\]]*+)*+"
"""What stands in brackets: text, and other brackets with what they lead to."""
_ADDRESS = (
    r"(?:&lt;)?(?P<{}>(?:https?:/)?/[^()\s<>\"&]*+(?:(?:\([^()\s<>\"]*+\)|&amp;)[^()\s<>\"&]*+)*+)(?:&gt;)?"
    r"(?: +\"[^\"]{{0,200}}\")?"
)
_INLINE = compiled(
    rf"!\[(?P<alt>{_HELD})\]\({_ADDRESS.format('src')}\)|\[(?P<text>{_HELD})\]\({_ADDRESS.format('href')}\)"
    r"|(?P<stars>\*{2,3})(?P<strong>[^*<>]{1,400})(?P=stars)"
    r"|(?<![\w*/])(?P<sign_of_em>[*_])(?P<em>[^\s*_<>)）”’》】，、。](?:[^*_<>]{0,400}[^\s*_<>])?)(?P=sign_of_em)(?![\w*])"
    r"|\\(?P<sign>[\\`*_{}\[\]()#+=.!|$^~-]|&(?:[lg]t|amp);)"
    r"|&amp;(?P<entity>(?:[lg]t|amp|quot|nbsp|#\d{1,6}|#[xX][\da-fA-F]{1,5});)"
)
_LINK = compiled(r"#{1,6} \[[^\[\]]*+\]\(<?(?P<href>https?://[^\s()<>]{1,400})>?\)")
_RULE, _UNDERLINE = compiled(r"(?:[-_*] ?){3,}"), compiled("={3,}")
CLOSING = {
    "em_media": compiled(r"[（(]文章[来來]源\s*[：:].{1,60}[）)]"),
    "res-edit": compiled(r"[（(]责任编辑\s*[：:].{1,40}[）)]"),
}
"""Lines that close an article, by the classes that their paragraphs have."""


def linked_heading(line: str) -> str:
    """The address to which a heading leads that is nothing but a link; "" for any other line."""
    found = _LINK.fullmatch(line)
    return found["href"] if found else ""


def paragraph(line: str) -> str:
    """A line as markup: a heading, a rule, what closes an article, or a paragraph; "" for what underlines a heading."""
    level = len(line) - len(line.lstrip("#"))
    if 0 < level < 7 and line[level : level + 1] == " ":
        said = line[level:].strip()
        bare = said.rstrip("#")  # a heading may end with such signs, too: C#
        return f"<h{level}>{_inline(bare.rstrip() if bare[-1:] in (' ', '') else said)}</h{level}>"
    if line.startswith("> ") or line == ">":  # more than 50 is >50
        return f"<blockquote>{paragraph(line.lstrip('> '))}</blockquote>"
    if _RULE.fullmatch(line) or _UNDERLINE.fullmatch(line):
        return "" if line.startswith("=") else "<hr />"
    name = next((name for name, pattern in CLOSING.items() if pattern.fullmatch(line)), "")
    return f'<p class="{name}">{_inline(line)}</p>' if name else f"<p>{_inline(line)}</p>"


def _inline(line: str) -> str:
    return _marked(html.escape(line, quote=False))


def _marked(escaped: str) -> str:
    return _INLINE.sub(_markup, escaped)


def _markup(found: re.Match[str]) -> str:
    if found["src"]:
        src, alt = (found[name].replace("\\", "") for name in ("src", "alt"))
        return f'<img src="{src}" alt="{alt.replace(chr(34), "&quot;")}" />'
    if found["href"]:
        return f'<a href="{found["href"].replace(chr(92), "")}">{_marked(found["text"])}</a>'
    if found["strong"]:
        return f"<strong>{_marked(found['strong'])}</strong>"
    if found["em"]:
        return f"<em>{_marked(found['em'])}</em>"
    return f"&{found['entity']}" if found["entity"] else found["sign"]
