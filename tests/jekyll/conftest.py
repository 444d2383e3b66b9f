"""One site for all tests of this folder: real posts, generated ones and hostile ones, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jekyll.built_page import picture_hosts
from jekyll.built_site import BuiltSite, Window, any_picture, cases
from jekyll.chromedriver import Chromium
from jekyll.jekyll_build import build, program, static
from jekyll.once_per_run import once
from jekyll.post_case import write
from world import Site, World

from crawler.demo.world import HOSTS
from crawler.sites import SITE_HOST


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """All cases, written by the project and built by Jekyll."""
    return once(tmp_path_factory, "site", _build)


def _build(folder: Path) -> BuiltSite:
    program("jekyll")
    output = folder / "output"
    written, refused = write(cases(), output)
    return BuiltSite(build(folder, output), written, refused)


@pytest.fixture(scope="session")
def window(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Chromium, with the site behind the stand-in world's proxy; every host of the posts' own pictures has a picture."""
    pictures = {host for written in site.written for host in picture_hosts(written.post.body)} - HOSTS.keys()
    hosts = dict.fromkeys(pictures, any_picture) | {SITE_HOST: static(site.folder)}
    with (
        World(Site(), hosts=hosts) as world,
        Chromium(tmp_path_factory.mktemp("profile"), world.proxy_url) as chromium,
    ):
        chromium.open("about:blank")
        chromium.events()
        yield Window(chromium, world)
