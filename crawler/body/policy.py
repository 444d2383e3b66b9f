"""What is dangerous in article HTML: tables of elements, attributes and schemes, and the tests that read them.

The rule is the opposite of a sanitizer's: what is unknown but inert (``web``, ``orginial_src``, ``data-*``, ``o:p``) is
article markup and stays; what a browser would run, load or lay over the page is listed here. Of schemes and styles
(`crawler.body.styles`) what may stay is listed, because their number is without end.
"""

import re
from html.entities import html5

from crawler.body.styles import dangerous_style
from crawler.body.syntax import words
from crawler.patterns import compiled

DROP_WITH_CONTENT = words(
    "script style iframe object applet embed svg math template noscript noembed noframes xmp plaintext textarea title"
    " head select video audio canvas portal fencedframe frameset"
)
"""Elements that go with all they hold (unclosed ones that hold markup go alone)."""

DROP_TAG = words(
    "html body form input button option optgroup datalist output keygen isindex base basefont meta link"
    " frame source track param image bgsound layer ilayer dialog slot command selectedcontent listing"
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
JUDGED_BY_VALUE = URL_ATTRIBUTES | words("style rel")
"""Attributes whose values ``dangerous_value`` looks at: of all others one value is as safe as another."""

_SCHEMES = words("http https mailto tel")
"""The web's, and those that open nothing but a letter or a call: any other can start a program of the reader's."""
_SCHEME = compiled(r"[^a-z0-9/?#:]*+([a-z][a-z0-9+.\-]*+):")
_URL_NOISE = compiled(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]++")
_DATA_IMAGE = compiled(r"data:image/(?:png|gif|jpe?g|webp|bmp|x-icon|avif)[;,]")

_REFERENCE = compiled(r"&(?:#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?|([A-Za-z][A-Za-z0-9]*+)(;?)(?=(=?)))")


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
    """Whether a decoded address is of another scheme than the web's; ``picture``: data URLs of images may stay."""
    if ":" not in value:
        return False
    plain = _URL_NOISE.sub("", value).lower()
    match = _SCHEME.match(plain)
    if match is None or match[1] in _SCHEMES:
        return False
    return not (picture and match[1] == "data" and _DATA_IMAGE.match(plain, match.start(1)))


def dangerous_value(tag: str, name: str, value: str) -> bool:
    """Whether the decoded value of the attribute ``name`` of ``tag`` is dangerous."""
    if name == "style":
        return dangerous_style(value, tag)
    if name == "rel":
        return "opener" in value.lower().split()
    if name in URL_ATTRIBUTES:
        return dangerous_url(value, picture=tag == "img" and name == "src")
    return False
