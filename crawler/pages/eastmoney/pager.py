"""Articles that are cut into several pages: which page one is, how many there are, and the body without the links."""

import html
import re
from urllib.parse import urljoin

from crawler import sites

_LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'<>\s]*)", re.IGNORECASE)
_WORDS = r"[\s\d上下一前后首末尾页頁第共余全文当前篇本查看点击阅读在显示&nbsp;gt;lt>»›«‹《》\[\]【】()（）|·.…/：:,，-]"
_NEXT = re.compile(r"<a\b[^<>]*+>\s*+(?:下一?[页頁]|后一?[页頁])(?![^\s<>&》»›）)\]】])", re.IGNORECASE)
_LINKS = rf"{_WORDS}*+(?:</?(?:a|span|b|strong|em|i|font|li)\b[^<>]*+>{_WORDS}*+)*+"
_BOX = re.compile(rf"<(?P<name>p|div|ul|center)\b[^<>]*+>(?P<links>{_LINKS})</(?P=name)\s*+>", re.IGNORECASE)
_ALONE = re.compile(rf"(?<=>)<a\b[^<>]*+>(?=[^<]*[页頁]){_WORDS}*+</a\s*+>(?=\s*+(?:<|\Z))", re.IGNORECASE)
_SCRIPT = "createPageHTML("
_COUNTED = re.compile(r"createPageHTML\(\s{0,9}(?P<of>\d{1,2})\s{0,9},\s{0,9}(?P<at>\d{1,2})\s{0,9},", re.ASCII)
"""How a common editing system has its links written: the number of pages, and which one this is, counted from 0."""
_QUERY = re.compile(r"(?:[^\"'<>\s?&]*+&(?:amp;)?+)*?p")
_TO_NEXT = re.compile("(?<=下一[页頁]|后一[页頁])|(?<=下[页頁])")
_SOURCE = re.compile(r"<p\b[^<>]*\bclass=[\"']?(?:em_media|res-edit)\b[^<>]*+>[^<]*+</p\s*+>", re.IGNORECASE)


def part(url: str, code: str, page: str, body: str) -> tuple[int, int]:
    """Give the number of an article's page, and the highest that it names; ``WHOLE`` for an article on one page.

    :param page: the source of the page, whose links to the article's other pages are counted.
    :param body: the article's, in which a link to the next page counts whatever its address.
    """
    number = sites.part_of_url(url)
    if (at := page.find(_SCRIPT)) >= 0 and (told := _COUNTED.match(page, at)):
        return int(told["at"]) + 1, int(told["of"])
    signs = ("?", _QUERY), ("页", _TO_NEXT), ("頁", _TO_NEXT)
    if f"{code}_" not in page and not any(_has(page, character, pattern) for character, pattern in signs):
        return (number, number)
    named = max((_named(url, found[1], code) for found in _LINK.finditer(page)), default=1)
    return (number, max(number, named, number + 1 if _NEXT.search(body) and named <= number else 1))


def _has(page: str, character: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether the pattern matches behind one of these characters: to look for them costs next to nothing."""
    at = page.find(character) + 1
    while at and not pattern.match(page, at):
        at = page.find(character, at) + 1
    return at > 0


def _named(url: str, href: str, code: str) -> int:
    """Give the number of the article's page that a link leads to, 1 for links to others."""
    try:
        link = urljoin(url, html.unescape(href))
        return sites.part_of_url(link) if sites.digits(sites.code_of_url(link) or "") == code else 1
    except ValueError:
        return 1


def without_links(body: str) -> str:
    """Give the body of a page of several without the links to the others."""
    return _ALONE.sub("", _BOX.sub(lambda box: "" if "<a" in box["links"].lower() else box[0], body))


def joined(bodies: list[str]) -> str:
    """Give the article of these pages; who published and edited it is said once, at its end."""
    closing = _SOURCE.findall(bodies[-1])
    for line in closing:
        bodies = [*(body.replace(line, "") for body in bodies[:-1]), bodies[-1]]
    return "".join(bodies)
