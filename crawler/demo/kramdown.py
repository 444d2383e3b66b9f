"""What kramdown makes of a post: the changes measured with Jekyll 4.3.1 (domain-facts 11.2), not a Markdown engine."""

import re

from crawler.demo.articles import DemoArticle, post_body
from crawler.patterns import compiled
from crawler.sites import SITE_HOST

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})

_TOKEN = compiled(r"<!--.*?-->|</?[a-zA-Z][^\s/>]*(?:\s[^<>]*)?/?>", re.DOTALL)
_TAG = compiled(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>.*?)(?P<slash>/?)>", re.DOTALL)
_ATTRIBUTE = compiled(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BARE_AMPERSAND = compiled(r"&(?!#\d+;|#[xX][0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)")


def escape_text(text: str) -> str:
    """Bare `&`, `<` and `>` as entities; entities stay."""
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def smart(text: str) -> str:
    """Typographic quotes, dashes and ellipses, as in Markdown prose."""
    text = re.sub(r"(?<![\w\)\]”’.,!?。，])\"(?=\S)", "“", text).replace('"', "”")
    text = re.sub(r"(?<![\w\)\]”’.,!?。，])'(?=\S)", "‘", text).replace("'", "’")
    return text.replace("---", "—").replace("--", "–").replace("...", "…")


def _render_tag(tag: str) -> tuple[str, str, bool]:
    """Return a tag as kramdown writes it, its name, and whether it opens an element that a later tag closes."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return escape_text(tag), "", False
    name = match["name"].lower()
    if match["close"]:
        return f"</{name}>", name, False
    attributes = "".join(
        f' {key.lower()}="{_BARE_AMPERSAND.sub("&amp;", double or single)}"'
        for key, double, single in _ATTRIBUTE.findall(match["attributes"])
    )
    if name in VOID:
        return f"<{name}{attributes} />", name, False
    return f"<{name}{attributes}>", name, not match["slash"]


def render_blocks(markup: str) -> str:
    """Article HTML with one newline between top-level blocks, attributes normalised and bare text escaped."""
    blocks: list[str] = []
    inside: list[str] = []
    depth = position = 0

    def add_text(text: str) -> None:
        if depth:
            inside.append(escape_text(text))
        elif text.strip():
            blocks.append(f"<p>{escape_text(smart(text.strip()))}</p>\n")

    for match in _TOKEN.finditer(markup):
        add_text(markup[position : match.start()])
        position = match.end()
        if match[0].startswith("<!--"):
            rendered, closes, opens = match[0], False, False
        else:
            rendered, _, opens = _render_tag(match[0])
            closes = match[0].startswith("</")
        depth = max(0, depth + opens - closes)
        inside.append(rendered)
        if not depth:
            blocks.append("".join(inside))
            inside.clear()
    add_text(markup[position:])
    return "\n".join([*blocks, "".join(inside)] if inside else blocks)


def excerpt(article: DemoArticle) -> str:
    """Jekyll's excerpt, the post up to the first blank line, rendered."""
    if article.digest is not None:
        return f"<blockquote>\n  <p>{escape_text(smart(article.digest))}</p>\n</blockquote>"
    return render_blocks(post_body(article))


def render_post(article: DemoArticle) -> str:
    """Render the content of the post's page: digest, body, share link and footer."""
    parts = [excerpt(article)]
    if article.digest is not None:
        parts.append(render_blocks(post_body(article)))
    link = escape_text(article.link)
    parts.append(f'<p><a href="{link}">{link}</a></p>' if link else "<p>&lt;&gt;</p>")
    parts.append(
        f'<p><a href="//{SITE_HOST}{article.list_path}">返回{smart(article.tag)}</a>｜'
        f'<a href="//{SITE_HOST}/">返回首页</a></p>'
    )
    return "\n\n".join(parts) + "\n"
