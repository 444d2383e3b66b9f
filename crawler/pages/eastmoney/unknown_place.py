"""Pages on which no body was found: whether they show an article all the same, in a place that is not known."""

from crawler.pages.eastmoney.elements import Elements, Selector
from crawler.pages.eastmoney.own_code import likely_code
from crawler.pages.eastmoney.prose import LONGEST_HEAD, SOURCE_LINE, is_ours, one_line, page_title, without_site
from crawler.pages.promise import is_closed
from crawler.patterns import compiled

_MINUTE = compiled(r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?\s{1,9}\d{1,2}[:：]\d\d")
_HEAD = 1000
"""Characters behind a heading in which the time of its article stands, before anything that a list begins with."""
_ROW = compiled(r"(?i)<(?:a|li|td)\b")
_NO_NEWS = compiled("财富号|股吧|博客|数据中心")
"""Parts of the site whose texts are no news."""


def shows_article(text: str) -> bool:
    """Tell whether a page holds what closes an article; one of East Money's, an article's head, or its code."""
    if SOURCE_LINE.search(text):
        return True
    called = page_title(text[:LONGEST_HEAD])
    title = without_site(called)
    if not is_ours(called) or _NO_NEWS.search(called, len(title)):
        return False
    heading = Elements(text).first(Selector("h1"))
    start, end = heading.inner if heading else (0, 0)
    head = _ROW.split(text[end : end + _HEAD], maxsplit=1)[0]
    is_headed = one_line(text[start:end]) == title and _MINUTE.search(head) is not None
    return is_headed or is_closed(text) or likely_code(text) is not None
