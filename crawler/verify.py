"""Checks on posts as they lie on disk."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from crawler import body, kline, post_format
from crawler.assemble.fault import fault, unsafe_text
from crawler.assemble.outcome import Assembled, of_post
from crawler.items import Post
from crawler.kline.paths import BadPath, stored_path
from crawler.markup import attribute, tokens
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore
from crawler.store.run import Run


def verify(paths: Iterable[Path]) -> tuple[int, list[tuple[Path, str]]]:
    """How many posts lie at the paths, and (path, reason) for everything that is wrong with one."""
    checked, faults = 0, []
    first: dict[tuple[Path, str], str] = {}
    for path in paths:
        for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
            checked += 1
            faults += [(file, reason) for reason in check_post(file)]
            name = post_format.FILE_NAME.fullmatch(file.name)
            if name and (same := first.setdefault((file.parent, name["code"]), file.name)) != file.name:
                faults.append((file, f"the same article as {same}"))
    return checked, faults


def check_post(path: Path) -> Iterator[str]:
    """What is wrong with the post in the file."""
    try:
        data = path.read_bytes()
        data.decode("utf-8")
        post = post_format.parse(data, path.name)
    except OSError as error:
        yield f"cannot be read: {error.strerror}"
        return
    except UnicodeDecodeError as error:
        yield f"not UTF-8 at byte {error.start}"
        return
    except post_format.FormatError as error:
        yield f"does not parse: {error}"
        return
    if post_format.render(post) != data:
        yield "is not in the current format: it renders to other bytes (reprocess it)"
    if post_format.file_name(post) != path.name:
        yield f"its name should be {post_format.file_name(post)}"
    yield from _content(post)
    yield from _pictures(post, path.parent.parent)


def rebuild(run: Run) -> int:
    """Rebuild the ledger from the posts of the run's output folder; how many articles it holds then."""
    return run.ledger.rebuild(_known(run.posts.posts))


def _known(folder: Path) -> Iterator[Assembled]:
    for path in sorted(folder.glob("*.md")):
        data = path.read_bytes()
        try:
            post = post_format.parse(data, path.name)
        except post_format.FormatError:
            continue  # verify names it; a crawl writes it anew
        yield replace(of_post(post, data), file=path.name)


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
    yield from filter(None, (fault(post), unsafe_text(post)))
    if not body.is_safe(post.body):
        yield "its body is not safe to publish"
