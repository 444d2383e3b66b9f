"""The pages are those that a real Jekyll builds from the same posts, byte for byte (where a Jekyll is installed)."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from world import Site, generated_site, sample_site

from crawler.demo import pages as rendered

SOURCE = Path(__file__).parent / "jekyll"

pytestmark = pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll to compare with")


def build(site: Site, root: Path) -> Path:
    """Let Jekyll build the site's posts and list page stubs; returns the folder of pages."""
    shutil.copytree(SOURCE, root, dirs_exist_ok=True)
    for folder in ("_posts", "category", "emnews"):
        (root / folder).mkdir()
    for name, data in site.posts().items():
        (root / "_posts" / name).write_bytes(data)
    for slug, title in site.list_titles.items():
        stub = root / "emnews/index.md" if slug == "emnews" else root / "category" / f"{slug}.md"
        stub.write_text(f"---\nlayout: category\ntitle: {title}\ncategory: {slug}\n---", "utf-8")
    env = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["jekyll", "build"], cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root / "_site"


@pytest.mark.parametrize("make", [sample_site, lambda: generated_site(200, 9)], ids=["sample", "generated"])
def test_pages_are_jekylls(tmp_path: Path, make):
    site: Site = make()
    built = build(site, tmp_path)
    for article in site:
        assert rendered.post(article).encode() == (built / unquote(article.path)[1:]).read_bytes(), article.code
    assert rendered.home(site).encode() == (built / "index.html").read_bytes()
    for slug, title in site.list_titles.items():
        path, file = f"/category/{slug}.html", f"category/{slug}.html"
        if slug == "emnews":
            path, file = "/emnews/", "emnews/index.html"
        assert rendered.listing(path, site.in_category(slug), title).encode() == (built / file).read_bytes()
    # The feed tells when it was built: all else is the same.
    feeds = (rendered.feed(site), (built / "feed.xml").read_bytes().decode())
    mine, real = (re.sub(r"<updated>[^<]*</updated><id>[^<]*feed", "", feed, count=1) for feed in feeds)
    assert mine == real
