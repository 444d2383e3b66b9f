"""Placeholders of the app's articles: pictures and links that stand in the body as comments (domain-facts 2.2)."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from crawler.body.bare_signs import bare_signs, tokens_between
from crawler.body.document import Document
from crawler.body.policy import dangerous_url
from crawler.body.rules.promotion import HOSTS as PROMOTION_HOSTS
from crawler.body.safety.swallowing import swallowing
from crawler.body.styles import dangerous_style
from crawler.markup import Edit, Token, apply, attribute
from crawler.patterns import compiled

Image: TypeAlias = Mapping[str, Any]
"""A picture's ``src``, ``width``, ``height`` and ``class``; as ``label`` the placeholder that it takes the place of."""

_IMAGE = compiled(r"<!--\s*IMG\s*#\s*\d+\s*-->", re.IGNORECASE)
_STOCK = compiled(
    r"<!--\s*EM_StockImg_Start\s*-->((?:(?!<!--\s*EM_StockImg_(?:Start|End)).){0,4000}?)<!--\s*EM_StockImg_End\s*-->",
    re.IGNORECASE | re.DOTALL,
)
_TEXT = compiled(r"(?:\A|>)\s*+[^<\s]")
_WRAPPED = compiled(r"<a(?=[\s>])[^<>]*+>\s*+(<!--\s*IMG\s*#\s*\d+\s*-->)\s*+</a\s*+>", re.IGNORECASE)
_CLASSES = compiled(r"[\w-]+(?: [\w-]+)*", re.ASCII)
_ABSOLUTE = compiled(r"\s*(?:https?:)?//", re.IGNORECASE)
_LINK = compiled(
    r"""(?:<span\s+id=(["']?)(?P<id>(?:stock|bk|Info)[^"'<>\s]*+)\1\s*+>\s*+)?
    <!--\s*Link\s*\#\s*(?P<n>\d{1,9})\s*-->""",
    re.IGNORECASE | re.VERBOSE,
)


def fill(body: str, images: object, links: object) -> str:
    """The body with its ``IMG#n`` filled by label, else by order, and its ``Link#n`` placeholders by number.

    A stock picture's block counts as one picture, whether it holds a placeholder or a picture already; one with text
    in it may hold further pictures. What there is no picture or link for goes. Everything else stays as it is.

    :param images: what a reply has in their place, a list where it has some: addresses, or ``Image``.
    :param links: the same: mappings with ``text``, ``url_m``, ``url_w``, ``style``.
    """
    if "<!--" not in body:
        return body
    body = apply(body, swallowing(Document(body)))  # what is swallowed has its placeholders, too
    pictures = [one if isinstance(one, Mapping) else {"src": one} for one in _listed(images)]
    return apply(body, [*_image_edits(body, pictures), *_link_edits(body, _listed(links))])


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _image_edits(body: str, images: Sequence[Image]) -> Iterator[Edit]:
    links = (match for match in _WRAPPED.finditer(body) if not PROMOTION_HOSTS.search(match[0]))
    wrapped = {match.start(1): match.span() for match in links}
    blocks = iter([match.span() for match in _STOCK.finditer(body) if _is_picture(match[1])])
    block = next(blocks, None)
    number, inside_filled = 0, (-1, -1)
    labelled = {str(image.get("label")): image for image in images}
    for token in tokens_between(body, bare_signs(body)):
        while block is not None and block[1] <= token.start:
            if block != inside_filled:
                number += 1  # A block without a placeholder is a picture, too: it uses up its place.
            block = next(blocks, None)
        in_block = block is not None and block[0] < token.start
        if in_block and token.name == "img" and block != inside_filled and number < len(images):
            yield from _address_edits(body, token, images[number])
        if token.kind != "comment" or not _IMAGE.fullmatch(body, token.start, token.end):
            continue
        if in_block and block == inside_filled and not _TEXT.search(body[slice(*block)]):
            yield Edit(*wrapped.get(token.start, (token.start, token.end)))
            continue
        if in_block and block is not None:
            inside_filled = block
        image = labelled.get(body[token.start : token.end]) or (images[number] if number < len(images) else {})
        number += 1
        yield Edit(*wrapped.get(token.start, (token.start, token.end)), _picture(image))


def _is_picture(block: str) -> bool:
    """Whether there is one in a block: the marks are not balanced, and may stand round paragraphs alone."""
    return bool(_IMAGE.search(block)) or "<img" in block.lower()


def _address_edits(body: str, tag: Token, image: Image) -> Iterator[Edit]:
    """Give a stock picture that names no address the one of the reply's picture."""
    src, address = attribute(body, tag, "src"), _address(image)
    if src is not None and address and not _ABSOLUTE.match(src.value):
        yield Edit(*src.span, f'src="{address}"')


def _address(image: Image) -> str:
    """The address of a picture as it can stand in an attribute, "" when it has none that is usable."""
    src = src.strip() if isinstance(src := image.get("src"), str) else ""
    if not src or dangerous_url(src):
        return ""
    # A raw & stays raw, as everywhere in the source.
    return src.replace('"', "%22").replace("<", "%3C").replace(">", "%3E")


def _picture(image: Image) -> str:
    """The ``img`` tag of a picture, "" when it has no usable address."""
    if not (address := _address(image)):
        return ""
    size = "".join(f' {name}="{n}"' for name in ("width", "height") if (n := _size(image.get(name))))
    classes = str(image.get("class") or "")
    kind = f' class="{classes}"' if _CLASSES.fullmatch(classes) else ""  # it tells advertisements
    return f'<img src="{address}"{kind}{size} />'


def _size(value: object) -> int:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _link_edits(body: str, links: Sequence[Any]) -> Iterator[Edit]:
    for match in _LINK.finditer(body):
        index = int(match["n"])
        link = links[index] if index < len(links) and isinstance(links[index], Mapping) else None
        start = body.rindex("<!--", match.start(), match.end())
        yield Edit(start, match.end(), _link(link, plain=(match["id"] or "").lower().startswith("info")))


def _link(link: Mapping[str, Any] | None, *, plain: bool) -> str:
    """The link as markup; its text alone inside a glossary span, and when it has no usable address."""
    if link is None:
        return ""
    text = html.escape(str(link.get("text") or ""), quote=False)
    address = str(link.get("url_m") or link.get("url_w") or "").strip()
    if plain or not address or dangerous_url(address):
        return text
    style = str(link.get("style") or "").strip()
    kept = f' style="{html.escape(style)}"' if style and not dangerous_style(style) else ""
    target = address.replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    return f'<a href="{target}"{kept}>{text}</a>'
