"""What a piece of data is, by its first bytes and its name: a page, a companion of pages, or junk."""

import mimetypes
import re
from functools import lru_cache

from crawler.pages import extraction, feed
from crawler.pages.encoding import decode
from crawler.pages.json_text import VALUE, WRAPPING
from crawler.patterns import compiled

PDF = "application/pdf"
_MAGIC = (
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\0\0\1\0", "image/x-icon"),
    (b"%PDF", PDF),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90\0", "application/x-executable"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"ID3", "audio/mpeg"),
    (b"FWS", "application/x-shockwave-flash"),
    (b"CWS", "application/x-shockwave-flash"),
)
PAGE_SUFFIXES = frozenset(
    ("html", "htm", "xhtml", "shtml", "json", "jsonp", "md", "markdown", "do", "aspx", "asp", "php", "jsp", "cgi"),
)
_ASSET_SUFFIXES = {
    "map": "application/json",
    "xml": "application/xml",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "rtf": "text/rtf",
    "rst": "text/x-rst",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}
"""Those that some Pythons do not know, or know otherwise: 3.13 was told of RTF, and 3.14 of fonts and YAML."""
_TYPES = mimetypes.MimeTypes()  # not the machine's own: the same files everywhere
NO_PAGES = ("image/", "font/", "audio/", "video/", "text/css", "text/javascript", PDF)
"""How the types of companions begin that hold no text of an article."""
_ASSET_TYPES = compiled(
    r"(?:image|audio|video|font|model)/|text/(?:css|csv|calendar|vtt)\b|application/(?:pdf|zip|x-font|font"
    r"|vnd\.ms-fontobject|wasm|x-shockwave|manifest|dns|x-tar|gzip)|text/dns\b",
    re.IGNORECASE,
)
_SCRIPT_TYPE = compiled(r"(?:text|application)/(?:x-)?(?:java|ecma)script\b", re.IGNORECASE)
_UTF16 = compiled(
    rb"(?P<le>\xff\xfe(?!\0\0)|[^\0-\x08\x7f-\xff]\0[^\0\x7f-\xff]\0)"
    rb"|(?P<be>\xfe\xff|\0[^\0-\x08\x7f-\xff]\0[^\0\x7f-\xff])"
)
_CONTROL = compiled(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PAGE_START = compiled(rf"[\ufeff\s]*(?:<[!?a-zA-Z]|---)|{WRAPPING}{VALUE}", re.DOTALL)
_HTML_START = compiled(
    r"[\ufeff\s]*(?:<!--(?:(?!-->).){0,500}-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.IGNORECASE
)
_POST_START = compiled(rb"(?:\xef\xbb\xbf)?\s*(?:---[ \t]*\r?\nlayout: post\b|\+\+\+[ \t]*\r?\n\w+ ?=)")
_JSON_START = compiled(rf"{WRAPPING}{VALUE}", re.DOTALL)
_REPLY_START = compiled(rf'{WRAPPING}(?:\[\s*)?\{{\s*"', re.DOTALL)


@lru_cache(maxsize=64)  # each kind of file asks
def suffix(path: str) -> str:
    """Give the suffix of a name in lower case, without its dot and without a query."""
    name = re.split(r"[?]|%3[Ff]", path.rsplit("/", 1)[-1])[0]
    return name.rpartition(".")[2].lower() if "." in name else ""


def begins_as_page(head: bytes) -> bool:
    """Tell whether data begins as HTML, JSON, JSONP or front matter does."""
    return _PAGE_START.match(decode(head[:1024])) is not None


def begins_as_html(head: bytes) -> bool:
    """Tell whether data begins as an HTML page does, whatever it is called."""
    return _HTML_START.match(decode(head[:1024])) is not None


def in_utf8(data: bytes) -> bytes:
    """Give data that is text in UTF-16, as its first two characters show, in UTF-8; any other as it is."""
    if not (match := _UTF16.match(data)):
        return data
    return data.decode(f"utf-16-{match.lastgroup}", "replace").lstrip("\ufeff").encode("utf-8", "replace")


def asset_type(head: bytes, path: str) -> str | None:
    """Name the media type of a companion of pages; None for what may be a page."""
    if kind := by_magic(head):
        return kind
    ending = suffix(path)
    if (
        ending in PAGE_SUFFIXES
        or begins_as_html(head)
        or feed.matches("", decode(head[:1024]))
        or is_reply(head)
        or is_post(head)
        or is_extraction(head)
    ):
        return None
    if ending in ("js", "mjs"):
        return "text/javascript"
    if ending in ("txt", "log"):
        return None if begins_as_page(head) else "text/plain"
    return _ASSET_SUFFIXES.get(ending) or _TYPES.guess_type(f"x.{ending}")[0]


def by_magic(head: bytes) -> str | None:
    """Name the media type that the first bytes alone tell."""
    if head[:4] == b"RIFF":
        return "image/webp" if head[8:12] == b"WEBP" else "audio/x-riff"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def is_reply(head: bytes) -> bool:
    """Tell whether a script is data: a JSON object, or a list of them, in a call or in a variable."""
    return _REPLY_START.match(decode(head[:1024])) is not None


def is_post(head: bytes) -> bool:
    """Tell whether data begins as a post of the site does, with front matter."""
    return _POST_START.match(in_utf8(head[:256])) is not None


def is_extraction(head: bytes) -> bool:
    """Tell whether data begins as text that was taken off an article's page: with the article's address."""
    return b"://" in (utf8 := in_utf8(head)) and extraction.matches("", decode(utf8))


def begins_as_json(head: bytes) -> bool:
    """Tell whether data begins as JSON does, plain, in a call or in a variable."""
    return _JSON_START.match(decode(head[:1024])) is not None


def declares_asset(media_type: str) -> bool:
    """Tell whether a declared media type is that of a companion of pages, whatever the data."""
    return _ASSET_TYPES.match(media_type) is not None


def is_binary(data: bytes) -> bool:
    """Tell whether data cannot be text in any encoding that pages have (UTF-16 has NULs, on one side)."""
    sample = in_utf8(data[:4096])
    controls = len(_CONTROL.findall(sample))
    if controls * 50 <= len(sample) or sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    zeros = sample.count(0)
    one_sided = max(sample[::2].count(0), sample[1::2].count(0)) > 0.9 * zeros
    return not (one_sided and zeros * 10 > len(sample) and (controls - zeros) * 50 <= len(sample))


def why_no_page(body: bytes, media_type: str = "") -> str:
    """Say why a payload sent as ``media_type`` is no page; "" when it may be one."""
    if not body:
        return "empty page"
    if is_binary(body) or by_magic(body):
        return "binary data, not a page"
    return f"asset: {media_type[:80]}" if _SCRIPT_TYPE.match(media_type) and not is_reply(body) else ""
