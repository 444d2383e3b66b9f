"""Addresses: lazy and relative ones made absolute, pictures over TLS, tracking parameters off, stock names as links."""

import re
from urllib.parse import urljoin

from crawler.body.context import Context
from crawler.body.policy import dangerous_url, decode_attribute
from crawler.body.syntax import words
from crawler.kline.codes import stock_picture
from crawler.markup import Attribute, Edit, Token
from crawler.sites import COMPANION_FOLDERS

TLS_HOSTS = ("eastmoney.com", "dfcfw.com", "sinaimg.cn", "gtimg.com", "gtimg.cn", "qpic.cn", "sinajs.cn", "126.net")
"""Domains whose picture hosts answer over TLS."""

LAZY = (
    *("data-original", "data-src", "data-url", "data-lazy-src", "data-lazy"),
    *("original", "orginal", "lazy-src", "file"),
)
"""Attributes that hold a picture's address until a script moves it, in the order they are believed."""

TRACKERS = words(
    "utm_source utm_medium utm_campaign utm_term utm_content utm_id spm scm share_token share_source share_medium"
    " track trackid tracking_id from fromsource from_source fr gclid fbclid msclkid yclid bd_vid"
)
"""Query parameters that say where a click came from and never what is shown."""

TRACKED = re.compile(rf'href="[^"?]*+\?(?:[^"]*[&;])??(?i:{"|".join(sorted(TRACKERS))})=')
"""Such a link is in every known-harmless body that the edit changes."""

_PLACEHOLDER = re.compile(
    r"(?:\A|/)(?:blank|loading|spacer|lazy|placeholder|grey|none|pixel|1x1)[\w\-]*\.\w+\Z|\Adata:", re.IGNORECASE
)
_MIRRORED = re.compile(
    rf"(?:\.\./)+(?P<rest>(?:[A-Za-z0-9\-]+\.)+(?:{'|'.join(map(re.escape, TLS_HOSTS))})/.*)", re.DOTALL
)
"""What wget writes for a file of another host that it mirrored too."""
_MIRRORED_QUERY = re.compile(r"(?:@|%3[Ff])(?=\w+=)")
"""What stands for the question mark in the names of such files."""
_SAVED_BESIDE = re.compile(rf"(?:\./)?[^/]+(?:{'|'.join(map(re.escape, COMPANION_FOLDERS))})/")
"""A picture that a browser saved with the page: its address is gone, and nothing stands in its place on the site."""
_HTTP_PICTURE = re.compile(
    rf"http:(?=//(?:[A-Za-z0-9\-]+\.)*(?:{'|'.join(map(re.escape, TLS_HOSTS))})(?:[/?#]|\Z))", re.IGNORECASE
)
_ARCHIVED = re.compile(
    r"\s*(?:(?:https?:)?//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)", re.IGNORECASE
)
"""What a web archive puts before the addresses in its copies of pages."""
ARCHIVED = re.compile(r'(?i)="(?:(?:https?:)?//web\.archive\.org)?/web/\d')
"""Such an address is in every known-harmless body that the edit changes."""
STOCK_SPAN = re.compile(r'<span(?=[^<>]* href="[^"])(?=[^<>]* class="(?:[^"]* )?em_stock_key_common[ "])')
"""Such a tag is in every known-harmless body that the edit changes."""
_ABSOLUTE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*:|#|&#|\Z)")


def _tags(source: str, context: Context, *names: str) -> list[Token]:
    return [t for t in context.tokens(source) if t.kind == "start" and (not names or t.name in names)]


def _named(source: str, tag: Token, context: Context, name: str) -> Attribute | None:
    return next((a for a in context.attributes(source, tag) if a.name == name), None)


def _escaped(address: str, value: str) -> str:
    """The address as it may stand where ``value`` stood: raw ``&`` stays raw, quotes and signs do not."""
    address = address.replace('"', "%22").replace("'", "%27").replace("<", "%3C").replace(">", "%3E")
    return address if re.search(r"&(?!amp;)", value) or "&" not in value else address.replace("&", "&amp;")


