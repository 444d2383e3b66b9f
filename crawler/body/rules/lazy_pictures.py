"""Pictures whose address waits in another attribute until a script of the page moves it to ``src``."""

import re
from collections.abc import Iterator

from crawler.body.document import Document
from crawler.body.policy import dangerous_url, decode_attribute
from crawler.body.rule import TagRule
from crawler.body.safety.backgrounds import HOLDERS as PLACES
from crawler.body.safety.backgrounds import is_empty, leads_somewhere, quotable
from crawler.body.shows import is_placeholder, largest_picture
from crawler.markup import Attribute, Edit, Token
from crawler.patterns import compiled

HOLDERS = (
    *("data-original", "data-src", "data-url", "data-lazy-src", "data-lazy", "data-actualsrc", "data-lazyload"),
    *("data-echo", "data-original-src", "data-real-src", "data-lazysrc", "data-ks-lazyload", "data-image", "data-img"),
    *("data-croporisrc", "data-hi-res-src", "data-defer-src", "data-lazy-original", "loadsrc", "lay-src", "v-lazy"),
    *("data-lazy-img", "data-lazyload-src", "data-flickity-lazyload", "data-pagespeed-lazy-src", "data-cfsrc"),
    *("data-savepage-src", "data-savepage-currentsrc", "data-orig-file", "data-large-file", "data-origin"),
    *("original", "orginal", "lazy-src", "lazysrc", "lazyload", "nitro-lazy-src", "real_src", "_src", "zoomfile"),
    *("ess-data", "imgsrc", "loading-src", "load-src", "origin-src", "osrc", "src2", "xsrc", "file"),
)
"""Attributes that hold such an address, in the order they are believed."""
_OTHERS = frozenset(("src", "alt", "title", "href", "longdesc", "usemap", "lowsrc", "style", "class", "id", "name"))
"""Attributes in which HTML has something else."""
_ANY = "//"
"""Stands in every tag in which an attribute of another name may hold one."""
_PICTURE = compiled(
    r"\s*+(?:https?:)?//[^\s\"'<>,]+\.(?:jpe?g|png|gif|webp|bmp|avif)(?:[?!@#&_][^\s\"'<>]*+)?\s*+\Z", re.IGNORECASE
)
"""The whole address of a picture: in an attribute of any name, it is what a picture without one waits for."""
_ANOTHER = compiled(r"placeholder|loading|error|fallback|default|avatar|logo|icon|qr|poster|share", re.IGNORECASE)
"""In names of attributes that hold another picture's."""
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
"""Attributes that hold several addresses of a picture, for screens of different kinds."""

BACKGROUNDS = ("data-bg", "data-background", "data-background-image", "data-bg-image", "data-bg-src", "data-bgset")
"""Attributes that hold the address of a picture which a script lays behind an element."""
_LONGEST = 2000
"""Characters of an address."""


def _lazy(document: Document, tag: Token) -> Iterator[Edit]:
    src = document.attribute(tag, "src")
    if src is not None and not is_placeholder(decode_attribute(src.value)):
        return
    held = [a.value for name in HOLDERS if (a := document.attribute(tag, name)) is not None]
    held += [largest_picture(a.value) for name in SETS if (a := document.attribute(tag, name)) is not None]
    if not held:
        held = [a.value for a in document.attributes(tag) if _may_wait(a)]
    lazy = next((value for value in held if "/" in value and not dangerous_url(decode_attribute(value))), None)
    if lazy is None or '"' in lazy:
        return
    if src is None:
        at = tag.start + 1 + len(tag.name)
        yield Edit(at, at, f' src="{lazy}"')
    elif lazy != src.value:
        yield Edit(*src.span, f'src="{lazy}"')


def _may_wait(held: Attribute) -> bool:
    """Whether an attribute of a name that is not known holds the address of a picture that a reader is meant to see."""
    if held.name in _OTHERS or len(held.value) > _LONGEST or _ANOTHER.search(held.name):
        return False
    return _PICTURE.match(held.value) is not None and not is_placeholder(decode_attribute(held.value))


def _lazy_background(document: Document, tag: Token) -> Iterator[Edit]:
    if not is_empty(document, tag):
        return
    held = document.values(tag)
    told = decode_attribute(next(filter(None, map(held.get, BACKGROUNDS)), ""))
    address = told.strip().removeprefix("url(").removesuffix(")").strip("\"' ").split(" ")[0]
    if "/" in address and leads_somewhere(address):
        yield Edit(tag.end, tag.end, f'<img src="{quotable(address)}" />')


LAZY_BACKGROUNDS = TagRule(
    "lazy-backgrounds",
    "pictures that a script lays behind an element with nothing in it stand in it",
    (
        (
            '<div data-bg="https://a.cn/b.jpg"></div>',
            '<div data-bg="https://a.cn/b.jpg"><img src="https://a.cn/b.jpg" /></div>',
        ),
    ),
    _lazy_background,
    BACKGROUNDS,
    PLACES,
)
LAZY = TagRule(
    "lazy",
    "addresses of lazy pictures move to where they load",
    (
        (
            '<p><img data-src="https://a.cn/b.jpg" /></p>',
            '<p><img src="https://a.cn/b.jpg" data-src="https://a.cn/b.jpg" /></p>',
        ),
        (
            '<p><img src="data:image/gif;base64,R0lG" data-actualsrc="https://a.cn/b.jpg" /></p>',
            '<p><img src="https://a.cn/b.jpg" data-actualsrc="https://a.cn/b.jpg" /></p>',
        ),
        (
            '<p><img srcset="https://a.cn/b.jpg 1x, https://a.cn/c.jpg 2x" /></p>',
            '<p><img src="https://a.cn/c.jpg" srcset="https://a.cn/b.jpg 1x, https://a.cn/c.jpg 2x" /></p>',
        ),
    ),
    _lazy,
    (*HOLDERS, *SETS, _ANY),
    frozenset({"img"}),
)
