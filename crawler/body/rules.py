"""The removal rules as data: what each takes out of a body, and how to see cheaply that it has nothing to do."""

import re
from typing import NamedTuple

from crawler.body.context import BodyEdit
from crawler.body.edits.addresses import (
    ARCHIVED,
    STOCK_SPAN,
    TRACKED,
    archived,
    lazy_pictures,
    resolved,
    secure_pictures,
    stock_links,
    tracking,
)
from crawler.body.edits.attributes import unquoted_tags
from crawler.body.edits.balance import stray_ends
from crawler.body.edits.characters import ideographic_pairs
from crawler.body.edits.furniture import (
    OTHER_COMMENT,
    PROMOTION_MARKS,
    blanks,
    comments,
    hidden,
    promotion,
    quotes,
)
from crawler.body.edits.markdown import loose_text
from crawler.body.edits.notices import NOTICES, paragraphs


class Rule(NamedTuple):
    """One removal rule: its edit, and when it has something to do."""

    run: BodyEdit
    does: str
    marks: tuple[str, ...] = ()
    """A known-harmless body that the edit changes holds one of these,"""
    in_tags: tuple[str, ...] = ()
    """or a comment, or tag with attributes, of it holds one of these,"""
    tags_like: tuple[str, re.Pattern[str]] | None = None
    """or the first and what the second matches; with none of them, the edit changes no such body."""


RULES: dict[str, Rule] = {
    "pairs": Rule(ideographic_pairs, "every pair of U+3000", marks=("\u3000\u3000",)),
    "hidden": Rule(hidden, "elements that are not displayed", in_tags=("display:none", "display: none")),
    "quotes": Rule(quotes, "placeholders of stock quotes, empty or filled with figures", in_tags=("quote_",)),
    "comments": Rule(comments, "comments other than the EM_StockImg pair", tags_like=("<!", OTHER_COMMENT)),
    "promotion": Rule(promotion, "advertisements and links to them", in_tags=PROMOTION_MARKS),
    "slogans": Rule(paragraphs("slogans"), "paragraphs of slogans", marks=NOTICES["slogans"].marks),
    "editor": Rule(paragraphs("editor"), "paragraphs naming the editor", NOTICES["editor"].marks, ("res-edit",)),
    "disclaimer": Rule(paragraphs("disclaimer"), "paragraphs of disclaimers", marks=NOTICES["disclaimer"].marks),
    "archived": Rule(archived, "the web archive's part of addresses", tags_like=("/web/", ARCHIVED)),
    "tracking": Rule(tracking, "tracking parameters of links", tags_like=("?", TRACKED)),
    "stray-ends": Rule(stray_ends, "end tags that close nothing, blanks in end tags"),
    "quoting": Rule(unquoted_tags, "values without quotes get them"),
    "stock-links": Rule(
        stock_links, "stock names whose span has an address become links", tags_like=("em_stock_key", STOCK_SPAN)
    ),
    "lazy": Rule(lazy_pictures, "addresses of lazy pictures move to where they load"),
    "resolved": Rule(resolved, "relative addresses become absolute"),
    "https": Rule(secure_pictures, "pictures on hosts that speak TLS", in_tags=('src="http:',)),
    "loose-text": Rule(loose_text, "text outside blocks gets a paragraph of its own"),
    "blanks": Rule(blanks, "white space between blocks"),
}
"""Every removal rule, in the order they run."""

_MARKS = [(mark[-1], mark, name) for name, rule in RULES.items() for mark in rule.marks]
_IN_TAGS = [(mark, name) for name, rule in RULES.items() for mark in rule.in_tags]
_TAGS_LIKE = [(rule.tags_like[0], rule.tags_like[1].search, name) for name, rule in RULES.items() if rule.tags_like]


def of_tag(tag: str) -> tuple[str, ...]:
    """The names of the rules that may mean this tag with attributes, or this comment, of a known-harmless body."""
    found = [name for mark, name in _IN_TAGS if mark in tag]
    found += [name for mark, search, name in _TAGS_LIKE if mark in tag and search(tag)]
    return tuple(dict.fromkeys(found)) if found else ()


def of_text(body: str) -> set[str]:
    """The names of the rules that may mean what a known-harmless body says."""
    # One character is found, or not, ten times as fast as several.
    return {name for last, mark, name in _MARKS if last in body and mark in body}
