"""One site for all tests of this folder: real posts, generated ones and hostile ones, built once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from jekyll.build import build, static
from jekyll.case import Case, Written, post, write
from jekyll.chromedriver import Chromium
from jekyll.hostile import hostile
from jekyll.made import made
from jekyll.page import BuiltPage, picture_hosts

from crawler.demo import Site, World
from crawler.demo.articles import SITE_HOST
from crawler.demo.hosts import HOSTS
from crawler.demo.messages import Request, Response
from crawler.demo.pictures import kline_picture

GOLDEN = Path(__file__).parents[1] / "body" / "golden"


@dataclass
class BuiltSite:
    """The cases, what they became, and the folder of pages."""

    folder: Path
    output: Path
    written: list[Written]
    refused: list[tuple[Case, str]]

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """By the code of the article; a post without a page is not among them."""
        files = {file.stem: file for file in self.folder.rglob("*.html")}
        codes = {written.post.code: written for written in self.written}
        return {code: BuiltPage(written, files[code]) for code, written in codes.items() if code in files}


def golden(first: int) -> Iterator[Case]:
    """The expected bodies of the golden folders of the cleaning; numbers begin at ``first``."""
    for number, file in enumerate(sorted(GOLDEN.glob("*/*.html")), first):
        if file.stem in ("standard", "source"):
            name = f"golden: {file.parent.name}/{file.stem}"
            yield Case(name, post(number, f"{file.parent.name}", file.read_bytes().decode()), file.stem)


def cases() -> list[Case]:
    return [*made(1000), *golden(10_000), *hostile(20_000)]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """All cases, written by the project and built by Jekyll."""
    folder = tmp_path_factory.mktemp("jekyll")
    output = folder / "output"
    written, refused = write(cases(), output)
    return BuiltSite(build(folder, output), output, written, refused)


@dataclass
class Window:
    """A browser before the site, and the world that answers it."""

    chromium: Chromium
    world: World


def any_picture(_site: Site, _request: Request) -> Response:
    return Response(200, kline_picture("1.600050"), "image/png")


@pytest.fixture(scope="session")
def window(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Chromium, with the site behind the stand-in world's proxy; every host of the posts' own pictures has a picture."""
    with pytest.MonkeyPatch.context() as patch:
        for host in {host for written in site.written for host in picture_hosts(written.post.body)}:
            patch.setitem(HOSTS, host, any_picture)
        patch.setitem(HOSTS, SITE_HOST, static(site.folder))
        with World(Site()) as world, Chromium(tmp_path_factory.mktemp("profile"), world.proxy_url) as chromium:
            chromium.open("about:blank")
            chromium.events()
            yield Window(chromium, world)
