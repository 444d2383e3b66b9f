"""What stays of elements that may not: a link to a video, the text of a field, the picture behind a placeholder."""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache

from crawler.body.document import Document
from crawler.body.policy import decode_attribute
from crawler.body.safety.backgrounds import background, is_shown, leads_somewhere, quotable
from crawler.body.safety.elements import Dropped, dropped
from crawler.body.safety.frames import framed
from crawler.body.shown_text import ShownText
from crawler.body.shows import is_placeholder, largest_picture
from crawler.markup import Edit, Token, attribute, tokens, values
from crawler.patterns import compiled

_LABELS = {"video": "视频", "audio": "音频", "iframe": "嵌入内容", "embed": "嵌入内容", "object": "嵌入内容"}
_ADDRESSES = {"object": ("data", "data-src"), "a": ("href",)}
_HOLDERS = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "lazy-src")
_PICTURED = ("href", "xlink:href", "src", "data-src")
_INNER = {"source": ("src", "data-src"), "embed": ("src",), "param": ("value",)}
_MEDIA = compiled(
    r"""https?:\\?/\\?/[^"'\s<>]{1,400}?\.(?:m3u8|mp4|m4v|flv|webm|mov|mp3|m4a)(?:\?[^"'\s<>]*+)?(?=["'])""",
    re.IGNORECASE,
)
"""The address of a film or a sound in what a player is told."""
_TINY = compiled(r"\s*+[01](?:px)?\s*+\Z")
_UNSEEN = compiled(
    r"display\s*+:\s*+none|visibility\s*+:\s*+hidden|(?<![\w-])(?:width|height)\s*+:\s*+[01](?:px)?\s*+(?:;|\Z)"
)
_LITERAL = frozenset({"xmp", "textarea"})
_LITERAL_END = compiled("</(?:xmp|textarea)", re.IGNORECASE)
_LINES = frozenset({"", "text", "number", "date", "tel", "email", "url"})
"""Types of fields whose value is a line of text."""
_SHOWN_IN = {"select": ("option",), "svg": ("text", "foreignobject"), "object": (), "noscript": (), "canvas": ()}
"""Elements whose text a reader sees, and in which of their elements it stands: () for anywhere."""
_EXCUSE = compiled(r"浏览器|瀏覽器|插件|控件|browser|flash|script", re.IGNORECASE)
"""What is said to readers whose program shows too little."""


def media_links(document: Document) -> list[Edit]:
    """Videos, audio and what is embedded become links to their address, else their picture; a frame the page in it."""
    return _left(document, _media)


def texts(document: Document) -> list[Edit]:
    """Fields, lists to choose from, drawings and what stands in place of an object leave the text that they show."""
    return _left(document, _text)


def _left(document: Document, trace: Callable[[Document, Dropped], str | None]) -> list[Edit]:
    return [
        Edit(element.tag.start, element.end, text)
        for element in dropped(document)
        if element.tag.kind == "start" and (text := trace(document, element)) is not None
    ]


def _media(document: Document, element: Dropped) -> str | None:
    tag = element.tag
    if tag.name not in _LABELS or _is_unseen(held := values(document.source, tag)):
        return None
    if tag.name == "iframe" and (page := framed(held)) is not None:
        return page
    for told, names in _telling(document.source, element):
        for name in names:
            address = told.get(name, "").strip()
            plain = decode_attribute(address)
            if address and leads_somewhere(plain):
                return _link(document, tag, address) + (
                    (_text(document, element) if tag.name == "object" else None) or ""
                )
    if found := _MEDIA.search(decode_attribute(held.get("data-setup", ""))):
        return _link(document, tag, found[0].replace("\\", ""))
    poster = held.get("poster", "").strip() or held.get("data-poster", "").strip()
    return f'<img src="{quotable(poster)}">' if is_shown(decode_attribute(poster)) else None


def _link(document: Document, tag: Token, address: str) -> str:
    """A link to an address, which is told beside its label where the tag stands in another link."""
    label, target = _LABELS[tag.name], quotable(address)
    return f"{label}：{target}" if document.is_linked(tag) else f'<a href="{target}">{label}</a>'


def _text(document: Document, element: Dropped) -> str | None:
    source, tag = document.source, element.tag
    if tag.name == "input":
        return _filled_in(values(source, tag))
    if tag.name not in _LITERAL | _SHOWN_IN.keys() or _is_unseen(values(source, tag)):
        return None
    inner = source[tag.end : element.end]
    if tag.name == "noscript" and _outside(document).has(inner.partition("</noscript")[0]):
        return None
    if tag.name in _LITERAL:
        text = _LITERAL_END.split(inner, maxsplit=1)[0].strip()
        return (html.escape(text, quote=False) if tag.name == "xmp" else text.replace("<", "&lt;")) or None
    text = " ".join(filter(None, _pieces(inner, _SHOWN_IN[tag.name]))).replace("<", "&lt;")
    text = "" if _EXCUSE.search(text) else text
    return (_drawn(source, element) + text if tag.name == "svg" else text) or None


