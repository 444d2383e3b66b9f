"""The parts of a message: which are pages, what they are called as files, and the addresses they tell."""

import contextlib
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from crawler import sites
from crawler.archive import detect
from crawler.archive.http import replies
from crawler.archive.model import ReadResult, Skipped, printable
from crawler.archive.saved_url import article_in, host_of, original, saved_url
from crawler.items import Page
from crawler.pages.promise import NOT_KNOWN, promises_article

_PAGES = frozenset({"text/html", "application/xhtml+xml", "application/json"})
_COMPANIONS = ("image/", "audio/", "video/", "font/", "text/css")


def is_page(part: Message) -> bool:
    """Tell whether a part is declared as a page."""
    return part.get_content_type() in _PAGES


def is_attached(part: Message) -> bool:
    """Tell whether a part is a file of its own, of whatever kind, and not what belongs to a page."""
    companion = part.get_content_type().startswith(_COMPANIONS) or part.get("Content-Location")
    return bool(part.get_filename()) and not companion


def is_frame(part: Message, found: ReadResult, owner: ReadResult) -> bool:
    """Tell whether a page behind the first is a frame of it: without a name, an address or an article of its own."""
    if part.get_filename() or host_of(_location(part)):
        return False
    told = sites.digits(article_in(found)) if isinstance(found, Page) else ""
    return not told or (isinstance(owner, Page) and sites.digits(article_in(owner)) == told)


def file_name(part: Message) -> str:
    """Give the name that a part has as a file, with slashes; "" when it has none."""
    name = str(part.get_filename() or "")
    with contextlib.suppress(MessageError, LookupError, ValueError):  # no encoded word, whatever it looks like
        name = str(make_header(decode_header(name)))
    return printable(name).replace("\\", "/").strip("/ ")


def payload(part: Message) -> bytes:
    """Give the data of a part, its transfer encoding undone; the line ends of a text in it as the text had them.

    In quoted-printable the text's own CR is spelled ``=0D``: the one at a line's end is that of the message.
    """
    spelled = str(part.get("Content-Transfer-Encoding") or "").strip().lower()
    raw = part.get_payload()
    if spelled == "quoted-printable" and part.get_content_maintype() == "text" and isinstance(raw, str):
        part.set_payload(raw.replace("\r\n", "\n"))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def page(part: Message, source: str, date: str, stated: str, place: str) -> ReadResult:
    """Give the page in a part.

    :param date: when the message was made, as it was spelled.
    :param stated: the address that the message states for it.
    :param place: the path of the message, when it is the message's own page.
    """
    body = payload(part)
    url = _url(part, body, stated, place)
    if reason := detect.why_no_page(body):
        return replies.skipped(url, source, reason)
    try:
        fetched = parsedate_to_datetime(date).astimezone() if date else None
    except (ValueError, TypeError, OverflowError):
        fetched = None
    return Page(url=url, body=body, encoding=part.get_content_charset(), fetched=fetched, source=source)


def beside(part: Message, source: str, date: str, alone: bool) -> ReadResult:
    """Say what a part is that is no page: text off an article's page, or a form that is not known, or a companion.

    :param alone: whether the message has no page of which its text may be another form.
    """
    kind = part.get_content_type()
    if alone and kind == "text/plain" and promises_article(body := payload(part)):
        return (
            page(part, source, date, "", "") if detect.is_extraction(body) else Skipped(source, NOT_KNOWN, failed=True)
        )
    return Skipped(source, f"asset: {printable(kind)}")


def _url(part: Message, body: bytes, stated: str, place: str) -> str:
    """Give the address that is stated, else what the page tells as a file."""
    for url in (_location(part), stated):
        if host_of(url):
            return original(url)
    names = [file_name(part), unquote(_location(part)).replace("\\", "/"), place]
    named = next((name for name in names if sites.CODE.search(name.rpartition("/")[2])), names[0] or place)
    return saved_url(named, body)


def _location(part: Message) -> str:
    return str(part.get("Content-Location") or "").strip()
