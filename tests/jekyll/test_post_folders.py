"""Posts in folders of months, built by a real Jekyll: the same pages at the same addresses as those of one folder."""

import re
import shutil
from pathlib import Path

import pytest
from jekyll.invented_posts import made
from jekyll.jekyll_build import build, jekyll, program
from jekyll.post_case import Case, post, write

from crawler.site.making import make
from crawler.store.places import MONTH, arrange, listed, place

pytestmark = pytest.mark.timeout(300)

DATED = re.compile(rb"<(updated|generator|lastBuildDate|pubDate)\b[^<]*<")
"""What the feed says of the build itself."""


def pages(built: Path) -> dict[str, bytes]:
    files = (file for file in sorted(built.rglob("*")) if file.is_file())
    return {file.relative_to(built).as_posix(): DATED.sub(b"", file.read_bytes()) for file in files}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same posts in one folder, in folders of months, and in both."""
    program("jekyll")
    folder = tmp_path_factory.mktemp("outputs")
    far = [Case(f"far: {number}", post(7000 + 9000 * number, f"题{number}", "<p>正文</p>")) for number in range(12)]
    written, _ = write([*made(30), *far], folder / "one")
    names = sorted(listed(folder / "one/_posts"))
    assert (len(names), len({name[:7] for name in names}) > 2) == (len(written), True)
    for name in ("month", "both"):
        shutil.copytree(folder / "one", folder / name)
        assert arrange(folder / name / "_posts", MONTH) == (len(names), [])
    for name in names[::2]:
        place(folder / "both/_posts", name).rename(folder / "both/_posts" / name)
    return {name: folder / name for name in ("one", "month", "both")}


@pytest.mark.long
@pytest.mark.parametrize("made_site", [False, True], ids=["the source's layouts", "the layouts of `site`"])
def test_jekyll_builds_the_same_pages(made_site: bool, outputs: dict[str, Path], tmp_path: Path) -> None:
    built = {}
    for name, output in outputs.items():
        top = tmp_path / name
        top.mkdir()
        if made_site:
            site = make(output, top / "source", own_links=True, search=False)
            assert (site.faults, site.done.kept) == ([], [])
            jekyll(top / "source", top / "built")
            built[name] = pages(top / "built")
        else:
            built[name] = pages(build(top, output))
    assert sum("/202" in page and page.endswith(".html") for page in built["one"]) >= 40
    assert built["month"] == built["one"]
    assert built["both"].keys() == built["one"].keys()
    assert {p for p in built["one"] if "/202" in p and built["both"][p] != built["one"][p]} == set()


def test_a_site_that_was_made_follows_posts_that_are_moved(outputs: dict[str, Path], tmp_path: Path) -> None:
    """Round the output or beside it: of no post there are two, and what lies elsewhere by now is gone."""
    for root in (tmp_path / "copy", tmp_path / "beside"):
        output = shutil.copytree(outputs["one"], tmp_path / "copy", dirs_exist_ok=True)
        make(output, root, own_links=True, search=False)
        number, _ = arrange(output / "_posts", MONTH)
        site = make(output, root, own_links=True, search=False)
        assert (site.faults, site.done.kept, site.numbers["posts"]) == ([], [], number)
        found = [path.relative_to(root / "_posts").as_posix() for path in (root / "_posts").rglob("*.md")]
        assert sorted(found) == sorted(f"{n[:4]}/{n[5:7]}/{n}" for n in listed(output / "_posts"))
        assert make(output, root, own_links=True, search=False).done[:2] == (0, 0)
        shutil.rmtree(output)
