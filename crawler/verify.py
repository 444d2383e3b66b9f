"""Checks on posts as they lie on disk."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler import body, footer, kline, post_format
from crawler.archive.model import reason_of
from crawler.assemble.fault import fault, stub_fault, unsafe_text
from crawler.assemble.outcome import Assembled, of_post
from crawler.assemble.sift import text_fault
from crawler.exits import RunError
from crawler.items import Post
from crawler.kline.paths import BadPath, stored_path
from crawler.markup import attribute, tokens
from crawler.patterns import compiled
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore
from crawler.store.engine import UnusableLedger
from crawler.store.ledger import ledger_to_read, set_aside
from crawler.store.ledger_url import sqlite_file
from crawler.store.lock import locked
from crawler.store.looking import contents, files_of, is_file, is_there
from crawler.store.on_disk import compare, compare_beside, parsed
from crawler.store.places import OLD, POSTS, home, is_text, listed, place, strays
from crawler.store.run import Run
from crawler.store.versions import BadVersion, Versions, read
from crawler.time_limit import time_limit

_LINK = compiled(r"^<(?:https?:)?//[^<>\s]*>(?=\r?$)", re.MULTILINE)
"""The line of a post that links to the article."""


def verify(paths: Iterable[Path], edited: Collection[Path] = ()) -> tuple[int, list[tuple[Path, str]]]:
    """How many posts lie at the paths, and (path, reason) for everything that is wrong with one.

    Those ``edited`` by hand need no more than be safe.
    """
    checked, faults = 0, []
    first: dict[tuple[Path, str], Path] = {}
    for path in paths:
        for file in _posts_in(path.rglob("*.md")) if path.is_dir() else [path]:
            reasons = _checked(check_edited if file in edited else check_post, file)
            if reasons and not os.path.lexists(file):  # a run has moved it
                continue
            checked += 1
            faults += [(file, reason) for reason in reasons]
            name = post_format.FILE_NAME.fullmatch(file.name)
            if name and (same := first.setdefault((_home(file), name["code"]), file)) != file:
                faults.append((file, f"the same article as {same.name if same.parent == file.parent else same}"))
    return checked, faults


def _home(file: Path) -> Path:
    """The posts' folder that a post belongs to, be it among the old ones."""
    folder = home(file)
    return folder.with_name(POSTS) if folder.name == OLD else folder


def _posts_in(files: Iterable[Path]) -> list[Path]:
    """Those of the files that may be posts: editors and file systems keep notes of theirs under hidden names."""
    return sorted(file for file in files if not file.name.startswith("."))


def _checked(check: Callable[[Path], Iterator[str]], path: Path) -> list[str]:
    """What is wrong with the post in the file, whatever it is that it does to who reads it."""
    try:
        with time_limit(post_format.FormatError):
            return list(check(path))
    except Exception as error:  # noqa: BLE001 - one post of many must not end the check of the others; it is told
        return [f"cannot be checked: {reason_of(error)}"]


def check_post(path: Path) -> Iterator[str]:
    """What is wrong with the post in the file."""
    if not is_text(path.name):
        yield "its name is not UTF-8: no run looks at it"
    try:
        data = contents(path)
        post = post_format.parse(data, path.name)
    except OSError as error:
        yield f"cannot be read: {error.strerror}"
        return
    except post_format.FormatError as error:
        yield f"does not parse: {error}"
        return
    if post_format.render(post) != data:
        yield "is not in the current format: it renders to other bytes (reprocess it)"
    if post_format.file_name(post) != path.name:
        yield f"its name should be {post_format.file_name(post)}"
    yield from _content(post)
    yield from _pictures(post, home(path).parent)


def check_edited(path: Path) -> Iterator[str]:
    """Whether the post in the file, which somebody edited, is safe still: nothing else is ours to judge."""
    text = contents(path).decode("utf-8", "replace")
    post = None
    for post, _ in parsed([path]):
        text = _LINK.sub("", post.body.replace(footer.line(post.category, post.tag), ""))
    if post is None:
        yield "edited by hand, and no post any more"
    if not body.is_safe(text):
        yield "edited by hand, and not safe to publish"


def check_stubs(folder: Path) -> list[tuple[Path, str]]:
    """(path, reason) for every stub in the folder, of a category's list page, that is not safe to publish."""
    files = files_of(folder, ".html")
    return [(file, reason) for file in files for reason in _checked(_check_stub, file)]


