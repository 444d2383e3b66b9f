"""Bodies that were handed on in the wrong form as a whole: HTML that somebody escaped, plain text without any."""

import html
import json
import re
from urllib.parse import unquote

from crawler.body.bare_signs import bare_signs, without_signs
from crawler.body.safety.balance import is_balanced
from crawler.markup import tokens
from crawler.pages.eastmoney.prose import with_class
from crawler.pages.escapes import SPELLED_LINE_END
from crawler.patterns import compiled

_BLOCKS = "p|div|table|ul|ol|h[1-6]|section|article|blockquote|center|figure"
_PIECES = f"{_BLOCKS}|span|strong|b|em|font|a|img|br"
_SIGN_OPEN, _SIGN_CLOSE = r"&(?:lt|LT|#0{0,5}60|#[xX]0{0,4}3[cC]);", r"&(?:gt|GT|#0{0,5}62|#[xX]0{0,4}3[eE]);"
_CLOSING = rf"(?:\s*+{with_class('p', 'em_media|res-edit')}[^<]*+</p\s*+>)*+\s*+"
"""What a template puts behind a body, be that what it may."""
_ESCAPED = compiled(
    rf"\s*+(?:<(?P<around>p|div)\b[^<>]*+>\s*+)?(?P<body>{_SIGN_OPEN}(?:{_PIECES})(?![a-z0-9])[^<]*{_SIGN_CLOSE})\s*+"
    rf"(?(around)</(?P=around)\s*+>)(?P<closing>{_CLOSING})",
    re.IGNORECASE,
)
_ENDED = compiled(rf"{_SIGN_OPEN}\s?(?:/\s?(?:{_PIECES})|br\s?/?)\s?{_SIGN_CLOSE}", re.IGNORECASE)
_SIGN = compiled(r"&(?:lt|gt|quot|apos|amp|#0{0,5}(?:60|62|34|39|38)|#x0{0,4}(?:3c|3e|22|27|26));", re.IGNORECASE)
"""What escaping makes; other references are the text's own."""
_PLAIN = compiled(rf"(?P<text>[^<]*+(?:<(?!/?(?:{_BLOCKS}|br)[\s/>])[^<]*+)*+)(?P<closing>{_CLOSING})", re.IGNORECASE)
_INLINE = frozenset(["a", "b", "strong", "em", "i", "u", "s", "font", "span", "sub", "sup", "img"])
_JSON = compiled(rf"(?=[\s\S]*\\u003c/?(?:{_PIECES})\b)[^<]*+", re.IGNORECASE)
_JSON_SIGN = compiled(r'(?:\\u[0-9a-fA-F]{4})++|\\["/nrt\\]')
_JSON_LEFT = compiled(rf'(?<=<)\\(?=/(?:{_PIECES})\s*>)|(?<=>)(?:\\[rnt])++(?=<|\s*\Z)|\\(?=")', re.IGNORECASE)
"""What of JSON's escapes no article spells: ``<\\/p>``, ``\\r\\n`` between tags, ``\\"``."""
_OF_ADDRESS = compiled(rf"\s*+(?:%3C(?:{_BLOCKS})(?:%20|%3E)[!-;=-~]*+)\s*+", re.IGNORECASE)
"""A body that was sent as a part of an address."""
_CDATA = compiled(r"\s*+<!\[CDATA\[((?:(?!\]\]>)[\s\S])*+)\]\]>\s*+")
_LINE_ENDS = compiled(rf"[\r\n\v\f\x85\u2028\u2029]+|{SPELLED_LINE_END}|(?<=[。！？”」])(?=\u3000\u3000)")
"""What ends a paragraph of plain text, be it spelled for a program; where all its line ends are lost, how the next one
begins."""
_BLANKS = " \t\xa0"
_BEGINNING = 64


def as_html(body: str) -> tuple[str, str]:
    """The body as it was meant, and what it was taken for: ``body_was_escaped``, ``body_was_plain_text``, or "".

    Escaped HTML is read once, one level deep; the lines of plain text become paragraphs. Of a body that has both,
    markup and escaped markup, nobody can tell what was meant: it stays as it is.
    """
    if (unescaped := _without_json(body)) != body:
        return unescaped, "body_was_escaped"
    escaped = _ESCAPED.fullmatch(body)
    if escaped and _ENDED.search(escaped["body"]):
        return _SIGN.sub(lambda sign: html.unescape(sign[0]), escaped["body"]) + escaped["closing"], "body_was_escaped"
    plain = _PLAIN.fullmatch(body)
    if plain and len(lines := _lines(plain["text"])) > 1 and _are_paragraphs(lines):
        return "".join(f"<p>{line}</p>" for line in lines) + plain["closing"].strip(), "body_was_plain_text"
    return body, ""


def _without_json(body: str) -> str:
    """The body without the escapes, or the CDATA section, of what it was carried in."""
    if section := _CDATA.fullmatch(body):
        return section[1]
    if "%3" in body[:_BEGINNING] and _OF_ADDRESS.fullmatch(body):
        return unquote(body)
    if "\\" not in body:
        return body
    if _JSON.fullmatch(body):
        return _JSON_SIGN.sub(lambda sign: str(json.loads(f'"{sign[0]}"')), body)
    return _JSON_LEFT.sub("", body) if "<\\/" in body or ">\\" in body else body


def _are_paragraphs(lines: list[str]) -> bool:
    """Whether no line holds other markup than whole elements of a text."""
    for line in lines:
        shown = without_signs(line, bare_signs(line))
        toks = list(tokens(shown))
        if not is_balanced(shown, toks) or any(t.kind not in {"start", "end"} or t.name not in _INLINE for t in toks):
            return False
    return True


def _lines(text: str) -> list[str]:
    return [line for line in (line.strip(_BLANKS) for line in _LINE_ENDS.split(text)) if line.strip("\u3000")]
