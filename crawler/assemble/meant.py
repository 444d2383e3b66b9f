"""Bodies that were handed on in the wrong form as a whole: HTML that somebody escaped, plain text without any."""

import html
import re

from crawler.pages.eastmoney.prose import with_class

_BLOCKS = "p|div|table|ul|ol|h[1-6]|section|article|blockquote|center|figure"
_PIECES = f"{_BLOCKS}|span|strong|b|em|font|a|img|br"
_SIGN_OPEN, _SIGN_CLOSE = r"&(?:lt|LT|#0{0,5}60|#[xX]0{0,4}3[cC]);", r"&(?:gt|GT|#0{0,5}62|#[xX]0{0,4}3[eE]);"
_CLOSING = rf"(?:\s*+{with_class('p', 'em_media|res-edit')}[^<]*+</p\s*+>)*+\s*+"
"""What a template puts behind a body, be that what it may."""
_ESCAPED = re.compile(
    rf"\s*+(?:<(?P<around>p|div)\b[^<>]*+>\s*+)?(?P<body>{_SIGN_OPEN}(?:{_PIECES})(?![a-z0-9])[^<]*{_SIGN_CLOSE})\s*+"
    rf"(?(around)</(?P=around)\s*+>)(?P<closing>{_CLOSING})",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"{_SIGN_OPEN}\s?(?:/\s?(?:{_PIECES})|br\s?/?)\s?{_SIGN_CLOSE}", re.IGNORECASE)
_SIGN = re.compile(r"&(?:lt|gt|quot|apos|amp|#0{0,5}(?:60|62|34|39|38)|#x0{0,4}(?:3c|3e|22|27|26));", re.IGNORECASE)
"""What escaping makes; other references are the text's own."""
_PLAIN = re.compile(rf"(?P<text>[^<]*+(?:<(?![a-z/!?])[^<]*+)*+)(?P<closing>{_CLOSING})", re.IGNORECASE)
_LINE_ENDS = re.compile("[\r\n\u2028\u2029]+")
_BLANKS = " \t\xa0"


def meant(body: str) -> tuple[str, str]:
    """The body as it was meant, and what it was taken for: ``body_was_escaped``, ``body_was_plain_text``, or "".

    Escaped HTML is read once, one level deep; the lines of plain text become paragraphs. Of a body that has both,
    markup and escaped markup, nobody can tell what was meant: it stays as it is.
    """
    escaped = _ESCAPED.fullmatch(body)
    if escaped and _ENDED.search(escaped["body"]):
        return _SIGN.sub(lambda sign: html.unescape(sign[0]), escaped["body"]) + escaped["closing"], "body_was_escaped"
    plain = _PLAIN.fullmatch(body)
    if plain and len(lines := _lines(plain["text"])) > 1:
        return "".join(f"<p>{line}</p>" for line in lines) + plain["closing"].strip(), "body_was_plain_text"
    return body, ""


def _lines(text: str) -> list[str]:
    return [line for line in (line.strip(_BLANKS) for line in _LINE_ENDS.split(text)) if line.strip("\u3000")]