def check_versions(output: Path) -> list[tuple[Path, str]]:
    """(path, reason) for every file of an earlier post that does not hold one."""
    days = files_of(Versions(output).folder)
    files = [path for day in days for path in (files_of(day) or [day]) if is_file(path)]
    return [(file, reason) for file in files for reason in _checked(_check_version, file)]


def _check_version(path: Path) -> Iterator[str]:
    try:
        post_format.parse(read(path), f"{path.name.partition('.')[0]}.md")
    except (BadVersion, post_format.FormatError) as error:
        yield f"no earlier post: {error}"


def _check_stub(path: Path) -> Iterator[str]:
    if reason := stub_fault(contents(path).decode("utf-8", "replace")):
        yield f"{reason}: reprocess a post of its category"


def against_ledger(run: Run) -> tuple[list[tuple[Path, str]], set[Path]]:
    """What only one of disk and ledger knows, as (path, reason); and the posts that were edited by hand.

    The run need not be entered: nothing is written, and nothing waits for a run that is under way. Raises LedgerError.
    """
    folder = run.posts.posts
    with ledger_to_read(run.ledger_url) as ledger:
        if ledger is None:
            return [], set()
        listing = compare_beside(folder, ledger) if _may_be_written(run) else compare(folder, ledger, all_read=True)
    faults = [(run.posts.place(file), "missing: a run wrote it") for file in listing.missing.values()]
    faults += [(place(folder, file), "the ledger does not know it") for file in listing.unknown.values()]
    faults += [(path, "lies in a folder in which no run looks for it") for path in strays(folder)]
    return faults, {place(folder, file) for file in listing.edited.values()}


def _may_be_written(run: Run) -> bool:
    """Whether a run may be under way: SQLite keeps a file beside the ledger's meanwhile, of a server nothing tells."""
    file = sqlite_file(run.ledger_url)
    return file is None or is_there(file.with_name(f"{file.name}-wal"))


def rebuild(settings: Mapping[str, Any]) -> tuple[int, Path | None]:
    """Rebuild the ledger from the posts; how many articles it holds, and where one that could not be used was put.

    What one that can be used knows of posts that are missing is kept. Raises RunError.
    """
    try:
        with Run.of(settings) as run, run.writing():
            missing = compare(run.posts.posts, run.ledger).missing
            return _rebuilt(run, list(missing)), None
    except RunError as error:
        if not isinstance(error.__cause__, UnusableLedger):
            raise
        run = Run.of(settings)
        with locked(run.output):
            aside = set_aside(run.ledger_url, run.output / "state")
        if aside is None:
            raise
    with run, run.writing():
        return _rebuilt(run, []), aside


def _rebuilt(run: Run, missing: Sequence[str]) -> int:
    """How many articles the ledger holds, made anew of the posts and of their earlier versions."""
    number = run.ledger.rebuild(_known(run.posts.posts), missing)
    run.posts.revisions.remember(run.ledger)
    return number


def _known(folder: Path) -> Iterator[Assembled]:
    """The posts in the folder, as they are. Verify names those that cannot be read.

    Of several of one article those come last, and so stay, that are named as posts are: others are copies of them.
    """
    there = listed(folder)
    names = sorted(there, key=lambda name: (post_format.is_named(name), name))
    for post, file in parsed(Path(there[name]) for name in names):
        yield replace(of_post(kline.referring(post, post.body), file.read_bytes()), file=file.name)


def _pictures(post: Post, output: Path) -> Iterator[str]:
    """Stored pictures must be there and be pictures, and every reference must be understood."""
    store = PictureStore(output)
    for token in tokens(post.body):
        source = attribute(post.body, token, "src") if token.name == "img" and token.kind == "start" else None
        if source and (place := stored_path(source.value)):
            try:
                store.check(place)
            except (BadPicture, BadPath) as error:
                yield f"its picture {place}: {error}"
    for unresolved in kline.find_all(post.body).unresolved:
        yield f"a K-line picture that is not understood: {unresolved.reason}"


def _content(post: Post) -> Iterator[str]:
    yield from filter(None, (fault(post), unsafe_text(post), text_fault(post)))
    if not body.is_safe(post.body):
        yield "its body is not safe to publish"
