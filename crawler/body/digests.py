"""Digests of the rolling list: plain text in a Markdown quotation, kept from becoming anything else."""

import re

from crawler.body.safety.characters import legal_characters
from crawler.patterns import compiled

_SIGNS = {"<": "&lt;", "{": "&#123;", "[": "&#91;", "]": "&#93;", "`": "&#96;"}
_DANGERS = compiled(
    r"<(?=[A-Za-z/!?_])|<(?=[^\W\d])"  # a tag, for a browser or for kramdown
    r"|\{(?=[{%:])"  # Liquid, attribute lists, extensions
    r"|\](?=[ \t\r\n]*+[\[(:])|\[(?=\^)"  # links and their definitions, footnotes
    r"|`(?=`)"  # code
)
_BLANKS = compiled(r"[ \t\r\n]++")
_BREAK = compiled(r"\r\n?|\n")


def clean_digest(text: str) -> str:
    """The digest without blank lines, and with the signs that open tags, links or directives written as references.

    Harmless text, line breaks included, stays as it is.
    """
    plain = _BLANKS.sub(_without_blank_lines, legal_characters(text)).strip("\r\n")
    return _DANGERS.sub(lambda m: _SIGNS[m[0]], plain)


def _without_blank_lines(blanks: re.Match[str]) -> str:
    return "\n" if len(_BREAK.findall(blanks[0])) > 1 else blanks[0]
