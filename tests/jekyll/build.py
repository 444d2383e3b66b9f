"""A real Jekyll build of a folder of posts, on layouts that print what the source site prints."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from crawler import post_format
from crawler.demo.messages import Request, Response, text_response
from crawler.demo.site import Site

TEMPLATE = Path(__file__).parent / "site"
JEKYLL = shutil.which("jekyll")


def build(folder: Path, posts: Mapping[str, bytes], baseurl: str = "") -> Path:
    """Build a site of the posts (file name -> bytes) below ``folder``; returns the folder with the pages."""
    source, target = folder / "source", folder / "site"
    shutil.copytree(TEMPLATE, source)
    (source / "_posts").mkdir()
    for name, data in posts.items():
        (source / "_posts" / name).write_bytes(data)
    _list_stubs(source, posts)
    assert JEKYLL
    command = [JEKYLL, "build", "--safe", "--trace", "-s", str(source), "-d", str(target), "-b", baseurl]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return target


def _list_stubs(source: Path, posts: Mapping[str, bytes]) -> None:
    for name, data in posts.items():
        try:
            post = post_format.parse(data, name)
        except post_format.FormatError:
            continue
        stub = f"---\nlayout: category\ntitle: {post_format.scalar(post.tag)}\n"
        stub += f"category: {post_format.scalar(post.category)}\n---"
        path = source / ("emnews/index.html" if post.category == "emnews" else f"category/{post.category}.html")
        path.parent.mkdir(exist_ok=True)
        path.write_text(stub)


def static(folder: Path):  # type: ignore[no-untyped-def]
    """A handler that serves the built pages."""

    def answer(_site: Site, request: Request) -> Response:
        path = folder / unquote(request.path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        return Response(200, path.read_bytes()) if path.is_file() else text_response("Not Found\n", 404)

    return answer
