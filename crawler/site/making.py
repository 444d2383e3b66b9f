"""A whole site: which files it has, and where it may be put."""

import html
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from crawler import sites
from crawler.body.safety.characters import ILLEGAL
from crawler.data.forms import atom
from crawler.items import Post
from crawler.kline.paths import FOLDER as PICTURES
from crawler.kline.paths import is_local
from crawler.site.entries import SitePost, leads_to, read
from crawler.site.folder import Done, Folder
from crawler.site.list_pages import List, iso, lists, pages, text
from crawler.store.on_disk import parsed
from crawler.store.places import OLD, POSTS, posts_of

LENGTH = 20
_HOME = "{{ site.url }}{{ site.baseurl }}/"
"""Jekyll knows where the site stands."""


def feed(newest: Sequence[tuple[SitePost, Post]]) -> str:
    """The feed as Jekyll reads it: the addresses alone are its to complete."""
    updated = iso(newest[0][0].time if newest else "1970-01-01 08:00:00")
    itself = f'<link rel="self" type="application/atom+xml" href="{_HOME}feed.xml"/>'
    home = f'<link rel="alternate" type="text/html" href="{_HOME}"/>'
    entries = (_entry(entry, post) for entry, post in newest)
    return "---\nlayout: null\n---\n" + atom.feed("{{ site.title | escape }}", "posts", updated, itself, home, *entries)


def _entry(entry: SitePost, post: Post) -> str:
    digest = f"<blockquote>{html.escape(html.unescape(post.digest))}</blockquote>" if post.digest else ""
    title, slug, medium = text(entry.title or entry.slug), text(entry.slug), text(sites.medium_of(entry.tag))
    address, content = _HOME + html.escape(entry.path), text(ILLEGAL.sub("", digest + post.body))
    return atom.entry(title, slug, iso(entry.time), iso(entry.time), medium, address, content)


NOT_PUBLISHED = ("state", "reports", "quarantine", "archive", "category", OLD, "versions", "INVENTED.txt")
"""What else lies in an output folder; the stubs of category pages are for other layouts than these."""
_FILES = Path(__file__).parent / "files"


def pagefind() -> str:
    """The command that runs Pagefind, "" where it is not installed."""
    if shutil.which("pagefind"):
        return "pagefind"
    return f"{sys.executable} -m pagefind" if find_spec("pagefind") else ""


class MadeSite(NamedTuple):
    """What a site holds, and what became of its folder."""

    numbers: dict[str, int]
    faults: list[tuple[str, str]]
    """(file, reason) of posts that it cannot show, and does without."""
    done: Done


def make(output: Path, root: Path, *, own_links: bool, search: bool) -> MadeSite:
    """Make the site of the posts in an output folder, or bring it up to date.

    ``own_links``: whether links to the source site lead to pages of this one; ``search``: whether Pagefind is there.
    Raises ValueError for a folder that no site can be in, OSError.
    """
    _check(output, root)
    entries, faults = read(output / POSTS)
    known = lists(entries)
    made = dict(_generated(output, entries, known, own_links))
    made |= dict(_templates(output, root, own_links, search))
    stored = (path.relative_to(output).as_posix() for path in sorted((output / PICTURES).rglob("*.*")))
    linked = [*(f"{POSTS}/{entry.place}" for entry in entries), *filter(is_local, stored)]
    numbers = {"posts": len(entries), **{kind: len(some) for kind, some in known.items()}, "left out": len(faults)}
    return MadeSite(numbers, faults, Folder(root, output).fill(made, linked))


def _check(output: Path, root: Path) -> None:
    posts_of(output)
    if root.exists() and not root.is_dir():
        raise ValueError(f"{root} is no folder")
    for name in (POSTS, "assets", *NOT_PUBLISHED):
        if _real(root).is_relative_to(_real(output / name)):
            raise ValueError(f"{root} lies in {output / name}: a site stands beside it, or around it")


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _generated(
    output: Path, entries: Sequence[SitePost], known: dict[str, list[List]], own_links: bool
) -> Iterator[tuple[str, bytes]]:
    """The pages of lists, the feed, and what the layout of posts is to know of single ones."""
    addresses = set()
    for address, markup in pages(entries, known):
        addresses |= {address, address.removesuffix("index.html")}
        yield address if address == "index.html" else f"lists/{address}", markup.encode()
    files = {entry.file: output / POSTS / entry.place for entry in entries[:LENGTH]}
    newest = {file.name: post for post, file in parsed(files.values())}
    yield "feed.xml", feed([(entry, newest[entry.file]) for entry in entries if entry.file in newest]).encode()
    posts = {sites.digits(entry.slug): unquote(entry.path) for entry in entries}
    ours = addresses | set(posts.values()) | {"feed.xml"}
    rows = {}
    for entry in sorted(entries, key=lambda entry: entry.file):
        row: dict[str, Any] = {"title": text(entry.title), "tag": text(entry.tag)} if entry.is_odd else {}
        row |= {} if entry.has_zone else {"time": entry.time[:16], "iso": iso(entry.time)}
        links = leads_to(entry, ours, posts) if own_links else ()
        row |= {"links": [[html.escape(one, quote=False), html.escape(to)] for one, to in links]}
        row |= {"securities": [mention.symbol for mention in entry.mentions]}
        if row := {key: value for key, value in row.items() if value}:
            rows[entry.slug] = row
    yield "_data/posts.json", _json(rows)
    yield "_data/names.json", _json({one.title: text(one.names[0]) for one in known["security"] if one.names})


def _json(rows: Mapping[str, object]) -> bytes:
    """An object, a key a line."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items())
    return ("{" + ",\n".join(lines) + "}\n").encode()


def _templates(output: Path, root: Path, own_links: bool, search: bool) -> Iterator[tuple[str, bytes]]:
    """Layouts and style as they lie in the package, and the configuration."""
    for path in sorted(_FILES.rglob("*.*")):
        name = path.relative_to(_FILES).as_posix()
        if name != "_config.yml" and (search or path.stem != "search"):
            yield name, path.read_bytes()
    hidden = [*NOT_PUBLISHED]
    if _real(root) in _real(output).parents:
        hidden.append(_real(output).relative_to(_real(root)).as_posix())
    config = (_FILES / "_config.yml").read_text("utf-8")
    config += f"own_links: {json.dumps(own_links)}\nsearch: {json.dumps(search)}\nexclude: {json.dumps(hidden)}\n"
    yield "_config.yml", config.encode()
