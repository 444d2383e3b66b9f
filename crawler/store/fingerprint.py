"""Which rules posts are made with: when they change, known posts are made anew."""

import hashlib
import re
from collections.abc import Iterator
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
_NOTHING = rb"(?:[ \t]*+(?:#[^\n]*+)?\n)++"
_PIECES = rb"^(?P<blanks>[ \t]*+)%b(?=[ \t]*$)|(?P<string>%b)|%b" % (_LONG, _STRING, _NOTHING)
_SOURCE = compiled(rb"(?=[\"'# \t\n])(?:%b)" % _PIECES, re.DOTALL | re.MULTILINE)


def made_with(settings: Settings) -> str:
    """What posts depend on beside their pages, in one line: the rules of this version, and the settings."""
    return f"rules={of_source()} {settings_fingerprint(settings)}"


@cache
def of_source(names: tuple[str, ...] = CORE) -> str:
    """The fingerprint of what the source of these means, so that nobody has to think of it: some milliseconds."""
    top, found = files("crawler"), hashlib.sha256()
    for name in names:
        folder = top / name
        for source in _sources(folder) if folder.is_dir() else [top / f"{name}.py"]:
            found.update(meaning(source.read_bytes()))
    return found.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    """The modules below a folder, which may be one of an archive, in their order."""
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from _sources(one)
        elif one.name.endswith(".py"):
            yield one


def meaning(source: bytes) -> bytes:
    """Python source without comments, empty lines and the words of docstrings; as fast as no parser is."""

    def shortened(found: re.Match[bytes]) -> bytes:
        blanks: bytes | None = found["blanks"]
        return found["string"] or (b"\n" if blanks is None else blanks + b'""')

    return _SOURCE.sub(shortened, source).strip()
