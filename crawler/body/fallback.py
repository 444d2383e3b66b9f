"""Other writers, for bodies that no cut of spans makes safe: nh3, BeautifulSoup, and at last the bare text."""

import html
import re
import warnings
from collections.abc import Callable

import nh3

from crawler.body.policy import DANGEROUS, DROP_WITH_CONTENT, dangerous_name, dangerous_value
from crawler.body.syntax import NAME, words
from crawler.markup import tokens
from crawler.patterns import compiled

_NAME = compiled(NAME)
_ATTRIBUTES = words(
    "href src alt title class id style width height border align target colspan rowspan web data-code data-code2"
)
_TAGS = words(
    "a abbr article aside b big blockquote br caption center cite code col colgroup dd del div dl dt em figcaption"
    " figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins li main ol p pre q s section small span strike strong"
    " sub sup table tbody td tfoot th thead tr u ul"
)


def by_nh3(body: str) -> str:
    """What nh3 makes of the body with a list of the usual elements and attributes."""

    def kept(tag: str, name: str, value: str) -> str | None:
        return None if dangerous_value(tag, name, value) else value

    return nh3.clean(
        body,
        tags=set(_TAGS),
        clean_content_tags=set(DROP_WITH_CONTENT),
        attributes={"*": set(_ATTRIBUTES)},
        attribute_filter=kept,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


def by_soup(body: str) -> str:
    """The tree that BeautifulSoup finds in the body, less what is dangerous, written anew."""
    from bs4 import BeautifulSoup, Comment  # noqa: PLC0415 - heavy, and hardly any body comes to this
    from bs4.element import NavigableString  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(f"<div>{body}</div>", "lxml")
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment) or type(s) is not NavigableString):
        comment.extract()
    for element in soup.find_all(True):
        if element.name in DROP_WITH_CONTENT:
            element.extract()
        elif element.name in DANGEROUS or element.name not in _TAGS:
            element.unwrap()
        else:
            for name, value in list(element.attrs.items()):
                text = value if isinstance(value, str) else " ".join(value)
                if not _NAME.fullmatch(name) or dangerous_name(name) or dangerous_value(element.name, name, text):
                    del element.attrs[name]
    return soup.decode()


def as_text(body: str) -> str:
    """The text alone, every sign escaped, in one paragraph."""
    pieces, position = [], 0
    for token in tokens(body):
        if token.kind != "raw":
            pieces.append(body[position : token.start])
        position = token.end
    text = html.unescape("".join([*pieces, body[position:]]))
    # Only what shows stays: blank lines and signs that any reader could take for markup are gone for good.
    text = " ".join(re.sub(r"[<>{}\[\]\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).split())
    return f"<p>{html.escape(text, quote=False)}</p>" if text else ""


WRITERS: tuple[tuple[str, Callable[[str], str]], ...] = (("nh3", by_nh3), ("soup", by_soup), ("text", as_text))
"""Name and function of each writer, in the order they are tried."""
