"""The edits, in the order they run: each a name, the function that finds its spans, and where it belongs."""

from typing import NamedTuple

from crawler.body.context import BodyEdit
from crawler.body.edits import attributes, balance, characters, elements, markdown


class NamedEdit(NamedTuple):
    """One edit of the pipeline; its cuts are counted under its name."""

    name: str
    run: BodyEdit


SAFETY: tuple[NamedEdit, ...] = (
    NamedEdit("characters", characters.unbearable),
    NamedEdit("elements", elements.dangerous_elements),
    NamedEdit("odd-comments", elements.odd_comments),
    NamedEdit("attributes", attributes.dangerous_attributes),
    NamedEdit("unreadable-tags", attributes.unreadable_tags),
    NamedEdit("stray-signs", elements.stray_signs),
    NamedEdit("balance", balance.balance),
    NamedEdit("liquid", characters.liquid),
    NamedEdit("outside-blocks", markdown.outside_blocks),
    NamedEdit("edges", characters.edges),
)
"""What makes a body safe to publish; none of them finds anything in a harmless body."""
