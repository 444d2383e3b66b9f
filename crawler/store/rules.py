"""Which rules posts are made with: when they change, known posts are made anew."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from crawler.assemble.stages import Settings, settings_fingerprint

CORE: Final = (
    "items", "markup", "regular_markup", "post_format", "footer", "sites", "origins", "printable", "urls", "times",
    "pages", "body", "kline", "assemble",
)  # fmt: skip
"""Modules and packages that decide what becomes of pages."""


def made_with(settings: Settings) -> str:
    """What posts depend on beside their pages, in one line: the rules of this version, and the settings."""
    return f"rules={_rules()} {settings_fingerprint(settings)}"


@cache
def _rules() -> str:
    """A digest of the core's source, so that nobody has to think of it: some milliseconds, once a run."""
    top, digest = Path(__file__).parent.parent, hashlib.sha256()
    for name in CORE:
        for path in sorted((top / name).rglob("*.py")) or [top / f"{name}.py"]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
