"""Articles that are cut into several pages: which page one is, how many there are, and the body without the links."""

import html
import re

from crawler import sites
from crawler.patterns import compiled
from crawler.urls import urljoin, urlsplit

_LINK = compiled(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'<>\s]*)", re.IGNORECASE)
_WORDS = (
    r"(?:next|prev(?:ious)?|first|last|page|of|&[lr]a?quo;"
    r"|[\s\d上下一前后首末尾页頁第共余全文当前篇本查看点击展开阅读在显示剩%&nbsp;gt;lt>»›«‹《》\[\]【】()（）|·.…/：:,，-])"
)
_NEXT = compiled(
    r"<(?:(?:a|button|span|li|em|i|div)\b[^<>]*+>\s*+|input\b[^<>]*?\bvalue=[\"']?)(?:下一?[页頁]|后一?[页頁])(?![^\s<>\"'&》»›）)\]】])",
    re.IGNORECASE,
)
_CONTROL = compiled(r"<(?:a|button|option|input)\b", re.IGNORECASE)
_LINKS = rf"{_WORDS}*+(?:</?(?:a|span|b|strong|em|i|font|li|button|option|select|input)\b[^<>]*+>{_WORDS}*+)*+"
_BOX = compiled(rf"<(?P<name>p|div|ul|center)\b[^<>]*+>(?P<links>{_LINKS})</(?P=name)\s*+>", re.IGNORECASE)
_CHOICE = compiled(rf"<select\b[^<>]*+>{_WORDS}*+(?:</?option\b[^<>]*+>{_WORDS}*+)*+</select\s*+>", re.IGNORECASE)
_ALONE = compiled(
    rf"(?<=>)<(?P<tag>a|button)\b[^<>]*+>(?=[^<]*[页頁]){_WORDS}*+</(?P=tag)\s*+>(?=\s*+(?:<|\Z))", re.IGNORECASE
)
_PAGERS = (_CONTROL, _NEXT, compiled(r"[第共]\s?\d{1,3}\s?[页頁]|\d\s?/\s?\d{1,3}\s?[页頁]"))
"""What a box with nothing but the words of a pager has, if it is one: something to go on with, or the page's number."""
_SCRIPT = "createPageHTML("
_COUNTED = compiled(r"createPageHTML\(\s{0,9}(?P<of>\d{1,5})\s{0,9},\s{0,9}(?P<at>\d{1,5})\s{0,9},", re.ASCII)
"""How a common editing system has its links written: the number of pages, and which one this is, counted from 0."""
_QUERY = compiled(r"(?:[^\"'<>\s?&]*+&(?:amp;)?+)*?[pP]")
_SAVED = r"(?:[^\"'<>\s?&@%]*+&(?:amp;)?+)*?p"
"""That no search goes over what the one before it went over, none of the signs is in what is passed over."""
_SUFFIX = r"(?:(?:[_-]p?|/)\d{1,3}|[0-9a-f]{4})\.s?html?\b"
"""What such names have behind the code; HTTrack puts a digest there for what followed the question mark."""
_MORE = compiled(r"[_-]|/\d|[0-9a-f]{4}[.]")
_SAYS = (
    r"[^<>]{0,300}+>\s*+(?:<(?:b|em|font|i|span|strong)\b[^<>]{0,99}+>\s*+){0,3}+(?:第\s?)?"
    r"(?:(?P<number>\d{1,2})\s?页?|第?(?P<word>[二三四五六七八九])页|下一?[页頁]|后一?[页頁]|next|&gt;|[>›»])(?=\s*+<)"
)
"""What the link to another page says, behind that: its number, or that it is the next one."""
_REST = compiled(
    r"""(?:\.s?html?|["'=])\?[^<>\s]{0,300}+[^<>]{0,99}+>\s*+[^<>]{0,6}(?:余下|剩余|其余)(?:全文|内容|部分|\s?\d{1,2}\s?[%％])""",
    re.IGNORECASE,
)
"""What a link to the article itself says where the page has only its beginning."""
_TO_NEXT = compiled("(?<=下一[页頁]|后一[页頁])|(?<=下[页頁])")
_SIGNS = (
    ("?", _QUERY),
    ("%", compiled(f"3F{_SAVED}")),
    ("@", compiled(_SAVED)),
    ("页", _TO_NEXT),
    ("頁", _TO_NEXT),
    ("余", compiled(r"下?(?:全文|内容|部分|\s?\d{1,2}\s?[%％])")),
)
"""What begins an address with a query, as people and tools that save pages spell it, and what ends a link's words.

One character is found ten times as soon as two.
"""
_SOURCE = compiled(r"<p\b[^<>]*\bclass=[\"']?(?:em_media|res-edit)\b[^<>]*+>[^<]*+</p\s*+>", re.IGNORECASE)


def part(url: str, code: str, page: str, body: str) -> tuple[int, int]:
    """Give the number of an article's page, and the highest that it names; ``WHOLE`` for an article on one page.

    :param page: the source of the page, whose links to the article's other pages are counted.
    :param body: the article's, in which a link to the next page counts whatever its address.
    """
    number = sites.part_of_url(url)
    if (at := page.find(_SCRIPT)) >= 0 and (told := _COUNTED.match(page, at)):
        return int(told["at"]) + 1, min(int(told["of"]), sites.MOST_PAGES + 1)
    further = _has(page, code, _MORE)
    if not further and not _has_any(page):
        return (number, number)
    named = max((_named(url, found[1], code) for found in _LINK.finditer(page)), default=1)
    if further:  # be it in a button, a list to choose from, or the page's head
        addresses = re.findall(rf"{code}[_-](\d{{1,5}})\.s?html?\b", page, re.ASCII | re.IGNORECASE)
        named = max(named, min(max(map(int, addresses), default=1), sites.MOST_PAGES + 1))
    named = max(named, _said(page, code, number))
    return (number, max(number, named, number + 1 if _NEXT.search(body) and named <= number else 1))


def _has_any(page: str) -> bool:
    for sign, pattern in _SIGNS:  # noqa: SIM110 - asked of every page
        if sign in page and _has(page, sign, pattern):
            return True
    return False


def _has(page: str, sign: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether the pattern matches behind one of these signs: to look for them costs next to nothing."""
    at = page.find(sign)
    while at >= 0 and not pattern.match(page, at + len(sign)):
        at = page.find(sign, at + 1)
    return at >= 0


def _named(url: str, href: str, code: str) -> int:
    """Give the number of the article's page that a link leads to, 1 for links to others."""
    link = urljoin(url, html.unescape(href))
    return sites.part_of_url(link) if sites.digits(sites.code_of_url(link) or "") == code else 1


def _said(page: str, code: str, number: int) -> int:
    """Give the highest number that links to the article's other pages say, whatever those are called; 1 for none.

    A pager says 2, or the number of the next page; any other number may be one of comments.
    """
    links = re.findall(f"{code}{_SUFFIX}{_SAYS}", page, re.ASCII | re.IGNORECASE)
    found = {int(said or " 一二三四五六七八九".find(word or " ") or number + 1) for said, word in links}
    found |= {number + 1} if _REST.search(page) else set()
    return 1 if found.isdisjoint((2, number + 1)) else max(found)


def address(url: str, code: str, page: str, number: int) -> str:
    """Give where a further page of the article stands: as a link on this page says, else as such pages are named.

    It is on the host of this page, whose address is ``url``.
    """
    here = urlsplit(url)
    for found in _LINK.finditer(page):
        if _named(url, found[1], code) == number:
            link = urlsplit(urljoin(url, html.unescape(found[1])))
            if link.hostname == here.hostname:
                return here._replace(path=link.path, query=link.query, fragment="").geturl()
    name = f"{code}_{number - 1 if _SCRIPT in page else number}"
    path = re.sub(rf"{code}(?:[_-]\d++)?+(?=[^/]*+\Z)", name, here.path)
    return here._replace(path=path, query="", fragment="").geturl()


def without_links(body: str) -> str:
    """Give the body of a page of several without the links to the others."""
    body = _BOX.sub(lambda box: "" if any(is_one.search(box["links"]) for is_one in _PAGERS) else box[0], body)
    return _ALONE.sub("", _CHOICE.sub("", body))


def joined(bodies: list[str]) -> str:
    """Give the article of these pages; who published and edited it is said once, at its end."""
    closing = _SOURCE.findall(bodies[-1])
    for line in closing:
        bodies = [*(body.replace(line, "") for body in bodies[:-1]), bodies[-1]]
    return "".join(bodies)
