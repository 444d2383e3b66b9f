"""Rows of what an edit makes of a body, and what it leaves: each is its own, and finds nothing in what it has made."""

from types import ModuleType

import pytest

from crawler.body.document import Document
from crawler.body.register import RULES
from crawler.body.safety import SAFETY
from crawler.markup import apply

Rows = dict[str, list[tuple[str, str]]]
"""By the name of a rule or a safety edit: bodies, and what it makes of each."""

BASE = "https://finance.eastmoney.com/a/1.html"
_EDITS = {name: rule.edits for name, rule in RULES.items()} | {edit.name: edit.run for edit in SAFETY}


def each(module: ModuleType, rows: Rows) -> pytest.MarkDecorator:
    """A test of every row, with ``name``, ``given`` and ``wanted``; every edit that the module registers has some."""
    own = {name for name, rule in RULES.items() if rule in vars(module).values()}
    own |= {edit.name for edit in SAFETY if edit.run.__module__ == module.__name__}
    assert own == set(rows), "edits of the module, and those with rows"
    params = [
        pytest.param(name, given, wanted, id=f"{name}-{number}")
        for name, some in rows.items()
        for number, (given, wanted) in enumerate(some, 1)
    ]
    return pytest.mark.parametrize(("name", "given", "wanted"), params)


def check(name: str, given: str, wanted: str) -> None:
    """The edit makes that of the body, and has nothing more to do then."""
    edits = _EDITS[name]
    assert apply(given, edits(Document(given, BASE))) == wanted
    assert edits(Document(wanted, BASE)) == []
