"""The site's pages: what they show, and that a real Jekyll builds the same from the same posts (where one is installed)."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from demo.asking import hrefs
from world import Client, Site, generated_site, sample_site

from crawler.demo import pages as rendered
from crawler.demo.sample import SEED_CODE

FINEWS = "http://finews.withounder.com"
SOURCE = Path(__file__).parent / "jekyll"


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


@pytest.mark.long
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="no Jekyll to compare with")
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


def test_home_shows_five_of_each_tag_and_no_lists(client: Client):
    page = client.get(FINEWS + "/").text
    assert page.count("<h1") == 2
    assert "/category/" not in page
    for section in page.split("<h2 id=")[1:]:
        assert 1 <= len(hrefs(section)) <= 5


def test_lists_are_newest_first(client: Client):
    paths = hrefs(client.get(FINEWS + "/emnews/").text)
    assert len(paths) == 10
    assert paths == sorted(paths, reverse=True)


def test_post_page(client: Client):
    article = client.world.site.change(SEED_CODE, title="甲 & <b>乙</b>")
    page = client.get(FINEWS + article.path).text
    section = page[page.index("<section>") : page.index("</section>")]
    assert "<h1>甲 & <b>乙</b></h1>" in section
    assert "(GMT+8, Asia/Shanghai, CST) 2022-01-14 13:02:46</small>" in section
    assert "<small>tags: <em>人民邮电报新闻</em></small>" in section
    assert (
        f'infoCode={SEED_CODE}">http://finews.zning.xyz/html_News/NewsShare.html?infoCode={SEED_CODE}</a></p>'
        in section
    )
    assert '"article:published_time" content="2022-01-14T13:02:46+08:00"' in page
    assert page.count("认真学习贯彻") == 4, "body, description, og:description, JSON-LD"


def test_a_blank_in_the_category_splits_path_and_tags(client: Client):
    article = client.world.site.article("NW202201122245570640")
    assert article.path == "/21shijijingjibaodao/nancailicaitong/2022/01/12/NW202201122245570640.html"
    assert "<em>21世纪经济报道</em> - <em>南财理财通新闻</em>" in client.get(FINEWS + article.path).text
    assert hrefs(client.get(FINEWS + article.list_path.replace(" ", "%20")).text) == []


def test_feed_has_the_newest_ten(client: Client):
    assert client.get(FINEWS + "/feed.xml").text.count("<entry>") == 10
