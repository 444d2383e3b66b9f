"""Rewriting: a picture's ``src`` is pointed to the live picture or to a stored one; no other byte changes."""

import re
from collections.abc import Iterable, Mapping, Sequence

from crawler.items import KLine
from crawler.kline.addresses import plain, read
from crawler.kline.codes import from_nid
from crawler.kline.find import REMOTE, stored_source
from crawler.kline.markets import BY_NUMBER
from crawler.kline.paths import PictureKey, is_local, picture_key, relative, stored_path
from crawler.markup import Attribute, Edit, Token, apply, attribute, attributes, tokens
from crawler.patterns import compiled

_SCHEME = compiled(r"(\s*)(https?:)?(?=//)", re.IGNORECASE)


def resolve(body: str, klines: Sequence[KLine]) -> str:
    """The body with every reference pointing to the current generation's absolute https address.

    One that does so already stays untouched to the byte, as do stored pictures and pictures of foreign hosts.
    """
    return apply(body, [edit for kline in klines for edit in _to_remote(body, kline)])


def localize(body: str, klines: Sequence[KLine], local: Mapping[PictureKey, str], category: str) -> str:
    """The body with the references that ``local`` has a picture for pointing to it, the old address kept beside it.

    ``local``: places below the output folder, as ``picture_path`` gives them; ``category``: the post's, which decides
    how deep its page lies. References without a picture are resolved.
    """
    edits: list[Edit] = []
    for kline in klines:
        path = local.get(picture_key(kline))
        if path is None or kline.foreign:
            edits += _to_remote(body, kline)
        else:
            edits += _to_local(body, kline, relative(path, category))
    return apply(body, edits)


def addressed(body: str, klines: Iterable[KLine]) -> str:
    """The body with the live address of these references, whatever stands there: pictures inside the page, say."""
    found = ((attribute(body, _tag(kline), "src"), kline.url) for kline in klines)
    return apply(body, [Edit(*src.span, f'src="{url}"') for src, url in found if src])


def stored_places(body: str, klines: Sequence[KLine]) -> dict[PictureKey, str]:
    """Where the references that an earlier ``localize`` pointed to a picture have it, below the output folder."""
    found: dict[PictureKey, str] = {}
    for kline in klines if REMOTE in body else ():
        src = attribute(body, _tag(kline), "src") if body.startswith("<img", kline.span[0]) else None
        if src and (place := stored_path(src.value)) and place.split("/")[-2] == kline.secid:
            found.setdefault(picture_key(kline), place)
    return found


def picture_of(body: str, kline: KLine) -> str:
    """Where a reference has its picture: its place below the output folder, its live address, "" for a foreign one."""
    tag = next(tokens(body, *kline.span), None)
    src = attribute(body, tag, "src") if tag and tag.name == "img" else None
    return (src and stored_path(src.value)) or ("" if kline.foreign else kline.url)


def restore(body: str) -> str:
    """The body as it was before ``localize``: the kept addresses go back to where they came from."""
    if REMOTE not in body:
        return body
    edits: list[Edit] = []
    for tag in tokens(body):
        if tag.name != "img" or tag.kind != "start":
            continue
        if stored := stored_source(attributes(body, tag)):
            src, old = stored
            edits.append(
                Edit(src.span[0] + len(src.name), old.span[1], body[old.span[0] + len(old.name) : old.span[1]])
            )
    return apply(body, edits)


def _tag(kline: KLine) -> Token:
    return Token("start", *kline.span, "img")


def _to_remote(body: str, kline: KLine) -> list[Edit]:
    if kline.spelling == kline.url:  # nearly always so
        return []
    if not body.startswith("<!--", kline.span[0]):
        src = attribute(body, _tag(kline), "src")
        return _resolved(src, kline) if src else [_inserted(kline, f' src="{kline.url}"')]
    return [Edit(*kline.span, _image(kline, f'src="{kline.url}"'))]


def _resolved(src: Attribute, kline: KLine) -> list[Edit]:
    if kline.foreign or is_local(src.value):
        return []
    address = read(plain(src.value))
    if address and address.scheme is not None and from_nid(address.nid) and address.nid in src.value:
        scheme = _SCHEME.match(src.value)
        if address.scheme == "https:":
            return []
        if scheme:
            start = src.value_span[0] + len(scheme[1])
            return [Edit(start, start + len(scheme[2] or ""), "https:")]
    if src.span[1] == src.value_span[1] == src.value_span[0]:  # no value and no quotes that could hold one
        return [Edit(src.span[0], src.span[1], f'src="{kline.url}"')]
    return [Edit(*src.value_span, kline.url)]


def _to_local(body: str, kline: KLine, path: str) -> list[Edit]:
    if body.startswith("<!--", kline.span[0]):
        return [Edit(*kline.span, _image(kline, f'src="{path}" {REMOTE}="{kline.url}"'))]
    src = attribute(body, _tag(kline), "src")
    if src is None:
        return [_inserted(kline, f' src="{path}" {REMOTE}="{kline.url}"')]
    if is_local(src.value):
        return [Edit(*src.value_span, path)]
    name_end = src.span[0] + len(src.name)
    return [Edit(name_end, src.span[1], f'="{path}" {REMOTE}{body[name_end : src.span[1]]}')]


def _inserted(kline: KLine, text: str) -> Edit:
    """An attribute that the tag lacked, right behind its name."""
    start = kline.span[0] + len("<img")
    return Edit(start, start, text)


def _image(kline: KLine, source: str) -> str:
    """The picture that a placeholder stands for, spelled as East Money's own articles do."""
    market = BY_NUMBER.get(kline.market)
    digit = market.legacy if market else ""
    return (
        f'<img {source} border="0" alt="K图 {kline.code}_0" data-code="K {kline.code}|{kline.market}|{digit}" '
        'style="border:#d1d1d1 1px solid;" width="578" height="276" />'
    )
