"""Plain text out of small pieces of markup, and what a page's title tells."""

import html
import re

from crawler.body.bare_signs import bare_signs, escaped
from crawler.pages.damage import damage
from crawler.pages.eastmoney.media_names import SEPARATOR
from crawler.pages.encoding import sound_text
from crawler.patterns import compiled
from crawler.regular_markup import is_regular

_MARKUP = compiled(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[A-Za-z][^<>]*>", re.IGNORECASE | re.DOTALL
)
_BLANKS = compiled(r"[\s\u3000\ufeff]+")
# A dash may belong to the title (美团-W): behind one the site's name stands alone. A column between them has the sign
# of the site's name; behind another one is the title's rest (早报｜央行降准_东方财富网).
_SITE = compiled(
    r"(?P<sign>[_|｜\-–—])(?:(?<=[_|｜])(?<![_|｜][_|｜])[_|｜]*+\s*+(?:(?:[^_|｜]{0,12}(?P=sign)\s*+)?(?:手机|手機)?(?:东方财富|東方財富)[^_|｜]*+"
    r"(?:[_|｜]\s*+(?:手机|财经门户)\s*+)?|eastmoney(?:\.com)?\s*+)\Z"
    r"|(?<=[\-–—])(?<![\-–—][\-–—])[\-–—]*+\s*+(?:手机|手機)?(?:东方财富|東方財富)(?:手机)?(?:[网網](?:\w{2,4}频道)?)?\s*+\Z)"
    r"|[（(【](?:东方财富网|東方財富網)[）)】]\s*+\Z",
    re.IGNORECASE,
)
_OURS = compiled(r"[_|\-—]\s*(?:天天基金网?|金融消息)\s*\Z")
_ANOTHERS = compiled(
    r"_\s*[^_|\s][^_|]{1,19}\Z|[|\-–—]\s*[^_|\-–—]{0,20}(?:网|網|财经|財經|新闻|新聞|在线|[日时時晚早]报|[日時晚早]報|频道|客户端|头条|博客|论坛|\.com|\.cn)\s*\Z",
    re.IGNORECASE,
)
"""Titles hold dashes and bars of their own; an underscore is there for the site's name."""
LONGEST_HEAD = 1 << 20
"""Characters of a page's head that are looked through: styles in it may be long."""
_TITLE = compiled(r"<title\b[^<>]*>([^<]{0,500})", re.IGNORECASE)
PARAGRAPH_REST = r"([^<]*+(?:<(?!/?p\b)[^<]*+)*+)(?:</p\s*+>|(?=<p\b))"
"""A pattern of what stands in a paragraph, and of its end: the next paragraph's begin is one, too."""


def with_class(name: str, words: str) -> str:
    """Give a pattern of a start tag called ``name`` that has one of ``words`` (``a|b``) in its class."""
    return (
        rf"""<{name}\b[^<>cC]*+(?:(?!\bclass\s*=)[cC][^<>cC]*+)*+\bclass\s*+=\s*+["']?(?:(?!\b(?:{words})\b)[^"'<>])*+"""
        rf"""\b(?:{words})\b[^<>]*+>"""
    )


SOURCE_LINE = compiled(with_class("p", "em_media"), re.IGNORECASE)
"""The start of the paragraph that closes an article."""


def plain(markup: str) -> str:
    """Give the text of a piece of markup, entities decoded and blanks at its ends cut."""
    if "<" in markup:
        markup = _MARKUP.sub("", markup if is_regular(markup) else escaped(markup, bare_signs(markup)))
    text = html.unescape(markup) if "&" in markup else markup
    return text.strip(" \t\r\n\f\u3000\xa0\ufeff")


def one_line(markup: str) -> str:
    """Give the text of a piece of markup on one line; blanks inside a line stay as they are."""
    text = plain(markup)
    return _BLANKS.sub(" ", text) if "\n" in text or "\r" in text or "\t" in text else text


def pieces(markup: str) -> str:
    """Give the text of a piece of markup on one line, a separator (a blank, U+001F) in place of its tags."""
    return SEPARATOR.join(filter(None, map(one_line, _MARKUP.sub(SEPARATOR, markup).split(SEPARATOR))))


def sound(value: object) -> str | None:
    """Give a JSON value's text, without characters that no file can hold; None when it is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return sound_text(str(value))


def without_site(title: str) -> str:
    """Cut the site's name off a page title: ``X_东方财富网`` is X."""
    site = _SITE.search(title)
    return title[: site.start()].rstrip() if site else title


def page_title(markup: str) -> str:
    """Give the title that a page's head holds, site name and all; "" when there is none."""
    start = markup.find("<title")
    found = _TITLE.search(markup, start) if start >= 0 else _TITLE.search(markup)
    return one_line(found[1]) if found else ""


def is_ours(title: str) -> bool:
    """Tell whether a page title ends with the name of a site that we know."""
    return _SITE.search(title) is not None or _OURS.search(title) is not None


def is_anothers(title: str) -> bool:
    """Tell whether a page title ends with the name of a site that we do not know: ``X_某某网``.

    Damaged text names none: ours looks like another's when it was read in a wrong encoding.
    """
    return _ANOTHERS.search(title) is not None and not is_ours(title) and not damage(title)