@lru_cache(maxsize=2)
def _outside(document: Document) -> ShownText:
    """What the body shows besides its elements that may not stay."""
    return ShownText(document.source, [(element.tag.start, element.end) for element in dropped(document)])


def _filled_in(held: dict[str, str]) -> str | None:
    """What stands in a field that is there to be read."""
    is_read = "readonly" in held or "disabled" in held
    is_text = held.get("type", "text").lower() in _LINES and not _is_unseen(held)
    return held.get("value", "").strip().replace("<", "&lt;") or None if is_read and is_text else None


def _pieces(markup: str, names: tuple[str, ...]) -> Iterator[str]:
    """The texts between tags, of the elements of those names if there are any."""
    position, inside = 0, not names
    for token in tokens(markup):
        if inside and token.kind != "raw":
            yield " ".join(markup[position : token.start].split())
        if token.name in names:
            inside = token.kind == "start"
        position = token.end


def _drawn(source: str, element: Dropped) -> str:
    """The pictures in a drawing, and the one behind it."""
    found = [background(decode_attribute(values(source, element.tag).get("style", "")))]
    for token in tokens(source, element.tag.end, element.end):
        if token.kind == "start" and token.name in {"image", "img"}:
            held = values(source, token)
            address = next(filter(None, map(held.get, _PICTURED)), "")
            found.append(quotable(address) if is_shown(decode_attribute(address)) else "")
    return "".join(f'<img src="{address}">' for address in found if address)


def _telling(source: str, element: Dropped) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """The attributes of the element, and of what names its media inside it, with the names that hold addresses."""
    yield values(source, element.tag), _ADDRESSES.get(element.tag.name, _HOLDERS)
    if element.tag.name in {"iframe", "embed"}:
        return
    for token in tokens(source, element.tag.end, element.end):
        if token.kind == "start" and token.name in _INNER:
            held = values(source, token)
            if token.name != "param" or held.get("name", "").lower() in {"movie", "src", "url", "filename"}:
                yield held, _INNER[token.name]


def _is_unseen(held: dict[str, str]) -> bool:
    """Whether an element is there for a counter, not for a reader."""
    return any(_TINY.match(held.get(name, "")) for name in ("width", "height")) or bool(
        _UNSEEN.search(held.get("style", "").lower())
    )


def picture_sources(document: Document) -> list[Edit]:
    """A ``picture`` whose ``img`` loads nothing gets the address of its first ``source`` for the largest screen."""
    edits, toks, source = [], document.tokens, document.source
    for tag, number, end in dropped(document):
        if tag.name != "source" or tag.kind != "start" or (number and toks[number - 1].name == "source"):
            continue
        held = values(source, tag)
        address = largest_picture(held.get("srcset") or held.get("data-srcset", ""))
        if '"' in address or not leads_somewhere(decode_attribute(address)):
            continue
        image = next((toks[at] for at in range(number + 1, len(toks)) if toks[at].name != "source"), None)
        if image is None or image.name != "img" or image.kind != "start":
            edits.append(Edit(tag.start, end, f'<img src="{address}">'))
            continue
        src, at = attribute(source, image, "src"), image.start + len("<img")
        if is_placeholder(decode_attribute(src.value if src else "")):
            edits.append(Edit(*src.span, f'src="{address}"') if src else Edit(at, at, f' src="{address}"'))
    return edits


def noscript_pictures(document: Document) -> list[Edit]:
    """Pictures for readers without scripts take the place of the placeholder beside them."""
    edits = []
    for element in dropped(document):
        if element.tag.name == "noscript" and (pictures := _pictures(document.source, element)):
            beside = _beside(document, element)
            if beside is None or is_placeholder(decode_attribute(values(document.source, beside).get("src", ""))):
                place = beside or element.tag
                start, end = min(place.start, element.tag.start), max(place.end, element.end)
                edits.append(Edit(start, end, pictures))
    return edits


def _pictures(source: str, element: Dropped) -> str:
    found = []
    for token in tokens(source, element.tag.end, element.end):
        if token.name == "img" and token.kind == "start":
            held = values(source, token)
            if not is_placeholder(decode_attribute(held.get("src", ""))) and not _is_unseen(held):
                found.append(source[token.start : token.end])
    return "".join(found)


def _beside(document: Document, element: Dropped) -> Token | None:
    """The picture directly before or behind the element."""
    toks, source = document.tokens, document.source
    before = toks[element.number - 1] if element.number else None
    if before is not None and before.name == "img" and not source[before.end : element.tag.start].strip():
        return before
    behind = bisect_left(toks, element.end, key=lambda token: token.start)
    after = toks[behind] if behind < len(toks) else None
    is_near = after is not None and after.name == "img" and not source[element.end : after.start].strip()
    return after if is_near else None
