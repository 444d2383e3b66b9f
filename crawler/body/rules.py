"""The removal rules as data: what each takes out of a body, and how to see cheaply that it has nothing to do."""

import re
from typing import NamedTuple

from crawler.body.context import BodyEdit
from crawler.body.edits.addresses import TRACKED, lazy_pictures, resolved, secure_pictures, stock_links, tracking
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
    """or its comments, or tags with attributes, hold one of these,"""
    like: re.Pattern[str] | None = None
    """or this matches in the body,"""
    tags_like: re.Pattern[str] | None = None
    """or this in its comments, or tags with attributes; with none of them, the edit changes no such body."""

    @property
    def concerns_any(self) -> bool:
        """Whether there is a known-harmless body that the edit changes."""
        return bool(self.marks or self.in_tags or self.like or self.tags_like)

    def concerns(self, body: str, tags: str) -> bool:
        """Whether the edit can have something to do in a known-harmless body with these tags."""
        for mark in self.in_tags:  # plain loops: asked of every body, and most often in vain
            if mark in tags:
                return True
        for mark in self.marks:
            if mark[-1] in body and mark in body:  # one character is found, or not, ten times as fast as several
                return True
        if self.like is not None and self.like.search(body):
            return True
        return self.tags_like is not None and self.tags_like.search(tags) is not None


RULES: dict[str, Rule] = {
    "pairs": Rule(ideographic_pairs, "every pair of U+3000", marks=("\u3000\u3000",)),
    "hidden": Rule(hidden, "elements that are not displayed", in_tags=("display:none", "display: none")),
    "quotes": Rule(quotes, "empty placeholders of stock quotes", in_tags=("quote_",)),
    "comments": Rule(comments, "comments other than the EM_StockImg pair", tags_like=OTHER_COMMENT),
    "promotion": Rule(promotion, "advertisements and links to them", in_tags=PROMOTION_MARKS),
    "slogans": Rule(paragraphs("slogans"), "paragraphs of slogans", marks=NOTICES["slogans"].marks),
    "editor": Rule(paragraphs("editor"), "paragraphs naming the editor", NOTICES["editor"].marks, ("res-edit",)),
    "disclaimer": Rule(paragraphs("disclaimer"), "paragraphs of disclaimers", marks=NOTICES["disclaimer"].marks),
    "tracking": Rule(tracking, "tracking parameters of links", tags_like=TRACKED),
    "stray-ends": Rule(stray_ends, "end tags that close nothing, blanks in end tags"),
    "quoting": Rule(unquoted_tags, "values without quotes get them"),
    "stock-links": Rule(
        stock_links, "stock names whose span has an address become links", (), ("em_stock_key_common",)
    ),
    "lazy": Rule(lazy_pictures, "addresses of lazy pictures move to where they load"),
    "resolved": Rule(resolved, "relative addresses become absolute"),
    "https": Rule(secure_pictures, "pictures on hosts that speak TLS", in_tags=('src="http:',)),
    "loose-text": Rule(loose_text, "text outside blocks gets a paragraph of its own"),
    "blanks": Rule(blanks, "white space between blocks", marks=("\n", "\r"), like=re.compile("> ++<")),
}
"""Every removal rule, in the order they run."""
