"""The cases of the big site, the site that Jekyll built of them, and the window that looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from full_or_small import size
from jekyll.built_page import BuiltPage
from jekyll.chromedriver import Chromium
from jekyll.hostile_posts import hostile
from jekyll.invented_posts import made
from jekyll.post_case import Case, Written, post
from world import Site, World

from crawler.demo.messages import Request, Response
from crawler.demo.pictures import kline_picture

GOLDEN = Path(__file__).parents[1] / "body" / "golden"


@dataclass
class BuiltSite:
    """The cases, what they became, and the folder of pages."""

    folder: Path
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
    return [*made(size(300, 1000)), *golden(10_000), *hostile(20_000)]


@dataclass
class Window:
    """A browser before the site, and the world that answers it."""

    chromium: Chromium
    world: World


def any_picture(_site: Site, _request: Request) -> Response:
    return Response(200, kline_picture("1.600050"), "image/png")
