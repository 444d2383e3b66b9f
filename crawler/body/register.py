"""The register of removal rules, in the order they run.

To add a rule: write a file in ``rules/`` (or add to one of its family) that makes a ``TagRule``, ``CommentRule``,
``ParagraphRule``, ``CharacterRule``, ``MarkRule`` or ``MarkupRule`` (see `crawler.body.rule`) with its name, what it
does, and an example or two; name it in a stage below. That is all: the name works in ``FINEWS_CLEANING_ADD`` and
``_REMOVE``, cuts are counted under it, the prefilter finds out by itself which bodies it may leave alone, and a test
cleans the examples.

The rules of one stage look at the same text, and their edits are carried out together; of two that overlap, the larger
or earlier one counts, and the other gets its turn in the next round. Rounds go on until no rule finds anything.
"""

from crawler.body.rule import CharacterRule, MarkRule, Rule
from crawler.body.rules import (
    addresses,
    boilerplate_elements,
    boilerplate_text,
    disclaimers,
    hidden,
    ideographic_pairs,
    lazy_pictures,
    outside_blocks,
    page_breaks,
    players,
    promotion,
    set_formulas,
    stock_links,
    tags,
    unknown_elements,
)

CHARACTER_RULES: tuple[CharacterRule | MarkRule, ...] = (ideographic_pairs.PAIRS, page_breaks.PAGE_BREAKS)
"""Carried out before anything else looks at the body."""

STAGES: tuple[tuple[Rule, ...], ...] = (
    (
        hidden.HIDDEN,
        boilerplate_elements.QUOTES,
        boilerplate_elements.COMMENTS,
        set_formulas.SET_FORMULAS,
    ),
    (
        promotion.PROMOTION,
        boilerplate_text.SLOGANS,
        boilerplate_text.EDITOR,
        disclaimers.DISCLAIMER,
    ),
    (
        addresses.ARCHIVED,
        addresses.TRACKING,
        tags.BARE_SIGNS,
        unknown_elements.UNKNOWN_ELEMENTS,
        tags.STRAY_ENDS,
        tags.BLANK_ENDS,
        tags.QUOTING,
        lazy_pictures.LAZY,
        lazy_pictures.LAZY_BACKGROUNDS,
        players.PLAYERS,
        addresses.RESOLVED,
        addresses.HTTPS,
    ),
    (outside_blocks.LOOSE_TEXT,),
    (stock_links.STOCK_LINKS, outside_blocks.BLANKS),
)

RULES: dict[str, Rule] = {rule.name: rule for stage in (CHARACTER_RULES, *STAGES) for rule in stage}
"""Every removal rule by its name."""
