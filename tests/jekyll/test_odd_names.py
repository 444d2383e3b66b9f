"""Names of media that are hard on Jekyll: whatever becomes of their own posts, the site of all others is built."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jekyll.jekyll_build import build
from jekyll.post_case import Case, post, write

pytestmark = pytest.mark.timeout(300)

HARD = ("12:30", ":sym", "x&y", "&amp;")
ODD = (
    "*x*y", "..a", "a..b", "~x~", "#x", "_x", "x~", ".x", "x?y", "100%25", "%2e", "[x]", "a]b", "(x", "x)", "x\\", "^x", "x'y", '"', "$$x$$",
    "!", "\u3000x", " x ", "x" * 120, "index", "é", "a,b c", "-", "a\u00a0b", "a:b", "@x", "../x", "..", "<b>", "{{x}}", "x](y",
)  # fmt: skip


@pytest.mark.parametrize("names", [HARD, ODD], ids=["hard", "others"])
def test_no_name_spoils_the_site(tmp_path: Path, names: tuple[str, ...]):
    """A post of such a medium is refused, or built into a page and a well-formed feed."""
    cases = [Case(f"odd: {name}", post(n, "标题", "<p>正文</p>", name, f"{name}新闻")) for n, name in enumerate(names)]
    written, refused = write(cases, tmp_path / "output")
    site = build(tmp_path, tmp_path / "output")
    assert len(written) + len(refused) == len(names)
    pages = {file.stem for file in site.rglob("*.html")}
    assert not [made.case.name for made in written if made.post.code not in pages]
    ET.parse(site / "feed.xml")
