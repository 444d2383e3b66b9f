"""Tests mirror the code: who changes crawler/a/b.py finds tests/a/test_b.py, or here the test that holds it."""

from pathlib import Path

import pytest
from forked_scrapy import ROOT

ROOMS_TO_COME = frozenset({"archive", "data", "demo", "mcp_server", "reprocess", "search", "spiders", "store"})
"""Rooms of which not every module has its test yet: one whose modules all have leaves this list."""
_WORDS = ("tests/test_words.py", "rows of English and Chinese words: each holds the same values, and is said somewhere")
_STAGE = ("tests/pipelines/test_base.py", "the name of a stage, and nothing besides: each does what its stage does")
ELSEWHERE = {
    **dict.fromkeys(
        ("chinese/checks", "chinese/help", "chinese/reasons", "chinese/spoken", "chinese/wrong_words"), _WORDS
    ),
    "reports/words": ("tests/reports/test_page.py", "the headings of a page: each stands on it, and has its Chinese"),
    **dict.fromkeys(("pipelines/addresses", "pipelines/clean", "pipelines/klines"), _STAGE),
}
"""Modules without a test of their own name: the test that holds each, and why there is nothing else to test."""
MODULES = sorted(
    path.relative_to(ROOT / "crawler").with_suffix("")
    for path in (ROOT / "crawler").rglob("*.py")
    if path.stem not in {"__init__", "__main__"}
)


def mirrored(module: Path) -> Path:
    return ROOT / "tests" / module.parent / f"test_{module.name}.py"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_has_its_test(module: Path) -> None:
    if module.parts[0] in ROOMS_TO_COME:
        return
    elsewhere, why = ELSEWHERE.get(module.as_posix(), ("", ""))
    has_own = mirrored(module).is_file()
    assert has_own != bool(elsewhere), f"tests/{module.parent}/test_{module.name}.py, or a row of ELSEWHERE"
    if elsewhere:
        held = (ROOT / elsewhere).read_text("utf-8")
        assert why
        assert module.name in held, f"{elsewhere} does not name {module}"


def test_the_lists_name_what_there_is() -> None:
    assert {Path(name) for name in ELSEWHERE} <= set(MODULES)
    assert {module.parts[0] for module in MODULES} >= ROOMS_TO_COME
    whole = [room for room in ROOMS_TO_COME if all(mirrored(m).is_file() for m in MODULES if m.parts[0] == room)]
    assert whole == [], "their modules all have tests: they leave ROOMS_TO_COME"
