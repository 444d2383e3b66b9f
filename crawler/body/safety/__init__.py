"""What makes a body safe to publish: edits in their order, none of which finds anything in a harmless body."""

from collections.abc import Callable
from typing import NamedTuple

from crawler.body.document import Document
from crawler.body.safety import (
    attributes,
    backgrounds,
    balance,
    characters,
    elements,
    formulas,
    markdown,
    meant_elements,
    swallowing,
    traces,
)
from crawler.markup import Edit


class SafetyEdit(NamedTuple):
    """One duty; its cuts are counted under its name."""

    name: str
    run: Callable[[Document], list[Edit]]
    of_text: bool = False
    """Whether it looks at the characters wherever they stand; the others look at the markup alone."""


SAFETY: tuple[SafetyEdit, ...] = (
    SafetyEdit("characters", characters.illegal, of_text=True),
    SafetyEdit("references", characters.references, of_text=True),
    SafetyEdit("meant-elements", meant_elements.meant_elements),
    SafetyEdit("swallowing", swallowing.swallowing),
    SafetyEdit("noscript-pictures", traces.noscript_pictures),
    SafetyEdit("picture-sources", traces.picture_sources),
    SafetyEdit("media-links", traces.media_links),
    SafetyEdit("formulas", formulas.formulas),
    SafetyEdit("texts", traces.texts),
    SafetyEdit("background-pictures", backgrounds.background_pictures),
    SafetyEdit("elements", elements.dangerous_elements),
    SafetyEdit("odd-comments", elements.odd_comments),
    SafetyEdit("attributes", attributes.dangerous_attributes),
    SafetyEdit("unreadable-tags", attributes.unreadable_tags),
    SafetyEdit("stray-signs", elements.stray_signs),
    SafetyEdit("balance", balance.balance),
    SafetyEdit("liquid", characters.liquid, of_text=True),
    SafetyEdit("outside-blocks", markdown.outside_blocks),
    SafetyEdit("edges", characters.edges, of_text=True),
)
