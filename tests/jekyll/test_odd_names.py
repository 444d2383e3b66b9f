"""Names of media that are hard on Jekyll: whatever becomes of their own posts, the site of all others is built."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jekyll.built_page import BuiltPage, parse, report
from jekyll.hostile_posts import NAMES, TITLES
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


HANDLERS = {"tabindex", "autofocus", "style"}


def test_no_name_makes_an_element_or_an_attribute(tmp_path: Path):
    """Home and list pages print tags raw, in text and in an attribute; posts print them as the text of a link."""
    rows = [*NAMES, *TITLES]
    cases = [Case(f"name: {name}", post(n, name, "<p>正文</p>", f"c{n}", f"{name}新闻")) for n, name in enumerate(rows)]
    named = [Case(f"slug: {name}", post(500 + n, "题", "<p>正文</p>", f"c{name}")) for n, name in enumerate(rows)]
    written, _ = write([*cases, *named], tmp_path / "output")
    assert len([made for made in written if made.case.sort == "name"]) > len(NAMES) - 6
    site = build(tmp_path, tmp_path / "output")
    files = {file.stem: file for file in site.rglob("*.html")}
    wrong = []
    for file in (site / "index.html", *(site / "category").rglob("*.html"), *(files[w.post.code] for w in written)):
        for element in parse(file).body.iter():
            here = set(element.attrib) if isinstance(element.tag, str) else set()
            if element.tag == "script" or here & HANDLERS or any(name.startswith("on") for name in here):
                wrong.append((file.name, "dangerous", element.tag, element.attrib))
            if element.tag == "h2" and list(element.attrib) != ["id"]:
                wrong.append((file.name, "broke out of its place", element.tag, element.attrib))
    assert not wrong, report(wrong)
    pages = [BuiltPage(made, files[made.post.code]) for made in written if made.case.sort == "name"]
    footers = [(page.written.case.name, faults) for page in pages if (faults := page.footer_faults())]
    assert not footers, report(footers)
