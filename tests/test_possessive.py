"""Possessive groups match what they mean, on the first Pythons that have them, too."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from crawler import possessive

FIRST = (3, 11, 2)
"""A Python that matches them wrongly, as Debian 12 has it."""
MEANT = [
    (r"(?:.(?!D))*+", "ABCDE", "AB"),
    (r"(?:.(?!D))?+", "CDE", ""),
    (r"(?:ab?c)++", "acab", "ac"),
    (r"(?:ab){2,}+", "abababa", "ababab"),
    (r"<!--(?:[^-<]++|-(?!-!?>)|<(?!!--))*+-->", "<!-- a-b <i -->-->", "<!-- a-b <i -->"),
    (r"(?:(?:ab)++c)*+", "ababcab", "ababc"),
    (r"((?:x-)++)y", "x-x-y", "x-x-y"),
    (r"[a-z]*+-", "ab-", "ab-"),
]
"""Patterns, texts, and what of the text they match."""


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """What compiles patterns, as it was once the test is over."""
    found: Any = import_module("re._compiler")
    re.purge()
    monkeypatch.setattr(found, "_compile", found._compile)
    yield found
    re.purge()


@pytest.mark.parametrize(("pattern", "text", "meant"), MEANT)
def test_the_first_pythons_are_given_none_to_match(compiler: Any, pattern: str, text: str, meant: str) -> None:
    possessive.mend(FIRST)
    parsed = import_module("re._parser").parse(pattern)
    code = compiler._code(parsed, 0)  # numbers, of which operators are known by themselves alone
    assert not any(word is compiler.POSSESSIVE_REPEAT for word in code)
    found = re.match(pattern, text)
    assert found
    assert found[0] == meant


def test_later_pythons_are_left_alone(compiler: Any) -> None:
    before = compiler._compile
    possessive.mend(possessive.RIGHT_FROM)
    assert compiler._compile is before


@pytest.mark.parametrize("python", sorted({sys.executable, "/usr/bin/python3"}), ids=lambda path: Path(path).parts[1])
def test_every_python_here_reads_patterns_of_ours_aright(python: str) -> None:
    """Whatever Python the machine has beside that of the tests; one that is older than what we need tells nothing."""
    told = f"import re, sys; sys.version_info < (3, 11) and sys.exit(); import crawler; told = {MEANT!r}"
    check = f"{told}; print([p for p, text, meant in told if re.match(p, text)[0] != meant])"
    done = subprocess.run(
        [python, "-c", check], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip() or "[]", done.stderr) == ("[]", "")
