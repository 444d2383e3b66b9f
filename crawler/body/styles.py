"""Styles: which declarations may be published, by property and by the measure of their values.

What is not named here could lay an element over the page, load something, or run. What is named stays as it is spelled.
"""

import re

from crawler.body.syntax import words
from crawler.patterns import compiled

_LARGE, _SMALL = 2000.0, 200.0
"""Most CSS pixels that a value may measure: of a box, and of what concerns letters and lines."""
_LARGE_NAMES = words(
    "width height min-width min-height max-width max-height margin margin-top margin-right margin-bottom margin-left"
    " padding padding-top padding-right padding-bottom padding-left"
)
_SMALL_NAMES = words(
    "font-size line-height letter-spacing word-spacing text-indent vertical-align border-spacing tab-size border-width"
    " border-radius background-color background-repeat background-attachment background-position background-clip"
    " background-origin background-size background color border-color border-style border-collapse border"
    " border-top border-right border-bottom border-left"
    " font-weight font-style font-stretch font-variant font-variant-caps font-variant-numeric"
    " font-variant-ligatures font-variant-east-asian font-kerning font-size-adjust"
    " text-align text-align-last text-justify text-decoration text-decoration-line text-decoration-style"
    " text-decoration-color text-decoration-thickness text-transform text-overflow text-rendering text-autospace"
    " text-underline text-underline-position text-emphasis text-size-adjust white-space word-break word-wrap"
    " overflow-wrap line-break hyphens display float clear overflow overflow-x overflow-y visibility opacity box-sizing"
    " caption-side table-layout empty-cells list-style list-style-type list-style-position writing-mode unicode-bidi"
    " orphans widows page page-break-before page-break-after page-break-inside break-before break-after break-inside"
    " cursor user-select object-fit scroll-behavior flex flex-direction flex-wrap flex-flow flex-grow flex-shrink"
    " flex-basis align-items align-content align-self justify-content justify-items justify-self gap row-gap column-gap"
    " tab-stops tab-interval punctuation-trim punctuation-wrap layout-grid layout-grid-mode font-smoothing"
    " osx-font-smoothing tap-highlight-color text-stroke text-stroke-width touch-callout box-orient"
)
_SIDES = compiled(r"border-(?:top|right|bottom|left)-(?:width|style|color|left-radius|right-radius)")
_VENDOR = compiled(r"-(?:webkit|moz|ms|o|khtml)-")
_NEGATIVE = {"text-indent": _SMALL, "vertical-align": 20.0, "letter-spacing": 2.0, "word-spacing": 2.0}
_NEGATIVE |= {"margin-left": 50.0, "margin-right": 50.0}
"""Pixels that a value may go below nought; many small steps up lay what follows over what stands before."""
_BARE = {"line-height": 16.0}
"""Pixels of a bare number, where it is not one of letters and lines in general."""
_LEAST = {"line-height": 10.0}
"""Pixels that a value must have: lines that are lower than their letters lay these over the lines round them."""
_MOST = {"font-size": 72.0, "font": 72.0}
_ONE_OF = {
    "position": compiled(r"static|relative"),
    "zoom": compiled(r"1(?:\.0*)?|100%"),
    "direction": compiled(r"ltr"),
}
_NEUTRAL = compiled(r"none|normal|auto|0(?:px|pt|em|%)?|initial|unset|inherit")
"""What takes a property back, whatever it is."""
_CLIPS = compiled(r"overflow(?:-[xy])?\s*+:\s*+(?:hidden|auto|scroll)")
_HEIGHTS = words("height max-height")
GROWING = words("img td th tr tbody table col hr")
"""Elements whose ``height`` no content runs over: others show what does not fit on top of what follows."""

