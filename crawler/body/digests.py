"""Digests of the rolling list: plain text in a Markdown quotation, kept from becoming anything else."""

import re

from crawler.body.edits.characters import UNBEARABLE

_SIGNS = {"<": "&lt;", "{": "&#123;", "[": "&#91;", "`": "&#96;"}
_DANGERS = re.compile(
    r"<(?=[A-Za-z/!?_])|<(?=[^\W\d])"  # a tag, for a browser or for kramdown
    r"|\{(?=[{%:])"  # Liquid, attribute lists, extensions
    r"|\[(?=[^\[\]]{0,500}\][ \t\r\n]*[\[(:])|\[(?=\^)"  # links and their definitions, footnotes
    r"|`(?=[^`]*`)"
)
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)(?:[ \t>]*(?:\r\n?|\n))+[ \t]*")


def clean_digest(text: str) -> str:
    """The digest without blank lines, and with the signs that open tags, links or directives written as references.

    Harmless text, line breaks included, stays as it is.
    """
    plain = UNBEARABLE.sub(lambda m: "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "", text)
    plain = _BLANK_LINE.sub("\n", plain).strip("\r\n")
    return _DANGERS.sub(lambda m: _SIGNS[m[0]], plain)
