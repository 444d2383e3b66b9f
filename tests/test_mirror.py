"""Tests mirror the code: who changes crawler/a/b.py finds tests/a/test_b.py, or here the test that holds it."""

from pathlib import Path

from forked_scrapy import ROOT

_WORDS = ("tests/test_words.py", "rows of English and Chinese words: each holds the same values, and is said somewhere")
_EXAMPLES = ("tests/archive/test_formats.py", "each is made, known by how it begins and by its name, and read")
_STAGE = ("tests/pipelines/test_base.py", "the name of a stage, and nothing besides: each does what its stage does")
ELSEWHERE = {
    **dict.fromkeys(
        ("chinese/checks", "chinese/help", "chinese/reasons", "chinese/spoken", "chinese/wrong_words"), _WORDS
    ),
    "archive/examples": _EXAMPLES,
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


def test_every_module_has_its_test() -> None:
    for module in MODULES:
        elsewhere, why = ELSEWHERE.get(module.as_posix(), ("", ""))
        has_own = mirrored(module).is_file()
        assert has_own != bool(elsewhere), f"tests/{module.parent}/test_{module.name}.py, or a row of ELSEWHERE"
        if elsewhere:
            held = (ROOT / elsewhere).read_text("utf-8")
            assert why
            assert module.name in held, f"{elsewhere} does not name {module}"


def test_the_lists_name_what_there_is() -> None:
    assert {Path(name) for name in ELSEWHERE} <= set(MODULES)
