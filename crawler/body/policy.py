"""What is dangerous in article HTML: tables of elements, attributes, schemes and styles, and the tests that read them.

The rule is the opposite of a sanitizer's: what is unknown but inert (``web``, ``orginial_src``, ``data-*``, ``o:p``) is
article markup and stays; what a browser would run, load or lay over the page is listed here.
"""

import re
from html.entities import html5

from crawler.body.syntax import words

DROP_WITH_CONTENT = words(
    "script style iframe object applet embed svg math template noscript noembed noframes xmp plaintext textarea title"
    " head select video audio canvas portal fencedframe listing frameset"
)
"""Elements that go with all they hold (unclosed ones that hold markup go alone)."""

DROP_TAG = words(
    "html body form input button option optgroup datalist output keygen isindex base basefont meta link"
    " frame source track param image bgsound layer ilayer dialog slot command selectedcontent"
)
"""Elements whose tags go and whose content stays."""

DANGEROUS = DROP_WITH_CONTENT | DROP_TAG

TABLE_PARTS = words("caption col colgroup tbody td tfoot th thead tr")
"""Elements that a browser drops outside a table: their loss is a matter of layout, not of danger."""

FORBIDDEN_ATTRIBUTES = words(
    "srcdoc formaction action xlink:href ping markdown http-equiv autofocus dynsrc lowsrc datasrc datafld dataformatas"
    " manifest codebase classid is popover shadowrootmode background contenteditable"
)
"""Attributes that run, send, load, let readers write, or (``markdown``) make kramdown read Markdown in an element."""

URL_ATTRIBUTES = words("href src srcset poster cite longdesc usemap data profile archive code")

_FORBIDDEN_SCHEMES = words(
    "javascript vbscript livescript mocha data jar blob filesystem file view-source feed mhtml ms-its wyciwyg"
)
_SCHEME = re.compile(r"[^a-z0-9/?#:]*+([a-z][a-z0-9+.\-]*+):")
_URL_NOISE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]++")
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp|x-icon|avif)[;,]")

_CSS_NOISE = re.compile(r"/\*.*?(?:\*/|\Z)|[\x00-\x1f]++", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x1f]++")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\r\f]?|(.))", re.DOTALL)
_CSS_DANGER = re.compile(
    r"expression|javascript|vbscript|(?<!scroll-)behaviou?r|binding|-o-link|@import|image-set|cross-fade|<"
    r"|url\s*\(|position\s*:\s*+(?!static|relative)|transform\s*:|z-index"
)
_MARGIN = re.compile(r"margin[a-z-]*+\s*+:")
_FAR_OUT = re.compile(r"-(?:\d{3}|[\d.]++\s*+(?:r?em|v[wh]|%))")
"""What lays a thing over its neighbours when it is said of a margin."""

_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?|([A-Za-z][A-Za-z0-9]*+)(;?)(?=(=?)))")


def _decode_reference(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        digits = (match[1] or match[2]).lstrip("0") or "0"
        code = int(digits, 16 if match[1] else 10) if len(digits) < 9 else 0xFFFD
        code = 0xFFFD if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else code
        return html5.get(f"#{code}") or bytes([code]).decode("cp1252", "replace") if 0x80 <= code < 0xA0 else chr(code)
    name, semicolon, equals = match[3], match[4], match[5]
    if semicolon and (found := html5.get(name + ";")):
        return found
    # Without a semicolon a reference in an attribute counts only when nothing name-like follows: ``&timespan=1`` stays.
    if not equals and not semicolon and name in html5:
        return html5[name]
    return match[0]


def decode_attribute(value: str) -> str:
    """An attribute's value as a browser reads it: character references decoded by the rules for attributes."""
    return _REFERENCE.sub(_decode_reference, value) if "&" in value else value


def dangerous_name(name: str) -> bool:
    """Whether an attribute of this (lower-case) name must go whatever it holds."""
    return (name.startswith("on") and len(name) > 2) or name in FORBIDDEN_ATTRIBUTES or name.startswith("xmlns")


def dangerous_url(value: str, *, picture: bool = False) -> bool:
    """Whether a decoded address would run or smuggle content; ``picture``: data URLs of images are let through."""
    if ":" not in value:
        return False
    plain = _URL_NOISE.sub("", value).lower()
    match = _SCHEME.match(plain)
    if match is None or match[1] not in _FORBIDDEN_SCHEMES:
        return False
    return not (picture and match[1] == "data" and _DATA_IMAGE.match(plain, match.start(1)))


def dangerous_style(value: str) -> bool:
    """Whether a decoded style (or one declaration of it) runs, loads, or lays itself over the page."""
    decoded = _CSS_ESCAPE.sub(_decode_escape, value) if "\\" in value else value
    # With and without escapes and comments: what one reader takes for either, another may not.
    texts = {_CONTROLS.sub("", value), _CSS_NOISE.sub("", decoded), _CONTROLS.sub("", decoded)}
    return any(_CSS_DANGER.search(text) or _moves(text) for text in map(str.lower, texts))


def _moves(style: str) -> bool:
    if "margin" not in style:
        return False
    # A declaration at a time: the time must not grow with the square of a style of nothing but margins.
    return any(
        _FAR_OUT.search(declaration, margin.end())
        for declaration in style.split(";")
        if (margin := _MARGIN.search(declaration))
    )


def _decode_escape(escape: re.Match[str]) -> str:
    return chr(min(int(escape[1], 16), 0x10FFFF)) if escape[1] else escape[2]


def dangerous_value(tag: str, name: str, value: str) -> bool:
    """Whether the decoded value of the attribute ``name`` of ``tag`` is dangerous."""
    if name == "style":
        return dangerous_style(value)
    if name in URL_ATTRIBUTES:
        return dangerous_url(value, picture=tag == "img" and name == "src")
    return False
