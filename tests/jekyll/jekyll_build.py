"""A real Jekyll build of an output folder, on layouts that print what the source site prints."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.demo.messages import Request, Response, text_response
from crawler.demo.site import Site

TEMPLATE = Path(__file__).parent / "site"
PARTS = ("_posts", "category", "assets")
"""What a site takes over from the output folder."""
_TYPES = {
    ".html": "text/html; charset=utf-8", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png",
    ".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm",
}  # fmt: skip


def program(name: str) -> str:
    """The path of a program that these tests need; they say loudly when it is missing."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name.upper()} IS MISSING ({name} is not on the PATH): no real site was built and looked at")
    return found


def build(folder: Path, output: Path, baseurl: str = "") -> Path:
    """Build a site of what lies in an output folder, in safe mode, below ``folder``; returns the folder of pages."""
    source, target = folder / "site-source", folder / "site"
    shutil.copytree(TEMPLATE, source)
    for part in PARTS:
        if (output / part).is_dir():
            shutil.copytree(output / part, source / part)
    jekyll(source, target, "--safe", "--baseurl", baseurl)
    shutil.rmtree(source)
    return target


def jekyll(source: Path, target: Path, *options: str, env: dict[str, str] | None = None) -> None:
    """Build the site in a folder."""
    command = [program("jekyll"), "build", "--trace", "--disable-disk-cache", *options]
    command += ["--source", str(source), "--destination", str(target)]
    env = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | (env or {})
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=target.parent, env=env, timeout=250)
    if "Dependency Error" in done.stderr + done.stdout:
        pytest.skip("RUBY-JEKYLL-FEED OR RUBY-JEKYLL-SEO-TAG IS MISSING: no real site was built and looked at")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[:3000]


def static(folder: Path, baseurl: str = "") -> Callable[[Site, Request], Response]:
    """A handler for the stand-in world that serves the built pages below ``baseurl``."""

    def answer(_site: Site, request: Request) -> Response:
        if request.path == "/favicon.ico":
            return Response(204, content_type="")
        path = (folder / request.path.removeprefix(baseurl).lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        if not (request.path.startswith(baseurl) and path.is_relative_to(folder) and path.is_file()):
            return text_response("Not Found\n", 404)
        return Response(200, path.read_bytes(), _TYPES.get(path.suffix, "application/octet-stream"))

    return answer