_PLAIN = compiled(r"(?:(?:rgb|hsl)a?\([\d\s.,%/]*+\)|[\w\s.,%#+/-])*+", re.ASCII)
_ACTING = compiled("javascript|expression|behaviou?r|binding")
"""Words by which old browsers ran a script."""
_NEVER = compiled("javascript|expression")
"""Those of them that no property has in its name."""
_NAMES_OF_FONTS = compiled(r"[\w\s.,%#+/\"'\\&-]*+")
_COLOR = compiled(r"#[0-9a-f]++|(?:rgb|hsl)a?\([^()]*+\)")
_NUMBER = compiled(r"(?<![\w.])(?P<sign>[+-]?)(?P<number>\d++(?:\.\d*+)?|\.\d++)(?P<unit>[\w%]*+)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 38.0, "mm": 3.8, "q": 1.0}
_PIXELS |= {
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "ic": 16.0,
    "vw": 15.0,
    "vh": 10.0,
    "vmin": 10.0,
    "vmax": 15.0,
}
_RELATIVE = {"%": (10.0, 0.16), "": (1.0, 0.1)}
"""Pixels of a percentage and of a bare number, of a box and of letters and lines."""
_IMPORTANT = compiled(r"!\s*+important\s*+\Z")
_DECLARATION = compiled(r"(?:&(?:#\d++|#[xX][0-9a-fA-F]++|[A-Za-z][A-Za-z0-9]*+);|[^;])*+(?:;|\Z)")
"""One declaration as it is spelled in an attribute, where references end with the same sign."""


def dangerous_style(value: str, tag: str = "") -> bool:
    """Whether a decoded style may not be published on a ``tag``."""
    return not is_allowed(value, clips(value, tag))


def declarations(value: str) -> list[str]:
    """The raw value of a ``style`` attribute in its declarations, each with the sign that ends it."""
    return [piece for piece in _DECLARATION.findall(value) if piece]


def clips(style: str, tag: str) -> bool:
    """Whether what does not fit into an element's height stays in it."""
    return tag in GROWING or ("visible" not in style and _CLIPS.search(style.lower()) is not None)


def is_allowed(style: str, clipped: bool) -> bool:
    """Whether every declaration of a decoded style, or piece of one, may be published; ``clipped``: see ``clips``."""
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.strip(" \t\r\n\f").partition(":")
        name, value = _VENDOR.sub("", name.rstrip(), count=1), _IMPORTANT.sub("", value).strip()
        if (name or colon) and not (colon and _is_harmless(name, value, clipped)):
            return False
    return True


def _is_harmless(name: str, value: str, clipped: bool) -> bool:
    if _ACTING.search(value) or _ACTING.fullmatch(name) or _NEVER.search(name):
        return False
    if name in _HEIGHTS and not clipped:
        return value in {"auto", "none", "initial", "unset"}
    if name in {"font", "font-family"} or name.startswith("mso-"):
        quotes_close = value.count('"') % 2 == value.count("'") % 2 == 0
        return bool(_NAMES_OF_FONTS.fullmatch(value)) and quotes_close and (name != "font" or _is_measured(name, value))
    if _NEUTRAL.fullmatch(value) and not (name in _LEAST and value[0] == "0"):
        return name.replace("-", "").isalpha()
    if name in _ONE_OF:
        return _ONE_OF[name].fullmatch(value) is not None
    known = name in _LARGE_NAMES or name in _SMALL_NAMES or _SIDES.fullmatch(name)
    return bool(known) and _PLAIN.fullmatch(value) is not None and _is_measured(name, value)


def _is_measured(name: str, value: str) -> bool:
    """Whether no number of the value is out of measure."""
    large = name in _LARGE_NAMES
    most = _MOST.get(name, _LARGE if large else _SMALL)
    for found in _NUMBER.finditer(_COLOR.sub("", value)):
        factor = _RELATIVE[found["unit"]][not large] if found["unit"] in _RELATIVE else _PIXELS.get(found["unit"])
        if factor is None:
            return False
        if not found["unit"]:
            factor = _BARE.get(name, factor)
        pixels = float(found["number"][:12]) * factor
        if not _LEAST.get(name, 0.0) <= pixels <= most or len(found["number"]) > 12:
            return False
        if found["sign"] == "-" and pixels > _NEGATIVE.get(name, 0.0):
            return False
    return True
