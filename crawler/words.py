"""The words of what a run says, and the language in which they and all else that is said to people are said."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

from crawler.chinese import CHINESE

LISTS: Final = {
    "missing_from_disk": "missing from disk",
    "edited_by_hand": "edited by hand",
    "edited_still": "edited by hand and not to be overwritten, for nobody has them any more",
    "withdrawn": "no more on the site",
    "pages_refused": "another article's page",
    "versions": "told in several versions",
    "otherwise_made": "made with other settings, for the body that these want could not be had",
    "not_had_again": "with the body of before, for no host gave one as good",
    "unverified": "bodies from a page whose making is not known",
    "medium_unknown": "items of the rolling list whose medium could not be asked for",
    "twins": "on the rolling list and on another, the medium's taken",
    "lists_elsewhere": "lists that were read elsewhere",
    "items_left_out": "items of lists that are no articles",
    "items_unread": "articles on lists whose code cannot be read",
    "no_news": "lists without news",
    "wrong_lines": "lines that name no article",
    "lists_unseen": "lists not seen",
    "internal_errors": "internal errors",
}
"""Lists of the report that people are shown."""
NUMBERS: Final = ("found", "written", "unchanged", "quarantined", "out_of_scope", "unfinished")
"""The states of articles, as they are counted: the last is told only where there are such."""
WORDS: Final = {
    # numbers
    "found": "found {}",
    "written": "written {}",
    "unchanged": "unchanged {}",
    "quarantined": "quarantined {}",
    "out_of_scope": "out of scope {}",
    "unfinished": "unfinished {}",
    "failed": "failed {}",
    # while it goes
    "pages": "pages read {}",
    "rate": "{} articles a minute",
    "to_go": "about {} to go",
    "seconds": "{} s",
    "minutes": "{} min",
    "hours": "{} h",
    "held": "waiting for {}: {}, asked again in {}",
    "slow": "waiting for {}: a request every {}",
    # what became of one article
    "one_written": "written",
    "one_unchanged": "unchanged",
    "one_quarantined": "failed",
    "one_out_of_scope": "out of scope",
    # at its end
    "left_to_others": "articles done here: {}; the other workers go on",
    "articles": "articles: {}",
    "invented": "all of them are invented: they are the stand-in site's",
    "files": "files read: {}",
    "remembered": "files read: {} ({} not opened: unchanged)",
    "foreign": "pages that are no articles: {}",
    "klines": "K-lines resolved: {}",
    "pictures": "pictures kept {}, missing {}",
    "origins": "bodies from: {}",
    "forbidden": "not asked, by robots.txt: {}",
    "given_up": "asked for nothing more: {} ({})",
    "left_alone": "left alone for a while: {} ({})",
    "lists_gone": "lists gone: {}",
    "list": "{} {}: {}",
    "more": "{} and {} more",
    "and": ", ",
    "of": "{}: {}",
    "head": "{}:",
    "rest": "and {} more",
    "more_failed": "and {} more: see `quarantine list`",
    "times": "{} x {}",
    "exit": "exit {}: {}",
    "places": "posts are in {0}/_posts; report {0}/reports/{1}.json, page {0}/reports/{1}.html",
    **LISTS,
}


LANGUAGES: Final = ("en", "zh")
FINEWS = "finews"
"""Our own name of the command line; else it is Scrapy's."""


def program() -> str:
    """The name under which the command line was started."""
    return FINEWS if sys.argv[0] == FINEWS else "scrapy"


def say(name: str, *values: object) -> str:
    """The words of that name, with the values in their places."""
    words = WORDS[name]
    return (CHINESE[words] if language() == "zh" else words).format(*values)


def translated(text: str) -> str:
    """A text that is shown, which the code says in English, in the language that is spoken.

    What there is no Chinese for stays as it is. What is stored stays English: it is compared across runs.
    """
    return in_chinese(text) if language() == "zh" else text


def with_reason(text: str, told: Callable[[str], str] = translated) -> str:
    """A line in which a reason stands in brackets behind a name, ``URL (HTTP status 403)``: that translated."""
    name, brackets, reason = text.removesuffix(")").partition(" (")
    return f"{name} ({told(reason)})" if brackets and text.endswith(")") else text


def in_chinese(text: str, depth: int = 3) -> str:
    """The text in Chinese, as far as there are words for it; so are texts in its places, and those in theirs.

    A single word in a place is a name or what somebody typed, and stays.
    """
    if text in CHINESE:
        return CHINESE[text]
    for parts, words in _TEMPLATES if depth else ():
        if (values := _values(parts, text)) is not None:
            return words.format(*(in_chinese(one, depth - 1) if " " in one else one for one in values))
    return text


def _values(parts: list[str], text: str) -> list[str] | None:
    """What stands between the parts, when the text is made of them; it is read once, from left to right."""
    first, *middle, last = parts
    if not (text.startswith(first) and text.endswith(last)) or len(text) < len(first) + len(last):
        return None
    rest, values = text[len(first) : len(text) - len(last)], []
    for part in middle:
        value, found, rest = rest.partition(part)
        if not found:
            return None
        values.append(value)
    return [*values, rest]


def speak(wanted: str) -> None:
    """From here on that language is spoken, ``en`` or ``zh``; of any other word, the locale's."""
    _spoken[:] = [wanted] if wanted in LANGUAGES else []


def language() -> str:
    """The language that is spoken."""
    return _spoken[0] if _spoken else of_locale(os.environ)


def of_locale(environ: Mapping[str, str]) -> str:
    """The language of the locale that the environment names, as POSIX reads it: the first that is set decides."""
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


_spoken: list[str] = []
_TEMPLATES: Final = sorted(
    (
        (english.split("{}"), words)
        for english, words in CHINESE.items()
        if "{}" in english and len(english.replace("{}", "").strip(" :")) > 3
    ),
    key=lambda row: -sum(map(len, row[0])),
)
"""Those that tell a text from others, as what stands between their values and their Chinese; the longest first."""
