"""The head of an article page, where it stands in the element that the body stands in: heading, time, medium."""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.body.safety.balance import is_balanced
from crawler.markup import Token, element_span, tokens, values
from crawler.pages.eastmoney.media_names import medium
from crawler.pages.eastmoney.prose import one_line, pieces, without_site
from crawler.patterns import compiled
from crawler.times import beijing

_HEADING = compiled("<[hH]1")
_HEADINGS = frozenset({"h1", "h2", "h3"})
_LINES = frozenset({"p", "div", "span"})
_AROUND = frozenset({"header", "hgroup", "center", "div", "section"})
"""Elements that may hold the whole head, and nothing else."""
_NEAR = 200
"""Characters of such an element in which the heading begins."""
_DAY = compiled(r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?")
_YEARLESS = compiled(r"\d{1,2}\s?[-/月]\s?\d{1,2}\s?日?\s\d{1,2}[:：]\d\d")
_YEARLESS_LINE = compiled(rf"{_YEARLESS.pattern}(?:\s*[·|｜/]\s*[^，。！？；：·|｜/]{{1,12}}){{0,3}}")
_STAMP = compiled(
    r"(?P<word>(?:发布|发表|更新|修改|刊发|创建|北京)?(?:时间|日期|于)?[：:]?\s*)(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?"
    r"[\s,，]*(?:(?:星期|周).[\s,，]*)?\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
)
A_NAME = 9
"""Letters that the name of a medium has, or what readers did, beside a time."""
_HAN = compiled("[\u4e00-\u9fff]")
_GOES_ON = compiled("(?!发布|發布|发表|刊发|更新|来源|來源|阅读|浏览|点击|评论|星期|周|分)[\u4e00-\u9fff]")
"""What stands right behind a time in a sentence, and not in a line that says when."""
_FROM = r"[\W\d年月日时分]*(?:(?:文章|稿件|信息)?[来來]源[于於]?\s*[：:|｜丨/／\s]|稿源|转自)"
_SOURCE, _SOURCE_OR_NAME = compiled(_FROM), compiled(rf"{_FROM}|\W*\w{{0,6}}(?:报|網|网|社)")
"""How a line goes on, or begins, that says where the article is from."""
_MARKED = compiled("time|date|info|source|author|title|topbox|tipbox", re.IGNORECASE)
_MOST = 6
_LONGEST = 120
"""Elements, and characters in one, that are looked at."""
_WAY = compiled(r"[^，。！？；>›»]{1,30}(?:\s?[>›»]+\s?[^，。！？；>›»]{1,30}){1,6}")
_LONG_TITLE = 8
_LINE = 24
"""Characters of a line that says the time, and nothing besides."""


def head_end(source: str, start: int, end: int, title: str | None) -> int:
    """Give the place behind the page's own head, of a body from ``start`` to ``end``: ``start`` when there is none.

    A heading that says what the page is called, and elements marked as time, medium or title that say just that, are
    the page's, and a line of both behind the heading; what else a body begins with is the article's.
    """
    begin = _to_heading(source, start, end, title)
    start = _behind_title_and_time(source, begin, end, title)
    for _ in range(_MOST):
        tag = next(tokens(source, start, end), None)
        if tag is None or tag.kind != "start" or source[start : tag.start].strip():
            return start
        marked = _may_be_head(source, tag)
        is_line = begin < start and tag.name in _LINES
        if not (marked or is_line) or (span := element_span(source, tag, end)) is None:
            return start
        inner = source[slice(*span[1])]
        if not (
            _is_head(inner, title, _most_beside(source, tag, start == begin))
            or _is_other_head(source, tag, inner, title)
            if marked
            else _is_line(inner, tag.name)
        ):
            return start
        start = span[0][1]
    return start


def _to_heading(source: str, start: int, end: int, title: str | None) -> int:
    """Give the place of the page's own heading where the way to it through the site's pages stands in front of it."""
    found = _HEADING.search(source, start, min(end, start + _NEAR * 3)) if title else None
    if found is None or not (before := source[start : found.start()].strip()):
        return start
    toks = list(tokens(before))
    words = one_line(before)
    if not _WAY.fullmatch(words) or "a" not in {token.name for token in toks} or not is_balanced(before, toks):
        return start
    tag = next(tokens(source, found.start(), end), None)
    span = element_span(source, tag, end) if tag else None
    is_title = span is not None and without_site(one_line(source[slice(*span[1])])) == title
    return found.start() if is_title else start


def _behind_title_and_time(source: str, start: int, end: int, title: str | None) -> int:
    """Give the place behind an element that says the title, and nothing marks, where the time stands behind it."""
    if not title or len(title) < _LONG_TITLE or source.find(title, start, start + _NEAR) < 0:
        return start
    place, said = start, []
    for _ in range(2):
        tag = next(tokens(source, place, end), None)
        if tag is None or tag.kind != "start" or tag.name not in _LINES or source[place : tag.start].strip():
            return start
        if (span := element_span(source, tag, min(end, place + 10 * _LONGEST))) is None:
            return start
        said.append((source[slice(*span[1])], tag.name))
        place = span[0][1]
    return place if one_line(said[0][0]) == title and _is_line(*said[1]) else start


def _is_other_head(source: str, tag: Token, inner: str, title: str | None) -> bool:
    """Tell whether an element says the day, or holds a heading and what may stand behind it, and nothing else."""
    if tag.name in _HEADINGS or len(inner) > 10 * _LONGEST:
        return False
    if tag.name == "time" and beijing(values(source, tag).get("datetime")) and _may_be_time(one_line(inner)):
        return True
    if tag.name in _AROUND and title and has_heading(inner, 0, len(inner)):
        return not inner[head_end(inner, 0, len(inner), title) :].strip()
    return _DAY.fullmatch(one_line(inner)) is not None or _YEARLESS.fullmatch(one_line(inner)) is not None


def _may_be_time(text: str) -> bool:
    """Tell whether a text may say when, in whatever words (``3小时前``, ``刚刚``): words alone are the article's."""
    return len(text) <= _LINE and (len(text) < 4 or any(map(str.isdigit, text)))


def has_heading(source: str, start: int, end: int) -> bool:
    """Tell whether a heading is the first thing, or nearly, in a piece of a page."""
    if _HEADING.search(source, start, end) is None:
        return False
    return any(token.name == "h1" for token in _starts(source, start, end))


def _starts(source: str, start: int, end: int) -> Iterator[Token]:
    return islice((token for token in tokens(source, start, end) if token.kind == "start"), _MOST)


def _may_be_head(source: str, tag: Token) -> bool:
    if tag.name in _HEADINGS or tag.name in {"time", "header"}:
        return True
    if tag.name in _AROUND and _HEADING.search(source, tag.end, tag.end + _NEAR):
        return True
    return _MARKED.search(values(source, tag).get("class", "")) is not None


def _most_beside(source: str, tag: Token, is_first: bool) -> int:
    """Give how many letters may stand beside a time in such an element: a heading may be the article's own."""
    if is_first and "title" in values(source, tag).get("class", "").lower():
        return 0
    return _LONGEST if tag.name not in _HEADINGS else 0 if is_first else A_NAME


def _is_head(inner: str, title: str | None, most_beside: int) -> bool:
    if len(inner) > 10 * _LONGEST:
        return False
    text = one_line(inner)
    if not text or (title and without_site(text) == title):
        return True
    if len(text) > _LONGEST or set(text) & set("。！？"):
        return False
    said = pieces(inner)
    if beijing(said):
        return not is_in_words(said, most_beside)
    name = medium(said) if "源" in said and _SOURCE.match(said) else None
    return name is not None and not set(name) & set("，；,;")  # else it is a sentence


def is_in_words(said: str, most_beside: int) -> bool:
    """Tell whether a time is part of a sentence: it stands between its words, or has more letters than that beside."""
    found = _STAMP.search(said)
    if found is None:
        return False
    before, behind = said[: found.start()], said[found.end() :]
    if _SOURCE_OR_NAME.match(behind) or _SOURCE_OR_NAME.match(before):
        return False
    is_between = _HAN.match(before[-1:]) is not None and found["word"] == ""
    return is_between or _GOES_ON.match(behind) is not None or sum(map(str.isalpha, before + behind)) > most_beside


def _is_line(inner: str, name: str) -> bool:
    """Tell whether an element that nothing marks says the time, with the medium or alone; in a ``span``, the day."""
    text, said = one_line(inner), pieces(inner)
    if (name == "span" and _DAY.fullmatch(text)) or _YEARLESS_LINE.fullmatch(text):
        return True
    if len(text) > _LONGEST or set(text) & set("。！？") or not beijing(said) or is_in_words(said, _LONGEST):
        return False
    return len(text) <= _LINE or ("源" in said and medium(said) is not None)
