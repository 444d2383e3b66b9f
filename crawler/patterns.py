"""Patterns that are compiled when they are first used: a command needs few of the hundreds that there are."""

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """In place of a `re.Pattern`; what is asked of it becomes an attribute of its own, as fast as that one's."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags
        self._compiled: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern, compiled as late as it is needed: what is wrong with it is raised then (re.error)."""
    return cast("re.Pattern[AnyStr]", _Pattern(pattern, flags))
