"""Which article a page says it is: by its own address, else by that of its twin for phones, else by its scripts."""

import re

from crawler import sites
from crawler.pages.eastmoney.prose import LONGEST_HEAD
from crawler.patterns import compiled

_IS_OWN = r"""(?:rel|property)\s*=\s*["']?(?:canonical|og:url)\b"""
_OWN_URL = compiled(
    rf"""<(?:link|meta)\b(?=[^<>rRpP]*+(?:(?!{_IS_OWN})[rRpP][^<>rRpP]*+)*+{_IS_OWN})[^<>]*?(?:href|content)\s*=\s*["']?"""
    r"""(https?://[^"'\s<>]+)""",
    re.IGNORECASE,
)
_READER = compiled(
    r"""<a\b(?=[^<>]*?\breader-domain\b)[^<>]*?\bhref\s*+=\s*+["']?(https?://[^"'\s<>]++)""", re.IGNORECASE
)
"""How Firefox's reader view names the page that it shows."""
_IN_HEAD = compiled(r"<(?:link|meta|base)\b[^<>]*+>", re.IGNORECASE)
_TWIN = compiled(r"\A<base\b|mobile-agent|\balternate\b|\bamphtml\b", re.IGNORECASE)
_ADDRESS = compiled(r"""https?://[^"'\s<>;]++""", re.IGNORECASE)
_CALLED = compiled(
    rf"""(?<![a-z?&;])(?:news_?id|art_?code|info_?code)["']?\s*+(?:value\s*+=|[:=])\s*+["']?(?P<code>(?:NW)?{sites.NEWS_ID})(?!\d)""",
    re.IGNORECASE | re.ASCII,
)


def own_code(text: str) -> str | None:
    """The code in the page's canonical address, or in that of which it is a reader's view."""
    own = _OWN_URL.search(text) or ("reader-domain" in text and _READER.search(text))
    return sites.code_of_url(own[1]) if own else None


def likely_code(text: str) -> str | None:
    """The one code that a page's twins, else its scripts and fields, name: its own, if the page is of that day."""
    tags = (tag[0] for tag in _IN_HEAD.finditer(text[:LONGEST_HEAD]) if _TWIN.search(tag[0]))
    addresses = (found[0] for tag in tags if (found := _ADDRESS.search(tag)))
    named = {sites.digits(code) for url in addresses if (code := sites.code_of_url(url))}
    named = named or {sites.digits(found["code"].upper()) for found in _CALLED.finditer(text)}
    return named.pop() if len(named) == 1 else None
