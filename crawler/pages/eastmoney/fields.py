"""What an East Money article page says beside its body: title, time, media name."""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from crawler import sites
from crawler.markup import attribute
from crawler.pages.eastmoney.element_end import Element
from crawler.pages.eastmoney.elements import Elements, Selector
from crawler.pages.eastmoney.media_names import closing_medium, medium, unindented
from crawler.pages.eastmoney.prose import PARAGRAPH_REST, one_line, pieces, plain, with_class, without_site
from crawler.patterns import compiled
from crawler.times import beijing, rank, times

_TITLE = Selector("title")
_HEADINGS = (
    Selector("h1"),
    Selector("div", "class", "title"),
    Selector("div", "class", "atitle"),
)
_INFOS, _OLD_INFOS = Selector("", "class", "infos"), Selector("", "class", "Info")
_TIME = Selector("", "class", "time")
_STAMPED = compiled(
    r"<(?:time|abbr|span|em|div|p|input)\b(?P<tag>[^<>]{0,300}?)\b(?:datetime|title|value|data-(?:time|timestamp|date))"
    r"\s?=\s?[\"']?(?P<time>[^\"'<>]{8,40})",
    re.IGNORECASE,
)
"""Elements that say to machines when something was."""
_META = compiled(r"<meta\b[^<>]{0,400}>", re.IGNORECASE)
_CALLED = compiled(
    r"""(?:property|name|itemprop)\s?=\s?["']?(?:article:(?:published_time|create_at)|bytedance:published_time|pub_?date"""
    r"""|publish[_-]?(?:ed)?_?(?:date|time)|datePublished|og:release_date|weibo: ?article:create_at|date"""
    r"""|dc\.date(?:\.issued)?|created)["'\s/>]""",
    re.IGNORECASE,
)
_CONTENT = compiled(r"""\bcontent\s?=\s?["']?([^"'<>]{8,40})""", re.IGNORECASE)
_LINKED = compiled(r""""(?:datePublished|pubDate)"\s?:\s?"([^"'<>]{8,40})""")
"""What a head says to machines of when a page was published."""
_YEARLESS = compiled(r"(?<![\d年/.-])(?P<month>[01]?\d) ?[-/月] ?(?P<rest>[0-3]?\d ?日? \d{1,2} ?[:：] ?\d\d(?!\d))")
_SOURCE = Selector("", "class", "source")
_ITEM = compiled(with_class(r"(\w{1,20})", "item"), re.IGNORECASE)
_MEDIA = compiled(rf"{with_class('p', 'em_media')}{PARAGRAPH_REST}", re.IGNORECASE)
_APART = " \u3000/／|｜"
_LINES = 5
_LONGEST = 500
_LONG = 8  # a shorter heading that the page's title does not know is a logo or a column
_SITE_ALONE = compiled("(?:手机|手機)?(?:东方财富|東方財富)[网網]?")
_TAG = compiled("<[^<>]*>")
_BEFORE = 2000
"""Characters before a body in which its time may stand."""


class Beside(NamedTuple):
    """What stands beside a page's title and before its body: the line with time and medium."""

    page: Elements
    body: int
    """Where the body begins."""
    items: tuple[str, ...]
    """What its parts say."""
    time: str | None
    said: str = ""
    """What all of it says."""


def beside(page: Elements, body: int, day: str) -> Beside:
    """Find the line with time and medium: the last before the body whose day is the id's, else the last of all.

    Elsewhere on the page there may be the lines of others.
    """
    lines: list[Beside] = []
    before = body
    while len(lines) < _LINES and (element := page.last(_INFOS, before) or page.last(_OLD_INFOS, before)) is not None:
        line = _line(page, body, _markup(page, element) or "", day)
        if line.time and _near(line.time, day):
            return line
        lines.append(line)
        before = element.tag.start
    return lines[0] if lines else Beside(page, body, (), None)


def _line(page: Elements, body: int, infos: str, day: str) -> Beside:
    items, said = tuple(map(pieces, _items(infos))), pieces(infos)
    return Beside(page, body, items, beijing(" ".join(items)) or _read(said, day), said)


def _read(text: str, day: str) -> str | None:
    """Read a time; of one without a year, the year in which it is near the id's day."""
    if (time := beijing(text)) or not (found := _YEARLESS.search(text)):
        return time
    years = (int(day[:4]) + more for more in (0, 1, -1))
    before, behind = text[: found.start()], text[found.end() :]  # may name whose time it is
    read = (beijing(f"{before}{year}-{found['month']}-{found['rest']}{behind}") for year in years)
    return next((time for time in read if time and _near(time, day)), None)


