"""Judging SVG: only what our own charts are made of passes; every other SVG may hold scripts and is refused."""

import re

from lxml import etree

from crawler.patterns import compiled
from crawler.pictures.raster import BadPicture, Size

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset({"svg", "title", "g", "path", "text", "defs", "clipPath", "rect", "style"})
_ATTRIBUTES = frozenset(
    ("id", "width", "height", "viewBox", "version", "d", "style", "transform", "x", "y", "clip-path")
)
_DECLARED = compiled(rb"<!|<\?(?!xml\s)")
_STYLE = compiled(r"[\w\s.,:;#*{}()'\"-]*")
_OUTSIDE = compiled(r"url\(\s*(?!#[\w-]+\s*\))|@|\\|expression|javascript:", re.IGNORECASE)
_LENGTH = compiled(r"\d{1,5}(?:\.\d{1,6})?(?:pt|px)?")


def svg_size(data: bytes) -> Size:
    """The size in pixels of a chart that we drew; raises BadPicture for any SVG that could be something else."""
    if _DECLARED.search(data):
        raise BadPicture("SVG with a declaration, an entity or a comment")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadPicture("SVG cut off or damaged") from error
    if root.tag != f"{_SVG}svg":
        raise BadPicture("XML, but no SVG")
    for element in root.iter():
        _check_element(element)
    return _pixels(root.get("width", "")), _pixels(root.get("height", ""))


def _check_element(element: etree._Element) -> None:
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "?"
    if name not in _ELEMENTS:
        raise BadPicture(f"SVG with <{name[:40]}>")
    for key, value in element.attrib.items():
        if key not in _ATTRIBUTES:
            raise BadPicture(f"SVG with the attribute {str(key)[:40]}")
        if _OUTSIDE.search(str(value)):
            raise BadPicture(f"SVG that reaches outside in {str(key)[:40]}")
    text = "".join(map(str, element.itertext()))
    if name == "style" and (not _STYLE.fullmatch(text) or _OUTSIDE.search(text)):
        raise BadPicture("SVG with a style sheet of its own")


def _pixels(length: str) -> int:
    """CSS pixels of ``433.5pt`` or ``578``."""
    if not _LENGTH.fullmatch(length):
        raise BadPicture(f"SVG of the size {length[:20]!r}")
    value = float(length.removesuffix("px").removesuffix("pt"))
    return round(value * 4 / 3 if length.endswith("pt") else value)