def lazy_pictures(source: str, context: Context) -> list[Edit]:
    """A picture without an address of its own gets the one that a script would have moved there."""
    edits = []
    for tag in _tags(source, context, "img"):
        src = _named(source, tag, context, "src")
        held = [a for name in LAZY if (a := _named(source, tag, context, name)) is not None]
        lazy = next((a.value for a in held if "/" in a.value and not dangerous_url(decode_attribute(a.value))), None)
        if lazy is None or '"' in lazy:
            continue
        if src is None:
            at = tag.start + 1 + len(tag.name)
            edits.append(Edit(at, at, f' src="{lazy}"'))
        elif lazy != src.value and (not src.value.strip() or _PLACEHOLDER.search(decode_attribute(src.value))):
            edits.append(Edit(*src.span, f'src="{lazy}"'))
    return edits


def resolved(source: str, context: Context) -> list[Edit]:
    """Relative addresses become absolute; without a base address only those that begin with ``//``."""
    edits = []
    for tag in _tags(source, context):
        for attribute in context.attributes(source, tag):
            if attribute.name not in ("href", "src") or _ABSOLUTE.match(attribute.value):
                continue
            plain = decode_attribute(attribute.value).strip()
            if not plain.startswith("//") and not context.base_url:
                continue
            mirrored = _MIRRORED.fullmatch(plain)
            if attribute.name == "src" and not mirrored and _is_saved_beside(plain, context.attributes(source, tag)):
                continue
            rest = _MIRRORED_QUERY.sub("?", mirrored["rest"], count=1) if mirrored else ""
            try:
                address = f"https://{rest}" if rest else urljoin(context.base_url or "https:", plain)
            except ValueError:
                continue
            if address != plain and address.startswith(("http://", "https://")):
                edits.append(Edit(*attribute.value_span, _escaped(address, attribute.value)))
    return edits


def archived(source: str, context: Context) -> list[Edit]:
    """Addresses in a web archive become those of what was archived."""
    return [
        Edit(attribute.value_span[0], attribute.value_span[0] + match.end())
        for tag in _tags(source, context)
        for attribute in context.attributes(source, tag)
        if attribute.name in ("href", "src") and (match := _ARCHIVED.match(attribute.value))
    ]


def _is_saved_beside(address: str, others: list[Attribute]) -> bool:
    """Whether a relative address leads to what was saved with the page, and to nothing on the page's host."""
    if address.startswith("//"):
        return False
    told = {a.name: decode_attribute(a.value) for a in others if a.name in ("alt", "data-code", "data-code2")}
    return _SAVED_BESIDE.match(address) is not None or stock_picture(told.pop("alt", ""), told.values()) is not None


def secure_pictures(source: str, context: Context) -> list[Edit]:
    """``http:`` pictures on hosts known to speak TLS become ``https:``: a page over TLS shows no others."""
    edits = []
    for tag in _tags(source, context, "img"):
        src = _named(source, tag, context, "src")
        if src is not None and (match := _HTTP_PICTURE.match(source, *src.value_span)):
            edits.append(Edit(match.start(), match.end(), "https:"))
    return edits


def tracking(source: str, context: Context) -> list[Edit]:
    """Tracking parameters of links go, the rest of the address stays as it is spelled."""
    edits = []
    for tag in _tags(source, context, "a"):
        href = _named(source, tag, context, "href")
        if href is None or "?" not in href.value:
            continue
        path, _, query = href.value.partition("?")
        query, sign, fragment = query.partition("#")
        parts = re.split(r"(&(?:amp;)?)", query)
        kept = [
            (separator, part)
            for separator, part in zip(["", *parts[1::2]], parts[::2], strict=True)
            if part.partition("=")[0].lower() not in TRACKERS or "=" not in part
        ]
        if len(kept) < len(parts[::2]):
            rest = "".join(separator + part for separator, part in kept).removeprefix("&amp;").removeprefix("&")
            edits.append(Edit(*href.value_span, path + ("?" + rest if rest else "") + sign + fragment))
    return edits


def stock_links(source: str, context: Context) -> list[Edit]:
    """A later mention of a stock is a ``span`` with an address, which only a script of the source makes a link."""
    edits: list[Edit] = []
    stack: list[Token] = []
    links = 0
    for token in context.tokens(source):
        links += (token.name == "a") * ((token.kind == "start") - (token.kind == "end"))
        if token.name != "span":
            continue
        if token.kind == "start":
            stack.append(token)
        elif token.kind == "end" and stack:
            start = stack.pop()
            found = _named(source, start, context, "class")
            href = _named(source, start, context, "href")
            simple = token.start == source.find("<", start.end)
            if found and href and href.value and "em_stock_key_common" in found.value.split() and simple and not links:
                edits += [Edit(start.start + 1, start.start + 5, "a"), Edit(token.start + 2, token.start + 6, "a")]
    return edits