def _items(infos: str) -> Iterator[str]:
    """Give what the parts of a line hold."""
    place, endless = 0, set()
    while begin := _ITEM.search(infos, place):
        place, name = begin.end(), begin[1].lower()
        end = None if name in endless else _end_tag(name).search(infos, place)
        if end is None:
            endless.add(name)
        else:
            yield infos[place : end.start()]
            place = end.end()


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s*+>", re.IGNORECASE)


def _markup(page: Elements, element: Element | None) -> str | None:
    return None if element is None else page.source[slice(*element.inner)]


def title(page: Elements, body: int, end: int) -> str | None:
    """Read the heading that the page's title begins with, else a long one, else the page's title without the site.

    ``body``, ``end``: where the body begins and ends.
    """
    element = page.first(_TITLE, end)
    page_title = _of_article(one_line(_markup(page, element) or ""))
    # A heading says the same; a word may be a channel's name, and stand in its link.
    known = f">{page_title}<"
    if element and _LONG <= len(page_title) <= _LONGEST and page.source.rfind(known, element.tag.end, body) >= 0:
        return page_title
    if "<" in page_title and len(page_title) <= _LONGEST:  # a heading that spells it so ends nowhere
        return page_title
    headings = []
    for selector in _HEADINGS:
        spelled = _heading(page, page.first(selector, end))
        if spelled and spelled == page_title:
            return spelled
        heading = _of_article(spelled)
        if heading and page_title.startswith(heading):
            return heading
        headings.append(heading)
    if not page_title:  # then a channel's heading may stand above the article's
        others = page.several(_HEADINGS[0], body, _LINES)
        headings += [_of_article(_heading(page, other)) for other in others]
    return next((h for h in headings if len(h) >= _LONG), "") or page_title or next(filter(None, headings), None)


def _heading(page: Elements, element: Element | None) -> str:
    """Give what a heading says; "" for one that does not end, and holds the article."""
    markup = _markup(page, element) or ""
    return one_line(markup) if markup.count("<p") < 2 else ""


def _of_article(title: str) -> str:
    """Give a title without the site's name; "" where that is all it says."""
    return "" if _SITE_ALONE.fullmatch(title) else without_site(title)


def moment(line: Beside, day: str) -> str | None:
    """Read the time from the element for it, else from just before the body when the day fits the id's."""
    if line.time and (sites.days_apart(line.time, day) or 0) < sites.MOST_DAYS_OFF:
        return line.time
    source = line.page.source
    markup = _markup(line.page, line.page.last(_TIME, line.body))
    if markup is not None and (found := _read(one_line(markup), day)):
        return found
    before = source[max(0, line.body - _BEFORE) : line.body]
    if found := next((time for time in _stamped(before) if _near(time, day)), None):
        return found
    near = (time for time in times(html.unescape(_TAG.sub(" ", before))) if _near(time, day))
    if found := next(near, None):
        return found
    return next((time for time in _declared(source[: line.body]) if _near(time, day)), line.time)


def _stamped(markup: str) -> list[str]:
    """Give the times that elements say to machines, that of publication first and of a change last."""
    found = [(match["tag"], time) for match in _STAMPED.finditer(markup) if (time := beijing(match["time"]))]
    return [time for _, time in sorted(found, key=lambda told: rank(told[0]))]


def _declared(head: str) -> Iterator[str]:
    """Give the times of publication that a head declares."""
    tags = (match[0] for match in _META.finditer(head) if _CALLED.search(match[0]))
    said = (*filter(None, map(_CONTENT.search, tags)), *_LINKED.finditer(head))
    yield from filter(None, (beijing(match[1]) for match in said))


def _near(one: str, other: str) -> bool:
    apart = sites.days_apart(one, other)
    return apart is not None and apart <= 2


def media_name(line: Beside, body: str) -> str | None:
    """Read the medium: from an item that says so, the body's last paragraph, a bare item or element, or the line.

    Where the item says a word more than the paragraph, that is an author.
    """
    said = next(filter(None, (medium(item) for item in line.items if "源" in item)), None)
    paragraphs = _MEDIA.findall(body)
    closing = (medium(plain(unindented(paragraphs[-1]))) if paragraphs else None) or closing_medium(body)
    if said and not (closing and said.startswith(closing) and said[len(closing) :][:1] in tuple(_APART)):
        return said
    if closing:
        return closing
    if found := next(filter(None, map(medium, line.items)), None):
        return found
    if source := line.page.last(_SOURCE, line.body):
        declared = attribute(line.page.source, source.tag, "data-source")
        return medium(one_line(declared.value) if declared else pieces(_markup(line.page, source) or ""))
    return medium(line.said) if "源" in line.said else None
