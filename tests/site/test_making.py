"""A whole site: where it may stand, what it publishes, and what a second run does."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from random_posts import EMNEWS, MEDIA

from crawler.items import Post
from crawler.post_format import file_name, render
from crawler.site import making
from crawler.site.entries import entry_of, read
from crawler.site.making import MadeSite, feed, make

PICTURE = "assets/kline/1.600050/2022-01-14.svg"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    made = tmp_path / "output"
    for post in (MEDIA, EMNEWS, replace(MEDIA, code="NW202201142248170579", title="x\u202ey")):
        (made / "_posts").mkdir(parents=True, exist_ok=True)
        (made / "_posts" / file_name(post)).write_bytes(render(post))
    for name in ("state/ledger.sqlite", "reports/x.json", PICTURE, "assets/kline/notes.txt"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("x")
    return made


def made(output: Path, root: Path, *, own_links: bool = True, search: bool = False) -> MadeSite:
    return make(output, root, own_links=own_links, search=search)


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def config(root: Path) -> dict[str, object]:
    read: dict[str, object] = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    return read


def test_a_site_has_postslists_and_layouts(output: Path, tmp_path: Path) -> None:
    site = made(output, tmp_path / "site")
    assert site.numbers == {"posts": 3, "category": 2, "security": 0, "day": 1, "left out": 0}
    assert set(files(tmp_path / "site")) == {
        ".finews-site.json", "404.html", "_config.yml", "_data/names.json", "_data/posts.json", "_layouts/default.html",
        "_layouts/post.html", "_plugins/each_file_once.rb", "lists/archive/2022-01-14.html", "lists/archive/index.html", "lists/emnews/index.html",
        "lists/category/renminyoudianbao.html", "lists/securities/index.html", "assets/site.css", "feed.xml", "index.html",
        PICTURE, *(f"_posts/{file.name}" for file in (output / "_posts").iterdir()),
    }  # fmt: skip
    assert config(tmp_path / "site")["timezone"] == "Asia/Shanghai"


def test_a_second_run_touches_nothing(output: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    made(output, root)
    before = {path: path.stat().st_mtime_ns for path in [*root.rglob("*"), *output.rglob("*")]}
    assert made(output, root).done == (0, 0, [])
    assert {path: path.stat().st_mtime_ns for path in [*root.rglob("*"), *output.rglob("*")]} == before


def test_a_post_that_is_gone_goes_with_itslists(output: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    made(output, root)
    (output / "_posts" / file_name(EMNEWS)).unlink()
    assert made(output, root).numbers["posts"] == 2
    assert not (root / "_posts" / file_name(EMNEWS)).exists()


def test_the_output_folder_may_be_the_site(output: Path) -> None:
    before = files(output)
    made(output, output)
    assert {name: data for name, data in files(output).items() if name in before} == before
    assert {"state", "reports", "quarantine", "archive", "category", "versions"} <= set(config(output)["exclude"])  # type: ignore[arg-type]
    broken = output / "_posts" / file_name(MEDIA)
    broken.write_text("no post any more")
    assert made(output, output).faults
    assert broken.exists()


def test_a_site_round_the_output_folder_does_not_publish_it(output: Path, tmp_path: Path) -> None:
    made(output, tmp_path)
    assert "output" in config(tmp_path)["exclude"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "place", ["_posts", "_posts/site", "link/site", "state/x", "quarantine", "reports/a/b", "assets/kline"]
)
def test_a_site_inside_what_is_written_is_refused(output: Path, place: str) -> None:
    (output / "link").symlink_to(output / "_posts")
    before = files(output)
    with pytest.raises(ValueError, match="lies in"):
        made(output, output / place)
    assert files(output) == before


def test_without_posts_or_with_a_file_in_its_place_there_is_none(output: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OSError, match="loop"):
        made(output, tmp_path / "loop" / "x")
    with pytest.raises(ValueError, match="no folder"):
        made(output, tmp_path / "file")
    with pytest.raises(ValueError, match="there are no posts in"):
        made(tmp_path / "nowhere", tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_posts_that_no_site_can_show_are_left_out(output: Path, tmp_path: Path) -> None:
    (output / "_posts" / "2022-01-14-x.md").write_text("no post")
    (output / "_posts" / "2022-01-14-y.md").mkdir()
    (output / "_posts" / "2022-01-14-z.md").symlink_to(output / "nowhere")
    site = made(output, tmp_path / "site")
    assert site.faults == [
        ("2022-01-14-x.md", "no front matter"),
        ("2022-01-14-y.md", "cannot be read: Is a directory"),
    ]
    assert site.numbers["posts"] == 3
    assert not (tmp_path / "site" / "_posts" / "2022-01-14-x.md").exists()


def test_a_post_that_a_run_moves_meanwhile_costs_nothing_else(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(folder: Path) -> object:
        entries = read(folder)
        (folder / file_name(EMNEWS)).unlink()
        return entries

    with monkeypatch.context() as patch:
        patch.setattr(making, "read", moved)
        made(output, tmp_path / "site")
    assert len(list((tmp_path / "site" / "_posts").iterdir())) == 2
    assert made(output, tmp_path / "site").numbers["posts"] == 2


def test_links_may_stay_the_sources(output: Path, tmp_path: Path) -> None:
    post = replace(MEDIA, body='<p><a href="http://finance.eastmoney.com/a/202201142248170579.html">x</a></p>')
    (output / "_posts" / file_name(post)).write_bytes(render(post))
    made(output, tmp_path / "own")
    made(output, tmp_path / "source", own_links=False)
    assert config(tmp_path / "own")["own_links"] is True
    assert config(tmp_path / "source")["own_links"] is False
    assert b'"links"' in files(tmp_path / "own")["_data/posts.json"]
    assert b'"links"' not in files(tmp_path / "source")["_data/posts.json"]


def test_search_is_there_where_pagefind_is(output: Path, tmp_path: Path) -> None:
    made(output, tmp_path / "site", search=True)
    assert {"search.html", "assets/search.js"} <= set(files(tmp_path / "site"))
    assert config(tmp_path / "site")["search"] is True


ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://news.example/base/"


def built(*posts: Post) -> ET.Element:
    """The feed of the posts, once Jekyll has filled in where the site stands."""
    pairs = [(entry_of(file_name(post), render(post)), post) for post in posts]
    source = feed(pairs)
    head, _, text = source.partition("---\n<?xml")
    assert head == "---\nlayout: null\n"
    text = text.replace("{{ site.url }}{{ site.baseurl }}/", HOME).replace("{{ site.title | escape }}", "题")
    assert "{{" not in text
    assert "{%" not in text
    return ET.fromstring(f"<?xml{text}")


def text(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_an_entry_is_the_post_with_its_whole_text() -> None:
    root = built(MEDIA, replace(EMNEWS, digest="甲 &lt;b&gt; 乙"))
    assert text(root, "title") == "题"
    assert text(root, "updated") == "2022-01-14T13:02:46+08:00"
    media, item = root.findall(f"{ATOM}entry")
    address = f"{HOME}renminyoudianbao/2022/01/14/{MEDIA.code}.html"
    assert (text(media, "title"), text(media, "published")) == (MEDIA.title, "2022-01-14T13:02:46+08:00")
    assert text(media, "id") == f"tag:finews.withounder.com,2022-01-14:{MEDIA.code}"
    assert media.findtext(f"{ATOM}author/{ATOM}name") == "人民邮电报"
    link, content = media.find(f"{ATOM}link"), media.find(f"{ATOM}content")
    assert link is not None
    assert content is not None
    assert link.get("href") == address
    assert content.get("{http://www.w3.org/XML/1998/namespace}base") == address
    assert (content.get("type"), content.text) == ("html", MEDIA.body)
    assert text(item, "content") == f"<blockquote>甲 &lt;b&gt; 乙</blockquote>{EMNEWS.body}"


@pytest.mark.parametrize(
    ("changed", "name", "said"),
    [
        ({"title": "A &amp; B &lt;b&gt; {{ x }}"}, "title", "A & B <b> {{ x }}"),
        ({"body": "<p>{ {x}}]]>&#123;{</p>"}, "content", "<p>{ {x}}]]>&#123;{</p>"),
        ({"body": "<p>甲\x0b乙\ufffe</p>"}, "content", "<p>甲乙</p>"),
        ({"body": "<p>\U0001f600\t</p>"}, "content", "<p>\U0001f600\t</p>"),
    ],
)
def test_any_text_is_nothing_but_text(changed: dict[str, str], name: str, said: str) -> None:
    (entry,) = built(replace(MEDIA, **changed)).findall(f"{ATOM}entry")  # type: ignore[arg-type]
    assert text(entry, name) == said


def test_of_no_posts_there_is_a_feed_too() -> None:
    root = built()
    assert root.findall(f"{ATOM}entry") == []
    assert text(root, "updated") == "1970-01-01T08:00:00+08:00"
