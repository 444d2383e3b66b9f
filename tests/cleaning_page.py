"""docs/cleaning.md, as the rules of cleaning tell of themselves: `python tests/cleaning_page.py` writes it."""

import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from crawler.body.profile import profile  # noqa: E402 - from this very tree
from crawler.body.register import RULES  # noqa: E402

PAGE = ROOT / "docs" / "cleaning.md"
_SHORT = 90
_TOP = """# What cleaning takes out of bodies

An article's markup stays as it came, but for what the rules below change, each in a few signs. `FINEWS_CLEANING=standard` carries out all of
them, `source` those that have a mark there: what the source site did itself, and what Jekyll needs to show the article.
`FINEWS_CLEANING_ADD` and `FINEWS_CLEANING_REMOVE` take names of rules, separated by commas; `finews report` says how often each did something.
Whatever the profile, what would run in a browser, in Liquid or in kramdown goes ([security.md](security.md)). This page is made of the rules
themselves, in the order in which they run; how to add one says [adding.md](adding.md).

```sh
finews reprocess saved/ -s FINEWS_CLEANING=source -s FINEWS_CLEANING_ADD=tracking,promotion -s FINEWS_OUTPUT_DIR=output/cleaned
```

| rule | `source` | does | of this | becomes |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    source = profile("source").rules
    rows = []
    for name, rule in RULES.items():
        before, after = min(rule.examples, key=lambda pair: len(pair[0]) + len(pair[1]))
        cells = [f"`{name}`", "✓" * (name in source), _cell(rule.does), _code(before), _code(after)]
        rows.append(f"| {' | '.join(cells)} |")
    return _TOP + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return escape(text, quote=False).replace("|", "\\|")


def _code(text: str) -> str:
    shown = text if len(text) <= _SHORT else text[:_SHORT] + "…"
    shown = shown.replace("\u3000", "U+3000").replace("\r", "").replace("\n", "⏎").replace("|", "\\|")
    return f"`` {shown} ``" if shown else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
