"""Which rules posts are made with: when they change, known posts are made anew."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from crawler.assemble.stages import Settings, settings_fingerprint
from crawler.patterns import compiled

CORE: Final = (
    "items", "markup", "regular_markup", "post_format", "footer", "sites", "origins", "columns", "printable", "urls",
    "times", "characters", "pages", "body", "kline", "assemble",
)  # fmt: skip
"""Modules and packages that decide what becomes of pages."""


_LONG = rb'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
_STRING = _LONG + rb'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|\'[^\'\\\n]*+(?:\\.[^\'\\\n]*+)*+\''
_LINES = compiled(
    rb"^(?=([ \t]*+\"\"))[ \t]*+%b[ \t]*+$|((?:[^\"'#\n]++|%b)++)|#[^\n]*+" % (_LONG, _STRING), re.DOTALL | re.MULTILINE
)
"""A docstring, with what stands in its place; what a line, or a text of several, says; a comment."""


def made_with(settings: Settings) -> str:
    """What posts depend on beside their pages, in one line: the rules of this version, and the settings."""
    return f"rules={of_source()} {settings_fingerprint(settings)}"


def of_source(names: Iterable[str] = CORE) -> str:
    """The fingerprint of what the source of these means, so that nobody has to think of it: some milliseconds."""
    return hashlib.sha256(b"".join(map(of_part, names))).hexdigest()[:16]


@cache
def of_part(name: str) -> bytes:
    """What the source of a module or package means, as a digest."""
    top, found = files("crawler"), hashlib.sha256()
    folder = top / name
    for source in _sources(folder) if folder.is_dir() else [top / f"{name}.py"]:
        found.update(meaning(source.read_bytes()) + b"\n")
    return found.digest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    """The modules below a folder, which may be one of an archive, in their order."""
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from _sources(one)
        elif one.name.endswith(".py"):
            yield one


def meaning(source: bytes) -> bytes:
    """Python source without comments, empty lines and the words of docstrings; as fast as no parser is."""
    return b"\n".join([line for doc, code in _LINES.findall(source) if (line := doc or code.rstrip())])
