"""Possessive groups as they are meant, on Python 3.11.0 to 3.11.4, whose `re` matches them wrongly.

There the last round of ``(?:…)*+``, the one that fails, keeps what it had passed when it failed (gh-100061): a
comment's ``--`` is eaten, and its end not found. ``X*+`` is by definition ``(?>X*)``, which they match aright.
"""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Final

RIGHT_FROM: Final = (3, 11, 5)
_Compile = Callable[[list[int], Any, int], None]


def mend(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Have `re` compile possessive groups as atomic ones from here on, where the ``version`` of Python needs it."""
    compiler: Any = import_module("re._compiler")
    if version < RIGHT_FROM:
        compiler._compile = as_atomic(compiler._compile)  # noqa: SLF001 - nothing changes in versions that are out


def as_atomic(compile_parsed: _Compile) -> _Compile:
    """What compiles a parsed pattern, of which possessive groups are atomic ones."""
    parser: Any = import_module("re._parser")
    simple = import_module("re._compiler")._simple  # noqa: SLF001

    def compiled(code: list[int], pattern: Iterable[tuple[Any, Any]], flags: int) -> None:
        parts = [
            (parser.ATOMIC_GROUP, [(parser.MAX_REPEAT, told)])
            if operator is parser.POSSESSIVE_REPEAT and not simple(told[2])
            else (operator, told)
            for operator, told in pattern
        ]
        compile_parsed(code, parts, flags)

    return compiled
